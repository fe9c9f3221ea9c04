CREATE TABLE "batch_items" (
	"workspace_id" uuid NOT NULL,
	"batch_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"title" text NOT NULL,
	"preview" text NOT NULL,
	"text_sha256" "bytea",
	"cells" jsonb,
	"task_id" uuid,
	"run_id" uuid,
	"error" jsonb,
	CONSTRAINT "batch_items_batch_id_row_pk" PRIMARY KEY("batch_id","row"),
	CONSTRAINT "batch_items_one" CHECK (num_nonnulls(task_id, run_id, error) <= 1)
);
--> statement-breakpoint
CREATE TABLE "batches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"worker" text,
	"workflow" text,
	"definition" jsonb,
	"workflow_id" uuid,
	"workflow_version" integer,
	"options" jsonb NOT NULL,
	"engine" text DEFAULT 'auto' NOT NULL,
	"size" integer NOT NULL,
	"columns" jsonb,
	"text_column" integer,
	"content_hash" "bytea" NOT NULL,
	"actor" jsonb NOT NULL,
	"submitted_by" uuid,
	"api_key_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_all_at" timestamp with time zone,
	CONSTRAINT "batches_workspace_id_id_unique" UNIQUE("workspace_id","id"),
	CONSTRAINT "batches_state" CHECK ("batches"."state" in ('running', 'paused', 'cancelled')),
	CONSTRAINT "batches_engine" CHECK ("batches"."engine" in ('auto', 'rules', 'model')),
	CONSTRAINT "batches_target" CHECK (num_nonnulls(worker, workflow) = 1 and (workflow is null) = (definition is null))
);
--> statement-breakpoint
ALTER TABLE "idempotency_keys" DROP CONSTRAINT "idempotency_keys_made";--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD COLUMN "batch_id" uuid;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "batch_id" uuid;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "batch_id" uuid;--> statement-breakpoint
ALTER TABLE "batch_items" ADD CONSTRAINT "batch_items_workspace_id_batch_id_batches_workspace_id_id_fk" FOREIGN KEY ("workspace_id","batch_id") REFERENCES "public"."batches"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batch_items" ADD CONSTRAINT "batch_items_workspace_id_text_sha256_texts_workspace_id_sha256_fk" FOREIGN KEY ("workspace_id","text_sha256") REFERENCES "public"."texts"("workspace_id","sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batch_items" ADD CONSTRAINT "batch_items_workspace_id_task_id_tasks_workspace_id_id_fk" FOREIGN KEY ("workspace_id","task_id") REFERENCES "public"."tasks"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batch_items" ADD CONSTRAINT "batch_items_workspace_id_run_id_runs_workspace_id_id_fk" FOREIGN KEY ("workspace_id","run_id") REFERENCES "public"."runs"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batches" ADD CONSTRAINT "batches_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batches" ADD CONSTRAINT "batches_submitted_by_users_id_fk" FOREIGN KEY ("submitted_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batches" ADD CONSTRAINT "batches_workspace_id_api_key_id_api_keys_workspace_id_id_fk" FOREIGN KEY ("workspace_id","api_key_id") REFERENCES "public"."api_keys"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batches" ADD CONSTRAINT "batches_workspace_id_workflow_id_workflows_workspace_id_id_fk" FOREIGN KEY ("workspace_id","workflow_id") REFERENCES "public"."workflows"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "batch_items_waiting_index" ON "batch_items" USING btree ("batch_id","row") WHERE task_id is null and run_id is null and error is null;--> statement-breakpoint
CREATE INDEX "batch_items_error_index" ON "batch_items" USING btree ("batch_id") WHERE error is not null;--> statement-breakpoint
CREATE INDEX "batch_items_task_id_index" ON "batch_items" USING btree ("task_id") WHERE task_id is not null;--> statement-breakpoint
CREATE INDEX "batch_items_run_id_index" ON "batch_items" USING btree ("run_id") WHERE run_id is not null;--> statement-breakpoint
CREATE INDEX "batches_workspace_id_content_hash_index" ON "batches" USING btree ("workspace_id","content_hash");--> statement-breakpoint
CREATE INDEX "batches_open_index" ON "batches" USING btree ("id") WHERE state = 'running' and started_all_at is null;--> statement-breakpoint
CREATE INDEX "tasks_batch_id_status_index" ON "tasks" USING btree ("batch_id","status") WHERE batch_id is not null;--> statement-breakpoint
CREATE INDEX "runs_batch_id_status_index" ON "runs" USING btree ("batch_id","status") WHERE batch_id is not null;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_made" CHECK (num_nonnulls(task_id, run_id, batch_id) = 1);--> statement-breakpoint
-- Batches and what belongs to them refer to each other, so these stand here and not in the schema.
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_workspace_id_batch_id_batches_workspace_id_id_fk" FOREIGN KEY ("workspace_id","batch_id") REFERENCES "public"."batches"("workspace_id","id");
--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_workspace_id_batch_id_batches_workspace_id_id_fk" FOREIGN KEY ("workspace_id","batch_id") REFERENCES "public"."batches"("workspace_id","id");
--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_workspace_id_batch_id_batches_workspace_id_id_fk" FOREIGN KEY ("workspace_id","batch_id") REFERENCES "public"."batches"("workspace_id","id") ON DELETE CASCADE;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON batches, batch_items TO baton_app, baton_worker;
--> statement-breakpoint
DO $$
DECLARE
	name text;
	own constant text := '(workspace_id = nullif(current_setting(''app.workspace'', true), '''')::uuid)';
BEGIN
	FOREACH name IN ARRAY ARRAY['batches', 'batch_items'] LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
		EXECUTE format('CREATE POLICY own_workspace ON %I TO baton_app, baton_worker USING %s WITH CHECK %s', name, own, own);
		-- A worker process starts the items of all workspaces.
		EXECUTE format('CREATE POLICY dispatch ON %I TO baton_worker USING (true) WITH CHECK (true)', name);
	END LOOP;
END $$;
