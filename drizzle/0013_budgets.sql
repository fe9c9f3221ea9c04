CREATE TABLE "budgets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"cap_micros" bigint,
	"used_micros" bigint DEFAULT 0 NOT NULL,
	"unpriced" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "budgets_workspace_id_id_unique" UNIQUE("workspace_id","id"),
	CONSTRAINT "budgets_cap" CHECK (cap_micros >= 0)
);
--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "budget_id" uuid;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "budget_id" uuid;--> statement-breakpoint
ALTER TABLE "budgets" ADD CONSTRAINT "budgets_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "tasks_budget_id_status_index" ON "tasks" USING btree ("budget_id","status") WHERE budget_id is not null;--> statement-breakpoint
CREATE INDEX "tasks_over_budget_index" ON "tasks" USING btree ("budget_id") WHERE reason = 'budget';--> statement-breakpoint
-- Budgets and what counts against them refer to each other, so these stand here and not in the schema.
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_workspace_id_budget_id_budgets_workspace_id_id_fk" FOREIGN KEY ("workspace_id","budget_id") REFERENCES "public"."budgets"("workspace_id","id");
--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_workspace_id_budget_id_budgets_workspace_id_id_fk" FOREIGN KEY ("workspace_id","budget_id") REFERENCES "public"."budgets"("workspace_id","id");
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON budgets TO baton_app, baton_worker;
--> statement-breakpoint
DO $$
DECLARE
	own constant text := '(workspace_id = nullif(current_setting(''app.workspace'', true), '''')::uuid)';
BEGIN
	EXECUTE 'ALTER TABLE budgets ENABLE ROW LEVEL SECURITY';
	EXECUTE 'ALTER TABLE budgets FORCE ROW LEVEL SECURITY';
	EXECUTE format('CREATE POLICY own_workspace ON budgets TO baton_app, baton_worker USING %s WITH CHECK %s', own, own);
	-- A worker process looks after the budgets of all workspaces.
	CREATE POLICY dispatch ON budgets TO baton_worker USING (true) WITH CHECK (true);
END $$;
