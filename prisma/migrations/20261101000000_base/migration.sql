-- Trusted extensions: the owner of a database may create them without being superuser.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- The day as offices in Vietnam count it, whatever the server's time zone.
CREATE FUNCTION app_today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
$$;

-- CreateTable
CREATE TABLE "criteria_set" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "title" TEXT NOT NULL,
    "variant" TEXT,
    "unit_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "legal_basis" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "status" TEXT NOT NULL,
    "definition" JSONB NOT NULL,
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "criteria_set_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "round" (
    "id" SERIAL NOT NULL,
    "title" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "unit_id" INTEGER NOT NULL,
    "reference_date" DATE NOT NULL,
    "opens_on" DATE NOT NULL,
    "submit_by" DATE NOT NULL,
    "review_by" DATE NOT NULL,

    CONSTRAINT "round_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "assessment" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "subject_id" UUID NOT NULL,
    "round_id" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "unit_id" INTEGER NOT NULL,
    "commune_id" INTEGER NOT NULL,
    "criteria_set_id" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "answers" JSONB NOT NULL DEFAULT '{}',
    "derived" JSONB NOT NULL DEFAULT '{}',
    "total" DECIMAL(6,2),
    "classification" TEXT,
    "missing_count" INTEGER NOT NULL DEFAULT 0,
    "is_complete" BOOLEAN NOT NULL DEFAULT false,
    "is_recognisable" BOOLEAN NOT NULL DEFAULT false,
    "registered_on" DATE NOT NULL,
    "scored_by" UUID,
    "scored_at" TIMESTAMPTZ(3),
    "dossier_id" UUID,
    "submitted_by" UUID,
    "submitted_at" TIMESTAMPTZ(3),
    "reviewed_by" UUID,
    "reviewed_at" TIMESTAMPTZ(3),
    "return_reason" TEXT,
    "return_count" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "assessment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "evidence_file" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "commune_id" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "byte_size" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "storage_key" TEXT NOT NULL,
    "uploaded_by" UUID NOT NULL,
    "uploaded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "evidence_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "evidence_link" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "file_id" UUID NOT NULL,
    "assessment_id" UUID NOT NULL,
    "item_code" TEXT NOT NULL,
    "linked_by" UUID NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "evidence_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request" (
    "request_id" UUID NOT NULL,
    "actor_id" UUID NOT NULL,
    "verb" TEXT NOT NULL,
    "result" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "request_pkey" PRIMARY KEY ("request_id")
);

-- CreateTable
CREATE TABLE "action" (
    "chain_id" INTEGER NOT NULL,
    "seq" BIGINT NOT NULL,
    "request_id" UUID NOT NULL,
    "actor_id" UUID,
    "verb" TEXT NOT NULL,
    "entity_type" TEXT NOT NULL,
    "entity_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "detail" JSONB NOT NULL,
    "prev_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "action_pkey" PRIMARY KEY ("chain_id","seq")
);

-- CreateTable
CREATE TABLE "chain_head" (
    "chain_id" INTEGER NOT NULL,
    "seq" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "chain_head_pkey" PRIMARY KEY ("chain_id")
);

