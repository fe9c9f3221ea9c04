-- Text search over title, input, output and error. Words in any language, compared as they are written; no stemming.
CREATE FUNCTION search_words(source text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN translate(source, E'!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~', repeat(' ', 32));
--> statement-breakpoint
-- Every word must occur, a word after a minus sign must not; the last one may be unfinished. Any text is a valid
-- query; one without a word is null.
CREATE FUNCTION search_query(query text) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
	piece text;
	part tsquery;
	result tsquery;
BEGIN
	FOREACH piece IN ARRAY (regexp_split_to_array(btrim(left(query, 500)), '\s+'))[1:20] LOOP
		part := plainto_tsquery('simple', public.search_words(piece));
		CONTINUE WHEN numnode(part) = 0;
		IF piece LIKE '-%' THEN
			part := !! part;
		END IF;
		result := coalesce(result && part, part);
	END LOOP;
	IF part IS NOT NULL AND numnode(part) > 0 AND piece NOT LIKE '-%' AND query ~ '[^\s[:punct:]]$' THEN
		result := (result::text || ':*')::tsquery;
	END IF;
	RETURN result;
END $$;
--> statement-breakpoint
CREATE FUNCTION search_document(title text, input text, result jsonb, error jsonb) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN strip(to_tsvector('simple', search_words(
	title || ' ' || left(input, 100000) || ' ' || left(coalesce((
		SELECT string_agg(value #>> '{}', ' ')
		FROM jsonb_path_query(jsonb_build_array(result, error), 'strict $.** ? (@.type() == "string")') AS value
	), ''), 100000)
)));
--> statement-breakpoint
-- The oldest task of the window: the newest `window_size` tasks older than `before` (of all when null). Null when
-- nothing is older than the window; else a search goes on with it as `before`.
CREATE FUNCTION search_window(before uuid, window_size int) RETURNS uuid LANGUAGE sql STABLE
BEGIN ATOMIC
	WITH newest AS (
		SELECT n - window_size AS n FROM search
		WHERE workspace_id = nullif(current_setting('app.workspace', true), '')::uuid
			AND task_id < coalesce(before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
		ORDER BY task_id DESC LIMIT 1
	)
	SELECT task_id FROM search
	WHERE workspace_id = nullif(current_setting('app.workspace', true), '')::uuid AND n > (SELECT n FROM newest)
		AND EXISTS (
			SELECT FROM search
			WHERE workspace_id = nullif(current_setting('app.workspace', true), '')::uuid AND n <= (SELECT n FROM newest)
		)
	ORDER BY n LIMIT 1;
END;
--> statement-breakpoint
-- Tasks of app.workspace that match, newest first, all older than `before` (when given), at most `max_rows`, out of the
-- newest `window_size`. Row-level security would keep these conditions from the index (its operators are not leakproof),
-- so this function alone reads past it, as baton_search, and filters by the workspace itself.
CREATE FUNCTION search_tasks(query text, before uuid, max_rows int, window_size int DEFAULT 100000) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan SET enable_seqscan = off SET jit = off AS $$
DECLARE
	workspace constant uuid := nullif(current_setting('app.workspace', true), '')::uuid;
	words constant tsquery := public.search_query(query);
	newest constant uuid := coalesce(before, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
	oldest uuid;
	newest_block int;
	edge uuid;
	found uuid[];
BEGIN
	IF workspace IS NULL OR words IS NULL OR numnode(words) = 0 OR max_rows < 1 THEN
		RETURN;
	END IF;
	oldest := coalesce(public.search_window(before, window_size), '00000000-0000-0000-0000-000000000000');
	-- A frequent word fills the page from the newest rows; its list in the index may be as long as the table.
	SELECT array_agg(task_id) INTO found FROM (
		SELECT task_id FROM (
			SELECT s.task_id, s.document FROM public.search s
			WHERE s.workspace_id = workspace AND s.task_id < newest AND s.task_id >= oldest
			ORDER BY s.task_id DESC LIMIT greatest(500, 10 * max_rows)
		) AS walked WHERE document @@ words ORDER BY task_id DESC LIMIT max_rows
	) AS matching;
	IF cardinality(found) = max_rows THEN
		RETURN QUERY SELECT unnest(found);
		RETURN;
	END IF;
	-- Else the newest block of the index often does, without reading the lists to their end. Numbers follow ids but for
	-- tasks submitted at the same moment, so what is no newer than the block before counts only in the last step.
	SELECT s.block INTO newest_block FROM public.search s
	WHERE s.workspace_id = workspace AND s.task_id < newest ORDER BY s.task_id DESC LIMIT 1;
	SELECT max(s.task_id::text)::uuid INTO edge FROM public.search s
	WHERE s.workspace_id = workspace AND s.n BETWEEN newest_block * 50000::bigint - 1000 AND newest_block * 50000::bigint - 1;
	SELECT array_agg(task_id) INTO found FROM (
		SELECT task_id FROM (
			SELECT s.task_id FROM public.search s
			WHERE s.workspace_id = workspace AND s.document @@ words AND s.block = newest_block
			OFFSET 0
		) AS hits
		WHERE task_id < newest AND task_id >= greatest(oldest, edge) ORDER BY task_id DESC LIMIT max_rows
	) AS matching;
	IF cardinality(found) = max_rows THEN
		RETURN QUERY SELECT unnest(found);
		RETURN;
	END IF;
	RETURN QUERY SELECT task_id FROM (
		SELECT s.task_id FROM public.search s WHERE s.workspace_id = workspace AND s.document @@ words OFFSET 0
	) AS hits
	WHERE task_id < newest AND task_id >= oldest ORDER BY task_id DESC LIMIT max_rows;
END $$;
--> statement-breakpoint
-- Those of the given tasks of app.workspace that match: for pages that filter first and search then.
CREATE FUNCTION search_matches(query text, ids uuid[]) RETURNS SETOF uuid LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT task_id FROM search
	WHERE workspace_id = nullif(current_setting('app.workspace', true), '')::uuid
		AND task_id = ANY (ids) AND document @@ (SELECT search_query(query));
END;
--> statement-breakpoint
CREATE POLICY search_function ON search FOR SELECT TO baton_search USING (true);
--> statement-breakpoint
GRANT SELECT ON search TO baton_search;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO baton_search;
--> statement-breakpoint
ALTER FUNCTION search_tasks(text, uuid, int, int) OWNER TO baton_search;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM baton_search;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION search_tasks(text, uuid, int, int) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION search_tasks(text, uuid, int, int) TO baton_app, baton_worker;
