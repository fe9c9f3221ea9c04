CREATE TABLE "firings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"trigger_id" uuid NOT NULL,
	"key" text NOT NULL,
	"cause" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"run_id" uuid,
	"reason" text,
	CONSTRAINT "firings_trigger_id_key_unique" UNIQUE("trigger_id","key"),
	CONSTRAINT "firings_outcome" CHECK ((run_id is null) = (reason is not null))
);
--> statement-breakpoint
CREATE TABLE "triggers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"workflow" text NOT NULL,
	"title" text NOT NULL,
	"kind" text NOT NULL,
	"config" jsonb NOT NULL,
	"secret" text,
	"paused_at" timestamp with time zone,
	"next_at" timestamp with time zone,
	"seen_at" timestamp with time zone,
	"from_at" timestamp with time zone DEFAULT now() NOT NULL,
	"made_by" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "triggers_workspace_id_id_unique" UNIQUE("workspace_id","id"),
	CONSTRAINT "triggers_kind" CHECK ("triggers"."kind" in ('schedule', 'webhook', 'document', 'task')),
	CONSTRAINT "triggers_next" CHECK ((kind = 'schedule') = (next_at is not null)),
	CONSTRAINT "triggers_seen" CHECK ((kind in ('document', 'task')) = (seen_at is not null)),
	CONSTRAINT "triggers_secret" CHECK ((kind = 'webhook') = (secret is not null))
);
--> statement-breakpoint
ALTER TABLE "firings" ADD CONSTRAINT "firings_workspace_id_trigger_id_triggers_workspace_id_id_fk" FOREIGN KEY ("workspace_id","trigger_id") REFERENCES "public"."triggers"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "firings" ADD CONSTRAINT "firings_workspace_id_run_id_runs_workspace_id_id_fk" FOREIGN KEY ("workspace_id","run_id") REFERENCES "public"."runs"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "triggers" ADD CONSTRAINT "triggers_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "firings_trigger_id_id_index" ON "firings" USING btree ("trigger_id","id");--> statement-breakpoint
CREATE INDEX "firings_at_index" ON "firings" USING btree ("at");--> statement-breakpoint
CREATE INDEX "triggers_workspace_id_workflow_index" ON "triggers" USING btree ("workspace_id","workflow");--> statement-breakpoint
CREATE INDEX "triggers_next_at_index" ON "triggers" USING btree ("next_at") WHERE paused_at is null and next_at is not null;--> statement-breakpoint
CREATE INDEX "triggers_watching_index" ON "triggers" USING btree ("id") WHERE paused_at is null and seen_at is not null;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON triggers, firings TO baton_app, baton_worker;
--> statement-breakpoint
-- A document says by whom it was added; a worker process reads documents when a trigger starts a workflow with one.
GRANT SELECT (id, workspace_id, name) ON api_keys TO baton_worker;
--> statement-breakpoint
-- Any worker process watches the triggers of all workspaces.
DO $$
DECLARE
	name text;
	own constant text := '(workspace_id = nullif(current_setting(''app.workspace'', true), '''')::uuid)';
BEGIN
	FOREACH name IN ARRAY ARRAY['triggers', 'firings'] LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
		EXECUTE format('CREATE POLICY own_workspace ON %I TO baton_app, baton_worker USING %s WITH CHECK %s', name, own, own);
		EXECUTE format('CREATE POLICY dispatch ON %I TO baton_worker USING (true) WITH CHECK (true)', name);
	END LOOP;
END $$;