-- CreateTable
CREATE TABLE "unit_year" (
    "unit_id" INTEGER NOT NULL,
    "year" INTEGER NOT NULL,
    "family_total" INTEGER NOT NULL DEFAULT 0,
    "family_registered" INTEGER NOT NULL DEFAULT 0,
    "family_scored" INTEGER NOT NULL DEFAULT 0,
    "family_submitted" INTEGER NOT NULL DEFAULT 0,
    "family_recognised" INTEGER NOT NULL DEFAULT 0,
    "clan_total" INTEGER NOT NULL DEFAULT 0,
    "clan_registered" INTEGER NOT NULL DEFAULT 0,
    "clan_scored" INTEGER NOT NULL DEFAULT 0,
    "clan_submitted" INTEGER NOT NULL DEFAULT 0,
    "clan_recognised" INTEGER NOT NULL DEFAULT 0,
    "community_total" INTEGER NOT NULL DEFAULT 0,
    "community_registered" INTEGER NOT NULL DEFAULT 0,
    "community_scored" INTEGER NOT NULL DEFAULT 0,
    "community_submitted" INTEGER NOT NULL DEFAULT 0,
    "community_recognised" INTEGER NOT NULL DEFAULT 0,
    "organisation_total" INTEGER NOT NULL DEFAULT 0,
    "organisation_registered" INTEGER NOT NULL DEFAULT 0,
    "organisation_scored" INTEGER NOT NULL DEFAULT 0,
    "organisation_submitted" INTEGER NOT NULL DEFAULT 0,
    "organisation_recognised" INTEGER NOT NULL DEFAULT 0,
    "citizen_total" INTEGER NOT NULL DEFAULT 0,
    "citizen_registered" INTEGER NOT NULL DEFAULT 0,
    "citizen_scored" INTEGER NOT NULL DEFAULT 0,
    "citizen_submitted" INTEGER NOT NULL DEFAULT 0,
    "citizen_recognised" INTEGER NOT NULL DEFAULT 0,
    "member_family_total" INTEGER NOT NULL DEFAULT 0,
    "member_family_recognised" INTEGER NOT NULL DEFAULT 0,
    "promotion_clan_total" INTEGER NOT NULL DEFAULT 0,
    "promotion_clan_recognised" INTEGER NOT NULL DEFAULT 0,
    "adult_total" INTEGER NOT NULL DEFAULT 0,
    "adult_recognised" INTEGER NOT NULL DEFAULT 0,
    "worker_total" INTEGER NOT NULL DEFAULT 0,
    "worker_recognised" INTEGER NOT NULL DEFAULT 0,
    "adult_in_learning_total" INTEGER NOT NULL DEFAULT 0,
    "adult_in_learning_recognised" INTEGER NOT NULL DEFAULT 0,
    "worker_in_learning_total" INTEGER NOT NULL DEFAULT 0,
    "worker_in_learning_recognised" INTEGER NOT NULL DEFAULT 0,
    "staff_total" INTEGER NOT NULL DEFAULT 0,
    "staff_recognised" INTEGER NOT NULL DEFAULT 0,
    "staff_in_learning_total" INTEGER NOT NULL DEFAULT 0,
    "staff_in_learning_recognised" INTEGER NOT NULL DEFAULT 0,
    "citizen_digital" INTEGER NOT NULL DEFAULT 0,
    "citizen_fluent" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "unit_year_pkey" PRIMARY KEY ("unit_id","year")
);

-- CreateTable
CREATE TABLE "figure" (
    "unit_id" INTEGER NOT NULL,
    "year" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "value" DECIMAL(14,2),
    "source" TEXT NOT NULL,
    "entered_by" UUID,
    "entered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "figure_pkey" PRIMARY KEY ("unit_id","year","key")
);

-- CreateTable
CREATE TABLE "plan" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "unit_id" INTEGER NOT NULL,
    "document" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "issued_on" TEXT,
    "period_from" INTEGER NOT NULL,
    "period_to" INTEGER NOT NULL,

    CONSTRAINT "plan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "target" (
    "code" TEXT NOT NULL,
    "plan_id" INTEGER NOT NULL,
    "indicator" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "operator" TEXT NOT NULL,
    "value_pct" DECIMAL(5,2) NOT NULL,
    "denominator" TEXT NOT NULL,
    "area_variant" TEXT,
    "area_text" TEXT,
    "confidence" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "note" TEXT,

    CONSTRAINT "target_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "reference_state" (
    "name" TEXT NOT NULL,
    "checksum" TEXT NOT NULL,
    "loaded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reference_state_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "dossier" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "round_id" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "unit_id" INTEGER NOT NULL,
    "reviewer_unit_id" INTEGER NOT NULL,
    "submitted_by" UUID NOT NULL,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "dossier_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "decision" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "dossier_id" UUID NOT NULL,
    "unit_id" INTEGER NOT NULL,
    "number" TEXT NOT NULL,
    "decided_on" DATE NOT NULL,
    "signer" TEXT NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recognition" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "subject_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "assessment_id" UUID NOT NULL,
    "decision_id" UUID NOT NULL,
    "commune_id" INTEGER NOT NULL,
    "first_year" INTEGER NOT NULL,
    "last_year" INTEGER NOT NULL,

    CONSTRAINT "recognition_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subject" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "title" TEXT NOT NULL,
    "unit_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "name_search" TEXT NOT NULL DEFAULT '',
    "name_sort" TEXT NOT NULL DEFAULT '',
    "active_from" DATE NOT NULL,
    "active_to" DATE,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "subject_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subject_home" (
    "subject_id" UUID NOT NULL,
    "unit_id" INTEGER NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,

    CONSTRAINT "subject_home_pkey" PRIMARY KEY ("subject_id","valid_from")
);

