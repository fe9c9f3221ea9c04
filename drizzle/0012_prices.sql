CREATE TABLE "prices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"model" text NOT NULL,
	"effective_from" timestamp with time zone NOT NULL,
	"input_micros" bigint NOT NULL,
	"cached_micros" bigint,
	"output_micros" bigint NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "prices_range" CHECK (least(input_micros, cached_micros, output_micros) >= 0)
);
--> statement-breakpoint
ALTER TABLE "prices" ADD CONSTRAINT "prices_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "prices_model_effective_from_index" ON "prices" USING btree ("model","effective_from");--> statement-breakpoint
-- Nobody changes or removes a price: what calls have cost stays true.
GRANT SELECT ON prices TO baton_app, baton_worker;
--> statement-breakpoint
GRANT INSERT ON prices TO baton_app;
