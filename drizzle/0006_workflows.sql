CREATE TABLE "workflow_versions" (
	"workspace_id" uuid NOT NULL,
	"workflow_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"definition" jsonb NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"published_by" jsonb NOT NULL,
	"published_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "workflow_versions_workflow_id_version_pk" PRIMARY KEY("workflow_id","version")
);
--> statement-breakpoint
CREATE TABLE "workflows" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"draft" jsonb NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"saved_by" jsonb NOT NULL,
	"saved_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer,
	"template" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp with time zone,
	CONSTRAINT "workflows_workspace_id_id_unique" UNIQUE("workspace_id","id"),
	CONSTRAINT "workflows_workspace_id_name_unique" UNIQUE("workspace_id","name")
);
--> statement-breakpoint
ALTER TABLE "steps" DROP CONSTRAINT "steps_run_id_name_pk";--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "limits" jsonb;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "workflow_id" uuid;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "version" integer;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "parent_run_id" uuid;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "parent_step" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "replay_of" uuid;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "replay_from" text;--> statement-breakpoint
ALTER TABLE "steps" ADD COLUMN "item" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "steps" ADD CONSTRAINT "steps_run_id_name_item_pk" PRIMARY KEY("run_id","name","item");--> statement-breakpoint
ALTER TABLE "steps" ADD COLUMN "part" jsonb;--> statement-breakpoint
ALTER TABLE "steps" ADD COLUMN "reused_task_id" uuid;--> statement-breakpoint
ALTER TABLE "steps" ADD COLUMN "child_run_id" uuid;--> statement-breakpoint
ALTER TABLE "steps" ADD COLUMN "output" jsonb;--> statement-breakpoint
ALTER TABLE "steps" ADD COLUMN "branch" text;--> statement-breakpoint
ALTER TABLE "steps" ADD COLUMN "error" jsonb;--> statement-breakpoint
ALTER TABLE "steps" ADD COLUMN "started_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "steps" ADD COLUMN "wake_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "workflow_versions" ADD CONSTRAINT "workflow_versions_workspace_id_workflow_id_workflows_workspace_id_id_fk" FOREIGN KEY ("workspace_id","workflow_id") REFERENCES "public"."workflows"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workflows" ADD CONSTRAINT "workflows_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_workspace_id_workflow_id_workflows_workspace_id_id_fk" FOREIGN KEY ("workspace_id","workflow_id") REFERENCES "public"."workflows"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_workspace_id_parent_run_id_runs_workspace_id_id_fk" FOREIGN KEY ("workspace_id","parent_run_id") REFERENCES "public"."runs"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_workspace_id_replay_of_runs_workspace_id_id_fk" FOREIGN KEY ("workspace_id","replay_of") REFERENCES "public"."runs"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "steps" ADD CONSTRAINT "steps_workspace_id_reused_task_id_tasks_workspace_id_id_fk" FOREIGN KEY ("workspace_id","reused_task_id") REFERENCES "public"."tasks"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "steps" ADD CONSTRAINT "steps_workspace_id_child_run_id_runs_workspace_id_id_fk" FOREIGN KEY ("workspace_id","child_run_id") REFERENCES "public"."runs"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "runs_parent_run_id_index" ON "runs" USING btree ("parent_run_id") WHERE parent_run_id is not null;--> statement-breakpoint
CREATE INDEX "steps_wake_at_index" ON "steps" USING btree ("wake_at") WHERE status = 'in_progress' and wake_at is not null;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_parent" CHECK ((parent_run_id is null) = (parent_step is null));--> statement-breakpoint
ALTER TABLE "steps" ADD CONSTRAINT "steps_branch" CHECK ("steps"."branch" in ('yes', 'no'));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON workflows, workflow_versions TO baton_app, baton_worker;
--> statement-breakpoint
DO $$
DECLARE
	name text;
	own constant text := '(workspace_id = nullif(current_setting(''app.workspace'', true), '''')::uuid)';
BEGIN
	FOREACH name IN ARRAY ARRAY['workflows', 'workflow_versions'] LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
		EXECUTE format('CREATE POLICY own_workspace ON %I TO baton_app, baton_worker USING %s WITH CHECK %s', name, own, own);
	END LOOP;
END $$;
--> statement-breakpoint
-- Definitions from before there were kinds of steps. Under FORCE the owner's own update would touch no row.
ALTER TABLE runs NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
UPDATE runs SET definition = jsonb_set(definition, '{steps}', (
	SELECT coalesce(jsonb_agg('{"kind": "worker", "options": {}, "text": "input.text"}'::jsonb || step ORDER BY place), '[]')
	FROM jsonb_array_elements(definition -> 'steps') WITH ORDINALITY AS s(step, place)));
--> statement-breakpoint
ALTER TABLE runs FORCE ROW LEVEL SECURITY;
