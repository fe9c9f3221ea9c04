CREATE TABLE "step_tests" (
	"workspace_id" uuid NOT NULL,
	"task_id" uuid PRIMARY KEY NOT NULL,
	"workflow_id" uuid NOT NULL,
	"step" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "step_tests" ADD CONSTRAINT "step_tests_workspace_id_task_id_tasks_workspace_id_id_fk" FOREIGN KEY ("workspace_id","task_id") REFERENCES "public"."tasks"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "step_tests" ADD CONSTRAINT "step_tests_workspace_id_workflow_id_workflows_workspace_id_id_fk" FOREIGN KEY ("workspace_id","workflow_id") REFERENCES "public"."workflows"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "step_tests_workflow_id_step_task_id_index" ON "step_tests" USING btree ("workflow_id","step","task_id");--> statement-breakpoint
CREATE INDEX "firings_run_id_index" ON "firings" USING btree ("run_id") WHERE run_id is not null;
--> statement-breakpoint
GRANT SELECT, INSERT ON step_tests TO baton_app;
--> statement-breakpoint
GRANT SELECT ON step_tests TO baton_worker;
--> statement-breakpoint
-- Any worker process watches the triggers of all workspaces, and what was a test sets none of them off.
ALTER TABLE step_tests ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE step_tests FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_workspace ON step_tests TO baton_app, baton_worker
	USING (workspace_id = nullif(current_setting('app.workspace', true), '')::uuid)
	WITH CHECK (workspace_id = nullif(current_setting('app.workspace', true), '')::uuid);
--> statement-breakpoint
CREATE POLICY dispatch ON step_tests TO baton_worker USING (true) WITH CHECK (true);
