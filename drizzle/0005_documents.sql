CREATE TABLE "document_bytes" (
	"workspace_id" uuid NOT NULL,
	"key" uuid NOT NULL,
	"piece" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "document_bytes_workspace_id_key_piece_pk" PRIMARY KEY("workspace_id","key","piece")
);
--> statement-breakpoint
CREATE TABLE "document_pages" (
	"workspace_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"page" integer NOT NULL,
	"start" integer NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "document_pages_document_id_page_pk" PRIMARY KEY("document_id","page")
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"status" text DEFAULT 'uploaded' NOT NULL,
	"reason" text,
	"media_type" text,
	"size" integer NOT NULL,
	"sha256" "bytea" NOT NULL,
	"pages" integer,
	"paged" boolean DEFAULT true NOT NULL,
	"characters" integer,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"uploaded_by" uuid,
	"api_key_id" uuid,
	"epoch" integer DEFAULT 0 NOT NULL,
	"parse_attempts" integer DEFAULT 0 NOT NULL,
	"leased_until" timestamp with time zone,
	"claimed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "documents_workspace_id_id_unique" UNIQUE("workspace_id","id"),
	CONSTRAINT "documents_workspace_id_sha256_unique" UNIQUE("workspace_id","sha256"),
	CONSTRAINT "documents_status" CHECK ("documents"."status" in ('uploaded', 'parsing', 'ready', 'rejected')),
	CONSTRAINT "documents_reason" CHECK ((status = 'rejected') = (reason is not null) and (reason is null or "documents"."reason" in ('encrypted', 'corrupt', 'no_text_layer', 'no_text', 'too_many_pages', 'too_much_text', 'unpacks_too_large', 'unsupported_type', 'parser_time', 'parser_memory', 'parser_crashed'))),
	CONSTRAINT "documents_finished" CHECK ((status in ('ready', 'rejected')) = (finished_at is not null))
);
--> statement-breakpoint
ALTER TABLE "document_bytes" ADD CONSTRAINT "document_bytes_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_pages" ADD CONSTRAINT "document_pages_workspace_id_document_id_documents_workspace_id_id_fk" FOREIGN KEY ("workspace_id","document_id") REFERENCES "public"."documents"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_uploaded_by_users_id_fk" FOREIGN KEY ("uploaded_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_workspace_id_api_key_id_api_keys_workspace_id_id_fk" FOREIGN KEY ("workspace_id","api_key_id") REFERENCES "public"."api_keys"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "document_bytes_created_at_index" ON "document_bytes" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "documents_unread_index" ON "documents" USING btree ("id") WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX "documents_workspace_id_claimed_at_index" ON "documents" USING btree ("workspace_id","claimed_at");--> statement-breakpoint
CREATE INDEX "documents_workspace_id_api_key_id_index" ON "documents" USING btree ("workspace_id","api_key_id") WHERE api_key_id is not null;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON documents, document_pages, document_bytes TO baton_app, baton_worker;
--> statement-breakpoint
-- Any worker process reads the files of all workspaces.
DO $$
DECLARE
	name text;
	own constant text := '(workspace_id = nullif(current_setting(''app.workspace'', true), '''')::uuid)';
BEGIN
	FOREACH name IN ARRAY ARRAY['documents', 'document_pages', 'document_bytes'] LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
		EXECUTE format('CREATE POLICY own_workspace ON %I TO baton_app, baton_worker USING %s WITH CHECK %s', name, own, own);
		EXECUTE format('CREATE POLICY dispatch ON %I TO baton_worker USING (true) WITH CHECK (true)', name);
	END LOOP;
END $$;
--> statement-breakpoint
-- Files are packed already: trying to pack them again costs time and gains nothing.
ALTER TABLE document_bytes ALTER COLUMN bytes SET STORAGE EXTERNAL;