-- CreateTable
CREATE TABLE "household" (
    "subject_id" UUID NOT NULL,
    "address" TEXT NOT NULL DEFAULT '',
    "is_association_member" BOOLEAN NOT NULL DEFAULT false,
    "clan_id" UUID,
    "poverty" TEXT NOT NULL DEFAULT 'NONE',
    "has_school_age_children" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "household_pkey" PRIMARY KEY ("subject_id")
);

-- CreateTable
CREATE TABLE "citizen" (
    "subject_id" UUID NOT NULL,
    "birth_year" INTEGER NOT NULL,
    "sex" TEXT NOT NULL,
    "household_id" UUID,
    "variant" TEXT NOT NULL,
    "is_worker" BOOLEAN NOT NULL DEFAULT false,
    "organisation_id" UUID,
    "digital_skill" TEXT NOT NULL DEFAULT 'NONE',

    CONSTRAINT "citizen_pkey" PRIMARY KEY ("subject_id")
);

-- CreateTable
CREATE TABLE "clan" (
    "subject_id" UUID NOT NULL,
    "head_name" TEXT NOT NULL DEFAULT '',
    "is_promotion" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "clan_pkey" PRIMARY KEY ("subject_id")
);

-- CreateTable
CREATE TABLE "organisation" (
    "subject_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "level" TEXT NOT NULL DEFAULT 'COMMUNE',

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("subject_id")
);

-- CreateTable
CREATE TABLE "community" (
    "subject_id" UUID NOT NULL,
    "area_unit_id" INTEGER NOT NULL,

    CONSTRAINT "community_pkey" PRIMARY KEY ("subject_id")
);

-- CreateTable
CREATE TABLE "unit" (
    "id" SERIAL NOT NULL,
    "level" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_search" TEXT NOT NULL DEFAULT '',
    "type" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,

    CONSTRAINT "unit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "unit_name" (
    "unit_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,

    CONSTRAINT "unit_name_pkey" PRIMARY KEY ("unit_id","valid_from")
);

-- CreateTable
CREATE TABLE "placement" (
    "child_id" INTEGER NOT NULL,
    "parent_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'TREE',
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,

    CONSTRAINT "placement_pkey" PRIMARY KEY ("child_id","valid_from")
);

-- CreateTable
CREATE TABLE "ancestry" (
    "ancestor_id" INTEGER NOT NULL,
    "descendant_id" INTEGER NOT NULL,
    "depth" INTEGER NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,

    CONSTRAINT "ancestry_pkey" PRIMARY KEY ("ancestor_id","descendant_id","valid_from")
);

-- CreateTable
CREATE TABLE "succession" (
    "old_unit_id" INTEGER NOT NULL,
    "new_unit_id" INTEGER NOT NULL,
    "effective_on" DATE NOT NULL,
    "population" TEXT NOT NULL,
    "note" TEXT,

    CONSTRAINT "succession_pkey" PRIMARY KEY ("old_unit_id","new_unit_id")
);

-- CreateTable
CREATE TABLE "unit_flag" (
    "unit_id" INTEGER NOT NULL,
    "year" INTEGER NOT NULL,
    "flag" TEXT NOT NULL,

    CONSTRAINT "unit_flag_pkey" PRIMARY KEY ("unit_id","year","flag")
);

-- CreateTable
CREATE TABLE "regime" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "prepare_level" TEXT NOT NULL,
    "review_level" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,

    CONSTRAINT "regime_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "app_user" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "username" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "session_version" INTEGER NOT NULL DEFAULT 1,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "is_demo" BOOLEAN NOT NULL DEFAULT false,
    "must_change_password" BOOLEAN NOT NULL DEFAULT false,
    "failed_attempts" INTEGER NOT NULL DEFAULT 0,
    "last_attempt_at" TIMESTAMPTZ(3),
    "locked_until" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "role_grant" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "unit_id" INTEGER NOT NULL,
    "valid_from" DATE NOT NULL DEFAULT app_today(),
    "valid_to" DATE,

    CONSTRAINT "role_grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "role_capability" (
    "role" TEXT NOT NULL,
    "capability" TEXT NOT NULL,
    "needs_standing_unit" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "role_capability_pkey" PRIMARY KEY ("role","capability")
);

