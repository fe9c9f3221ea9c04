CREATE TABLE "deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"step" text NOT NULL,
	"url" text NOT NULL,
	"body" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"tries" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"next_at" timestamp with time zone DEFAULT now() NOT NULL,
	"epoch" integer DEFAULT 0 NOT NULL,
	"leased_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "deliveries_status" CHECK ("deliveries"."status" in ('pending', 'delivered', 'failed', 'cancelled')),
	CONSTRAINT "deliveries_finished" CHECK ((status = 'pending') = (finished_at is null))
);
--> statement-breakpoint
CREATE TABLE "secrets" (
	"workspace_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"sealed" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "secrets_workspace_id_purpose_pk" PRIMARY KEY("workspace_id","purpose")
);
--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_workspace_id_run_id_runs_workspace_id_id_fk" FOREIGN KEY ("workspace_id","run_id") REFERENCES "public"."runs"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "secrets" ADD CONSTRAINT "secrets_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deliveries_open_index" ON "deliveries" USING btree ("next_at") WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX "deliveries_run_id_index" ON "deliveries" USING btree ("run_id");
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON deliveries, secrets TO baton_app, baton_worker;
--> statement-breakpoint
-- Any worker process makes the calls of all workspaces; it opens a secret only as the workspace that it belongs to.
DO $$
DECLARE
	name text;
	own constant text := '(workspace_id = nullif(current_setting(''app.workspace'', true), '''')::uuid)';
BEGIN
	FOREACH name IN ARRAY ARRAY['deliveries', 'secrets'] LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
		EXECUTE format('CREATE POLICY own_workspace ON %I TO baton_app, baton_worker USING %s WITH CHECK %s', name, own, own);
	END LOOP;
	CREATE POLICY dispatch ON deliveries TO baton_worker USING (true) WITH CHECK (true);
END $$;
