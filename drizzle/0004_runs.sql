CREATE TABLE "runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"workflow" text NOT NULL,
	"definition" jsonb NOT NULL,
	"status" text DEFAULT 'in_progress' NOT NULL,
	"title" text NOT NULL,
	"text_sha256" "bytea" NOT NULL,
	"preview" text NOT NULL,
	"engine" text DEFAULT 'auto' NOT NULL,
	"priority" text DEFAULT 'normal' NOT NULL,
	"actor" jsonb NOT NULL,
	"submitted_by" uuid,
	"api_key_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "runs_workspace_id_id_unique" UNIQUE("workspace_id","id"),
	CONSTRAINT "runs_status" CHECK ("runs"."status" in ('in_progress', 'completed', 'failed', 'cancelled')),
	CONSTRAINT "runs_priority" CHECK ("runs"."priority" in ('low', 'normal', 'high', 'urgent')),
	CONSTRAINT "runs_engine" CHECK ("runs"."engine" in ('auto', 'rules', 'model')),
	CONSTRAINT "runs_finished" CHECK ((status = 'in_progress') = (finished_at is null))
);
--> statement-breakpoint
CREATE TABLE "steps" (
	"workspace_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"name" text NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"options" jsonb NOT NULL,
	"task_id" uuid,
	"finished_at" timestamp with time zone,
	CONSTRAINT "steps_run_id_name_pk" PRIMARY KEY("run_id","name"),
	CONSTRAINT "steps_task_id_unique" UNIQUE("task_id"),
	CONSTRAINT "steps_status" CHECK ("steps"."status" in ('waiting', 'in_progress', 'completed', 'failed', 'cancelled', 'skipped'))
);
--> statement-breakpoint
ALTER TABLE "idempotency_keys" ALTER COLUMN "task_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD COLUMN "run_id" uuid;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "run_id" uuid;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_submitted_by_users_id_fk" FOREIGN KEY ("submitted_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_workspace_id_text_sha256_texts_workspace_id_sha256_fk" FOREIGN KEY ("workspace_id","text_sha256") REFERENCES "public"."texts"("workspace_id","sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_workspace_id_api_key_id_api_keys_workspace_id_id_fk" FOREIGN KEY ("workspace_id","api_key_id") REFERENCES "public"."api_keys"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "steps" ADD CONSTRAINT "steps_workspace_id_run_id_runs_workspace_id_id_fk" FOREIGN KEY ("workspace_id","run_id") REFERENCES "public"."runs"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "steps" ADD CONSTRAINT "steps_workspace_id_task_id_tasks_workspace_id_id_fk" FOREIGN KEY ("workspace_id","task_id") REFERENCES "public"."tasks"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "runs_id_index" ON "runs" USING btree ("id") WHERE status = 'in_progress';--> statement-breakpoint
CREATE INDEX "tasks_run_id_index" ON "tasks" USING btree ("run_id") WHERE run_id is not null;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_made" CHECK (num_nonnulls(task_id, run_id) = 1);--> statement-breakpoint
-- Tasks and runs refer to each other, so these stand here and not in the schema.
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_workspace_id_run_id_runs_workspace_id_id_fk" FOREIGN KEY ("workspace_id","run_id") REFERENCES "public"."runs"("workspace_id","id");
--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_workspace_id_run_id_runs_workspace_id_id_fk" FOREIGN KEY ("workspace_id","run_id") REFERENCES "public"."runs"("workspace_id","id") ON DELETE CASCADE;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON runs, steps TO baton_app, baton_worker;
--> statement-breakpoint
DO $$
DECLARE
	name text;
	own constant text := '(workspace_id = nullif(current_setting(''app.workspace'', true), '''')::uuid)';
BEGIN
	FOREACH name IN ARRAY ARRAY['runs', 'steps'] LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
		EXECUTE format('CREATE POLICY own_workspace ON %I TO baton_app, baton_worker USING %s WITH CHECK %s', name, own, own);
		-- A worker process advances the runs of all workspaces.
		EXECUTE format('CREATE POLICY dispatch ON %I TO baton_worker USING (true) WITH CHECK (true)', name);
	END LOOP;
END $$;
