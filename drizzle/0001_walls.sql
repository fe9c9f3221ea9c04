-- The second wall between workspaces: forced row-level security. The roles exist before the first migration runs
-- (lib/db/roles.ts), because they belong to the server and not to this database.
GRANT USAGE ON SCHEMA public TO baton_app, baton_worker, baton_search;
--> statement-breakpoint
GRANT USAGE ON SCHEMA drizzle TO baton_app, baton_worker;
--> statement-breakpoint
GRANT SELECT ON drizzle.__drizzle_migrations TO baton_app, baton_worker;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON
	users, sessions, accounts, verifications, rate_limits, workspaces, workspace_slugs, members, invitations,
	texts, tasks, task_tags, attempts, calls, idempotency_keys, flows, api_keys,
	worker_pools, worker_processes, queue_clocks
TO baton_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON events TO baton_app;
--> statement-breakpoint
GRANT SELECT ON search, search_progress TO baton_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON
	texts, tasks, task_tags, attempts, calls, idempotency_keys, flows, search, search_progress,
	worker_pools, worker_processes, queue_clocks
TO baton_worker;
--> statement-breakpoint
GRANT SELECT, INSERT ON events TO baton_worker;
--> statement-breakpoint
GRANT SELECT ON users, workspaces, members TO baton_worker;
--> statement-breakpoint
DO $$
DECLARE
	name text;
	own constant text := '(workspace_id = nullif(current_setting(''app.workspace'', true), '''')::uuid)';
BEGIN
	FOREACH name IN ARRAY ARRAY['texts', 'tasks', 'task_tags', 'attempts', 'calls', 'events', 'idempotency_keys', 'search', 'flows', 'api_keys'] LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
		EXECUTE format('CREATE POLICY own_workspace ON %I TO baton_app, baton_worker USING %s WITH CHECK %s', name, own, own);
	END LOOP;
	-- The tables of dispatch: one worker process serves all workspaces.
	FOREACH name IN ARRAY ARRAY['texts', 'tasks', 'attempts', 'calls', 'events', 'idempotency_keys', 'search', 'flows'] LOOP
		EXECUTE format('CREATE POLICY dispatch ON %I TO baton_worker USING (true) WITH CHECK (true)', name);
	END LOOP;
END $$;
--> statement-breakpoint
-- Who sends an API key does not say whose it is: the row is seen by whoever knows the secret's hash (set app.api_key, hex).
CREATE POLICY known_secret ON api_keys FOR SELECT TO baton_app
	USING (sha256 = decode(nullif(current_setting('app.api_key', true), ''), 'hex'));
--> statement-breakpoint
-- The least UUIDv7 of a moment: bounds of partitions and of time filters.
CREATE FUNCTION uuid_floor(moment timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (lpad(to_hex(floor(extract(epoch FROM moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;
--> statement-breakpoint
-- Partitions of this month and the three that follow, beside one for everything else. Runs as the owner of the
-- tables, which the worker is not. Rows that a month already has in the default partition move to their own.
CREATE FUNCTION make_partitions() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
	parent text;
	part text;
	month timestamptz;
	low uuid;
	high uuid;
	strays boolean;
BEGIN
	PERFORM pg_advisory_xact_lock(hashtextextended('baton.partitions', 0));
	FOREACH parent IN ARRAY ARRAY['attempts', 'calls', 'events'] LOOP
		IF to_regclass(format('public.%I', parent || '_default')) IS NULL THEN
			EXECUTE format('CREATE TABLE public.%I PARTITION OF public.%I DEFAULT', parent || '_default', parent);
		END IF;
		FOR ahead IN 0..3 LOOP
			month := (date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => ahead)) AT TIME ZONE 'UTC';
			part := parent || to_char(month AT TIME ZONE 'UTC', '_YYYY_MM');
			CONTINUE WHEN to_regclass(format('public.%I', part)) IS NOT NULL;
			low := public.uuid_floor(month);
			high := public.uuid_floor((month AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC');
			EXECUTE format('SELECT EXISTS (SELECT FROM public.%I WHERE task_id >= $1 AND task_id < $2)', parent || '_default') INTO strays USING low, high;
			IF strays THEN
				EXECUTE format('ALTER TABLE public.%I DETACH PARTITION public.%I', parent, parent || '_default');
			END IF;
			EXECUTE format('CREATE TABLE public.%I PARTITION OF public.%I FOR VALUES FROM (%L) TO (%L)', part, parent, low, high);
			IF strays THEN
				EXECUTE format('WITH moved AS (DELETE FROM public.%I WHERE task_id >= $1 AND task_id < $2 RETURNING *) INSERT INTO public.%I SELECT * FROM moved', parent || '_default', part) USING low, high;
				EXECUTE format('ALTER TABLE public.%I ATTACH PARTITION public.%I DEFAULT', parent, parent || '_default');
			END IF;
		END LOOP;
	END LOOP;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION make_partitions() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION make_partitions() TO baton_worker;
--> statement-breakpoint
SELECT make_partitions();
