CREATE TABLE "run_events" (
	"workspace_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "run_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"step" text,
	"type" text NOT NULL,
	"words" text,
	"actor" jsonb,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "run_events_run_id_id_pk" PRIMARY KEY("run_id","id"),
	CONSTRAINT "run_events_type" CHECK ("run_events"."type" in ('started', 'retry_scheduled', 'completed', 'failed', 'cancelled', 'skipped', 'reopened'))
);
--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "tags" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "external_id" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "not_before" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "steps" ADD COLUMN "skipped_by" jsonb;--> statement-breakpoint
ALTER TABLE "run_events" ADD CONSTRAINT "run_events_workspace_id_run_id_runs_workspace_id_id_fk" FOREIGN KEY ("workspace_id","run_id") REFERENCES "public"."runs"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "runs_tags_index" ON "runs" USING gin ("tags") WHERE tags <> '{}';--> statement-breakpoint
CREATE INDEX "runs_workspace_id_external_id_id_index" ON "runs" USING btree ("workspace_id","external_id","id") WHERE external_id is not null;--> statement-breakpoint
CREATE INDEX "runs_to_begin_index" ON "runs" USING btree ("not_before") WHERE status = 'in_progress' and not_before is not null;--> statement-breakpoint
CREATE INDEX "steps_held_index" ON "steps" USING btree ("workspace_id","started_at") WHERE status = 'in_progress' and task_id is null and item = 0;
--> statement-breakpoint
-- What has happened is added to and never changed.
GRANT SELECT, INSERT ON run_events TO baton_app, baton_worker;
--> statement-breakpoint
ALTER TABLE run_events ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE run_events FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_workspace ON run_events TO baton_app, baton_worker
	USING (workspace_id = nullif(current_setting('app.workspace', true), '')::uuid)
	WITH CHECK (workspace_id = nullif(current_setting('app.workspace', true), '')::uuid);
--> statement-breakpoint
-- A worker process advances the runs of all workspaces.
CREATE POLICY dispatch ON run_events TO baton_worker USING (true) WITH CHECK (true);
