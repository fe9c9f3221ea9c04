CREATE TABLE "document_uses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"name" text NOT NULL,
	"paged" boolean NOT NULL,
	"first_page" integer,
	"last_page" integer,
	"start" integer NOT NULL,
	"task_id" uuid,
	"run_id" uuid,
	CONSTRAINT "document_uses_task_id_unique" UNIQUE("task_id"),
	CONSTRAINT "document_uses_run_id_unique" UNIQUE("run_id"),
	CONSTRAINT "document_uses_by" CHECK (num_nonnulls(task_id, run_id) = 1),
	CONSTRAINT "document_uses_pages" CHECK ((first_page is null) = (last_page is null))
);
--> statement-breakpoint
ALTER TABLE "document_uses" ADD CONSTRAINT "document_uses_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_uses" ADD CONSTRAINT "document_uses_workspace_id_task_id_tasks_workspace_id_id_fk" FOREIGN KEY ("workspace_id","task_id") REFERENCES "public"."tasks"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_uses" ADD CONSTRAINT "document_uses_workspace_id_run_id_runs_workspace_id_id_fk" FOREIGN KEY ("workspace_id","run_id") REFERENCES "public"."runs"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "document_uses_workspace_id_document_id_id_index" ON "document_uses" USING btree ("workspace_id","document_id","id");
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON document_uses TO baton_app, baton_worker;
--> statement-breakpoint
ALTER TABLE document_uses ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE document_uses FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_workspace ON document_uses TO baton_app, baton_worker
	USING (workspace_id = nullif(current_setting('app.workspace', true), '')::uuid)
	WITH CHECK (workspace_id = nullif(current_setting('app.workspace', true), '')::uuid);
--> statement-breakpoint
-- A worker process advances the runs of all workspaces, over the pages of their documents too.
CREATE POLICY dispatch ON document_uses TO baton_worker USING (true) WITH CHECK (true);
