-- The search reads blocks of 10,000 tasks, the newest first, and a word is indexed under its block: what a search costs
-- does not grow with the tasks that are older than its answer. Before, a prefix read the lists of all its words.
DROP FUNCTION search_tasks(text, uuid, int, int);
--> statement-breakpoint
DROP FUNCTION search_window(uuid, int);
--> statement-breakpoint
DROP INDEX "search_workspace_id_n_index";
--> statement-breakpoint
DROP INDEX "search_workspace_id_block_document_index";
--> statement-breakpoint
CREATE TABLE "search_blocks" (
	"id" integer GENERATED ALWAYS AS IDENTITY (sequence name "search_blocks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"workspace_id" uuid NOT NULL,
	"first_id" uuid NOT NULL,
	"tasks" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "search_blocks_workspace_id_first_id_pk" PRIMARY KEY("workspace_id","first_id"),
	CONSTRAINT "search_blocks_id_unique" UNIQUE("id")
);
--> statement-breakpoint
ALTER TABLE "search_blocks" ADD CONSTRAINT "search_blocks_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "search_progress" ADD COLUMN "looked_back_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "search" ALTER COLUMN "block" DROP EXPRESSION;
--> statement-breakpoint
ALTER TABLE "search" DROP COLUMN "n";
--> statement-breakpoint
-- Under forced row-level security the owner sees no row of anyone's.
ALTER TABLE search NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
WITH numbered AS (
	SELECT workspace_id, task_id, (row_number() OVER (PARTITION BY workspace_id ORDER BY task_id) - 1) / 10000 AS place FROM search
)
INSERT INTO search_blocks (workspace_id, first_id, tasks)
SELECT workspace_id, CASE place WHEN 0 THEN '00000000-0000-0000-0000-000000000000' ELSE min(task_id::text)::uuid END, count(*)
FROM numbered GROUP BY workspace_id, place ORDER BY workspace_id, place;
--> statement-breakpoint
UPDATE search s SET block = b.id FROM (
	SELECT id, workspace_id, first_id, lead(first_id) OVER (PARTITION BY workspace_id ORDER BY first_id) AS next_id FROM search_blocks
) AS b
WHERE s.workspace_id = b.workspace_id AND s.task_id >= b.first_id AND (b.next_id IS NULL OR s.task_id < b.next_id);
--> statement-breakpoint
ALTER TABLE search FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
-- The same words as before at a quarter of the cost: translate() compares each character with all of these.
CREATE OR REPLACE FUNCTION search_words(source text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN regexp_replace(source, '[!"#$%&''()*+,./:;<=>?@[\\\]^_`{|}~-]', ' ', 'g');
--> statement-breakpoint
CREATE OR REPLACE FUNCTION search_document(title text, input text, result jsonb, error jsonb) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN strip(to_tsvector('simple', search_words(
	title || ' ' || left(input, 100000) || CASE WHEN result IS NULL AND error IS NULL THEN '' ELSE ' ' || left(coalesce((
		SELECT string_agg(value #>> '{}', ' ')
		FROM jsonb_path_query(jsonb_build_array(result, error), 'strict $.** ? (@.type() == "string")') AS value
	), ''), 100000) END
)));
--> statement-breakpoint
-- A document's words after the number of their block, and the number alone, which every task of the block has.
-- Six characters: with more of them, the words of two long texts would not fit into one tsvector.
CREATE FUNCTION search_keys(block int, document tsvector) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN array_to_tsvector(string_to_array(
	lpad(to_hex(block), 6, '0') || ' ' || lpad(to_hex(block), 6, '0')
		|| array_to_string(tsvector_to_array(document), ' ' || lpad(to_hex(block), 6, '0')),
	' '
));
--> statement-breakpoint
CREATE INDEX "search_keys_index" ON "search" USING gin (search_keys("block", "document")) WITH (gin_pending_list_limit=1024);
--> statement-breakpoint
-- Its plan is fixed (search_hits), so that counting its words would be work for nothing.
ALTER INDEX search_keys_index ALTER COLUMN 1 SET STATISTICS 0;
--> statement-breakpoint
-- What `words` asks for, in any of these blocks. The words have neither quotes nor signs in them: search_words makes
-- spaces of those.
CREATE FUNCTION search_in(words tsquery, blocks int[]) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
	SELECT string_agg(replace(template, '#', lpad(to_hex(block), 6, '0')), ' | ')::tsquery
	FROM unnest(blocks) AS block, (
		SELECT CASE WHEN ''::tsvector @@ words THEN '''#'' & (' ELSE '(' END
			|| regexp_replace(words::text, '''([^'']*)''', '''#\1''', 'g') || ')' AS template
		OFFSET 0
	) AS written
);
--> statement-breakpoint
-- The blocks that hold the newest `window_size` tasks older than `before` (of all when null), whatever the first of
-- them holds.
CREATE FUNCTION search_window(before uuid, window_size int) RETURNS TABLE (id int, first_id uuid) LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT b.id, b.first_id FROM (
		SELECT s.id, s.first_id, s.tasks, sum(s.tasks) OVER newer AS seen, first_value(s.tasks) OVER newer AS newest
		FROM search_blocks s
		WHERE s.workspace_id = nullif(current_setting('app.workspace', true), '')::uuid
			AND s.first_id < coalesce(before, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
		WINDOW newer AS (ORDER BY s.first_id DESC ROWS UNBOUNDED PRECEDING)
	) AS b
	WHERE b.seen - b.tasks - b.newest < window_size;
END;
--> statement-breakpoint
-- Nothing but the index of words may answer this, whatever the planner believes about it.
CREATE FUNCTION search_hits(words tsquery) RETURNS TABLE (workspace_id uuid, task_id uuid)
LANGUAGE plpgsql STABLE ROWS 500
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan SET jit = off
SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off AS $$
BEGIN
	RETURN QUERY SELECT s.workspace_id, s.task_id FROM public.search s WHERE public.search_keys(s.block, s.document) @@ words;
END $$;
--> statement-breakpoint
-- Tasks of app.workspace that match, at most `max_rows`: newest first, older than `before` (when given) and out of the
-- window; or, when `after` is given, newer than it and oldest first. Row-level security would keep these conditions from
-- the index (its operators are not leakproof), so this function alone reads past it, as baton_search, and filters by the
-- workspace itself.
CREATE FUNCTION search_tasks(query text, before uuid, after uuid, max_rows int, window_size int DEFAULT 100000) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan SET jit = off AS $$
DECLARE
	workspace constant uuid := nullif(current_setting('app.workspace', true), '')::uuid;
	words constant tsquery := public.search_query(query);
	newest constant uuid := coalesce(before, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
	blocks int[];
	walked int;
	searched int := 0;
	ahead int := 2;
	matches uuid[] := '{}';
	more uuid[];
BEGIN
	IF workspace IS NULL OR words IS NULL OR numnode(words) = 0 OR max_rows < 1 THEN
		RETURN;
	END IF;
	IF after IS NULL THEN
		-- A frequent word fills the page from the newest documents, sooner than from its list in the index.
		FOREACH walked IN ARRAY CASE WHEN max_rows > 101 THEN '{}'::int[] ELSE ARRAY[100, 10 * max_rows] END LOOP
			SELECT array_agg(task_id) INTO more FROM (
				SELECT task_id FROM (
					SELECT s.task_id, s.document FROM public.search s
					WHERE s.workspace_id = workspace AND s.task_id < newest ORDER BY s.task_id DESC LIMIT walked
				) AS newest_documents WHERE document @@ words ORDER BY task_id DESC LIMIT max_rows
			) AS matching;
			IF cardinality(more) = max_rows THEN
				RETURN QUERY SELECT unnest(more);
				RETURN;
			END IF;
			EXIT WHEN more IS NULL OR cardinality(more) < walked / 10;
		END LOOP;
		SELECT array_agg(w.id ORDER BY w.first_id DESC) INTO blocks FROM public.search_window(before, window_size) AS w;
	ELSE
		SELECT array_agg(b.id ORDER BY b.first_id) INTO blocks FROM public.search_blocks b
		WHERE b.workspace_id = workspace AND b.first_id >= (
			SELECT o.first_id FROM public.search_blocks o
			WHERE o.workspace_id = workspace AND o.first_id <= after ORDER BY o.first_id DESC LIMIT 1
		);
	END IF;
	WHILE searched < cardinality(blocks) AND cardinality(matches) < max_rows LOOP
		SELECT array_agg(task_id) INTO more FROM (
			SELECT h.task_id FROM public.search_hits(public.search_in(words, blocks[searched + 1 : searched + ahead])) AS h
			WHERE h.workspace_id = workspace AND CASE WHEN after IS NULL THEN h.task_id < newest ELSE h.task_id > after END
			ORDER BY CASE WHEN after IS NULL THEN h.task_id END DESC, h.task_id LIMIT max_rows - cardinality(matches)
		) AS matching;
		matches := matches || coalesce(more, '{}');
		searched := searched + ahead;
		-- As many blocks as are likely to hold what is missing twice over.
		ahead := least(8 * searched, 1 + 2 * searched * (max_rows - cardinality(matches)) / greatest(cardinality(matches), 1));
	END LOOP;
	RETURN QUERY SELECT unnest(matches);
END $$;
--> statement-breakpoint
GRANT SELECT ON search_blocks TO baton_app, baton_search;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON search_blocks TO baton_worker;
--> statement-breakpoint
ALTER TABLE search_blocks ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE search_blocks FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_workspace ON search_blocks TO baton_app, baton_worker
	USING (workspace_id = nullif(current_setting('app.workspace', true), '')::uuid)
	WITH CHECK (workspace_id = nullif(current_setting('app.workspace', true), '')::uuid);
--> statement-breakpoint
CREATE POLICY dispatch ON search_blocks TO baton_worker USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY search_function ON search_blocks FOR SELECT TO baton_search USING (true);
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO baton_search;
--> statement-breakpoint
ALTER FUNCTION search_tasks(text, uuid, uuid, int, int) OWNER TO baton_search;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM baton_search;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION search_tasks(text, uuid, uuid, int, int) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION search_tasks(text, uuid, uuid, int, int) TO baton_app, baton_worker;