-- CreateTable
CREATE TABLE "role_level" (
    "role" TEXT NOT NULL,
    "level" TEXT NOT NULL,

    CONSTRAINT "role_level_pkey" PRIMARY KEY ("role","level")
);

-- CreateIndex
CREATE UNIQUE INDEX "criteria_set_code_version_key" ON "criteria_set"("code", "version");

-- CreateIndex
CREATE UNIQUE INDEX "round_title_year_unit_id_key" ON "round"("title", "year", "unit_id");

-- CreateIndex
CREATE INDEX "assessment_commune_id_year_title_state_idx" ON "assessment"("commune_id", "year", "title", "state");

-- CreateIndex
CREATE INDEX "assessment_unit_id_year_title_idx" ON "assessment"("unit_id", "year", "title");

-- CreateIndex
CREATE INDEX "assessment_dossier_id_state_idx" ON "assessment"("dossier_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "assessment_subject_id_title_year_key" ON "assessment"("subject_id", "title", "year");

-- CreateIndex
CREATE UNIQUE INDEX "evidence_file_commune_id_sha256_key" ON "evidence_file"("commune_id", "sha256");

-- CreateIndex
CREATE INDEX "evidence_link_assessment_id_idx" ON "evidence_link"("assessment_id");

-- CreateIndex
CREATE INDEX "evidence_link_file_id_idx" ON "evidence_link"("file_id");

-- CreateIndex
CREATE INDEX "action_entity_id_idx" ON "action"("entity_id");

-- CreateIndex
CREATE INDEX "action_request_id_idx" ON "action"("request_id");

-- CreateIndex
CREATE INDEX "unit_year_year_idx" ON "unit_year"("year");

-- CreateIndex
CREATE UNIQUE INDEX "plan_code_key" ON "plan"("code");

-- CreateIndex
CREATE INDEX "target_plan_id_idx" ON "target"("plan_id");

-- CreateIndex
CREATE INDEX "target_indicator_year_idx" ON "target"("indicator", "year");

-- CreateIndex
CREATE INDEX "dossier_reviewer_unit_id_idx" ON "dossier"("reviewer_unit_id");

-- CreateIndex
CREATE UNIQUE INDEX "dossier_unit_id_title_year_key" ON "dossier"("unit_id", "title", "year");

-- CreateIndex
CREATE UNIQUE INDEX "decision_dossier_id_number_key" ON "decision"("dossier_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "recognition_assessment_id_key" ON "recognition"("assessment_id");

-- CreateIndex
CREATE INDEX "recognition_subject_id_idx" ON "recognition"("subject_id");

-- CreateIndex
CREATE INDEX "recognition_decision_id_idx" ON "recognition"("decision_id");

-- CreateIndex
CREATE INDEX "subject_unit_id_title_name_sort_id_idx" ON "subject"("unit_id", "title", "name_sort", "id");

-- CreateIndex
CREATE INDEX "subject_home_unit_id_idx" ON "subject_home"("unit_id");

-- CreateIndex
CREATE INDEX "household_clan_id_idx" ON "household"("clan_id");

-- CreateIndex
CREATE INDEX "citizen_household_id_idx" ON "citizen"("household_id");

-- CreateIndex
CREATE INDEX "citizen_organisation_id_idx" ON "citizen"("organisation_id");

-- CreateIndex
CREATE UNIQUE INDEX "community_area_unit_id_key" ON "community"("area_unit_id");

-- CreateIndex
CREATE INDEX "unit_name_search_idx" ON "unit" USING GIN ("name_search" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "unit_level_code_valid_from_key" ON "unit"("level", "code", "valid_from");

-- CreateIndex
CREATE INDEX "placement_parent_id_idx" ON "placement"("parent_id");

-- CreateIndex
CREATE INDEX "ancestry_descendant_id_idx" ON "ancestry"("descendant_id");

-- CreateIndex
CREATE INDEX "succession_new_unit_id_idx" ON "succession"("new_unit_id");

-- CreateIndex
CREATE UNIQUE INDEX "app_user_username_key" ON "app_user"("username");

-- CreateIndex
CREATE INDEX "role_grant_user_id_idx" ON "role_grant"("user_id");

-- CreateIndex
CREATE INDEX "role_grant_unit_id_idx" ON "role_grant"("unit_id");

-- AddForeignKey
ALTER TABLE "criteria_set" ADD CONSTRAINT "criteria_set_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "round" ADD CONSTRAINT "round_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "assessment" ADD CONSTRAINT "assessment_subject_id_fkey" FOREIGN KEY ("subject_id") REFERENCES "subject"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "assessment" ADD CONSTRAINT "assessment_round_id_fkey" FOREIGN KEY ("round_id") REFERENCES "round"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "assessment" ADD CONSTRAINT "assessment_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "assessment" ADD CONSTRAINT "assessment_commune_id_fkey" FOREIGN KEY ("commune_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "assessment" ADD CONSTRAINT "assessment_criteria_set_id_fkey" FOREIGN KEY ("criteria_set_id") REFERENCES "criteria_set"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "assessment" ADD CONSTRAINT "assessment_dossier_id_fkey" FOREIGN KEY ("dossier_id") REFERENCES "dossier"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "evidence_file" ADD CONSTRAINT "evidence_file_commune_id_fkey" FOREIGN KEY ("commune_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "evidence_link" ADD CONSTRAINT "evidence_link_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "evidence_file"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "evidence_link" ADD CONSTRAINT "evidence_link_assessment_id_fkey" FOREIGN KEY ("assessment_id") REFERENCES "assessment"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "unit_year" ADD CONSTRAINT "unit_year_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "figure" ADD CONSTRAINT "figure_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "plan" ADD CONSTRAINT "plan_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "target" ADD CONSTRAINT "target_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "dossier" ADD CONSTRAINT "dossier_round_id_fkey" FOREIGN KEY ("round_id") REFERENCES "round"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "dossier" ADD CONSTRAINT "dossier_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "dossier" ADD CONSTRAINT "dossier_reviewer_unit_id_fkey" FOREIGN KEY ("reviewer_unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_dossier_id_fkey" FOREIGN KEY ("dossier_id") REFERENCES "dossier"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "recognition" ADD CONSTRAINT "recognition_subject_id_fkey" FOREIGN KEY ("subject_id") REFERENCES "subject"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "recognition" ADD CONSTRAINT "recognition_assessment_id_fkey" FOREIGN KEY ("assessment_id") REFERENCES "assessment"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "recognition" ADD CONSTRAINT "recognition_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "decision"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "recognition" ADD CONSTRAINT "recognition_commune_id_fkey" FOREIGN KEY ("commune_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "subject" ADD CONSTRAINT "subject_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "subject_home" ADD CONSTRAINT "subject_home_subject_id_fkey" FOREIGN KEY ("subject_id") REFERENCES "subject"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "subject_home" ADD CONSTRAINT "subject_home_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "household" ADD CONSTRAINT "household_subject_id_fkey" FOREIGN KEY ("subject_id") REFERENCES "subject"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "household" ADD CONSTRAINT "household_clan_id_fkey" FOREIGN KEY ("clan_id") REFERENCES "clan"("subject_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "citizen" ADD CONSTRAINT "citizen_subject_id_fkey" FOREIGN KEY ("subject_id") REFERENCES "subject"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "citizen" ADD CONSTRAINT "citizen_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("subject_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "citizen" ADD CONSTRAINT "citizen_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("subject_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "clan" ADD CONSTRAINT "clan_subject_id_fkey" FOREIGN KEY ("subject_id") REFERENCES "subject"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "organisation" ADD CONSTRAINT "organisation_subject_id_fkey" FOREIGN KEY ("subject_id") REFERENCES "subject"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "community" ADD CONSTRAINT "community_subject_id_fkey" FOREIGN KEY ("subject_id") REFERENCES "subject"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "community" ADD CONSTRAINT "community_area_unit_id_fkey" FOREIGN KEY ("area_unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "unit_name" ADD CONSTRAINT "unit_name_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "placement" ADD CONSTRAINT "placement_child_id_fkey" FOREIGN KEY ("child_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "placement" ADD CONSTRAINT "placement_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "ancestry" ADD CONSTRAINT "ancestry_ancestor_id_fkey" FOREIGN KEY ("ancestor_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "ancestry" ADD CONSTRAINT "ancestry_descendant_id_fkey" FOREIGN KEY ("descendant_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "succession" ADD CONSTRAINT "succession_old_unit_id_fkey" FOREIGN KEY ("old_unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "succession" ADD CONSTRAINT "succession_new_unit_id_fkey" FOREIGN KEY ("new_unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "unit_flag" ADD CONSTRAINT "unit_flag_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

