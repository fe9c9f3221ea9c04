CREATE TABLE "plan_edits" (
	"workspace_id" uuid NOT NULL,
	"task_id" uuid PRIMARY KEY NOT NULL,
	"removed" jsonb NOT NULL,
	"options" jsonb NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"saved_by" jsonb NOT NULL,
	"saved_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "planned_by" uuid;--> statement-breakpoint
ALTER TABLE "plan_edits" ADD CONSTRAINT "plan_edits_workspace_id_task_id_tasks_workspace_id_id_fk" FOREIGN KEY ("workspace_id","task_id") REFERENCES "public"."tasks"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_workspace_id_planned_by_tasks_workspace_id_id_fk" FOREIGN KEY ("workspace_id","planned_by") REFERENCES "public"."tasks"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "runs_planned_by_index" ON "runs" USING btree ("planned_by") WHERE planned_by is not null;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON plan_edits TO baton_app, baton_worker;
--> statement-breakpoint
ALTER TABLE plan_edits ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE plan_edits FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_workspace ON plan_edits TO baton_app, baton_worker
	USING (workspace_id = nullif(current_setting('app.workspace', true), '')::uuid)
	WITH CHECK (workspace_id = nullif(current_setting('app.workspace', true), '')::uuid);
