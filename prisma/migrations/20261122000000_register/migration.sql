-- The register of entries that live: a number to call each by, why it was closed, what it was merged into, and what every
-- step changed. Locks subject and household for the length of two added columns; the numbers rewrite subject once.
ALTER TABLE subject
  ADD COLUMN number BIGSERIAL NOT NULL,
  ADD COLUMN close_reason TEXT,
  ADD COLUMN merged_into_id UUID,
  ADD CONSTRAINT subject_merged_into_id_fkey FOREIGN KEY (merged_into_id) REFERENCES subject (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  ADD CONSTRAINT subject_close_reason_check CHECK (close_reason IS NULL OR active_to IS NOT NULL),
  ADD CONSTRAINT subject_merged_check CHECK (merged_into_id IS NULL OR (active_to IS NOT NULL AND merged_into_id <> id));
CREATE UNIQUE INDEX subject_number_key ON subject (number);
CREATE INDEX subject_merged_into_id_idx ON subject (merged_into_id);

ALTER TABLE household
  ADD COLUMN head_birth_year INTEGER,
  ADD CONSTRAINT household_head_birth_year_check CHECK (head_birth_year BETWEEN 1890 AND 2100);

CREATE TABLE subject_change (
  id BIGSERIAL NOT NULL,
  subject_id UUID NOT NULL,
  request_id UUID NOT NULL,
  verb TEXT NOT NULL,
  actor_id UUID,
  at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  before JSONB,
  after JSONB,
  version_after INTEGER,
  undone_by UUID,
  CONSTRAINT subject_change_pkey PRIMARY KEY (id),
  CONSTRAINT subject_change_subject_id_fkey FOREIGN KEY (subject_id) REFERENCES subject (id) ON DELETE CASCADE ON UPDATE RESTRICT
);
CREATE INDEX subject_change_subject_id_id_idx ON subject_change (subject_id, id);
CREATE INDEX subject_change_request_id_idx ON subject_change (request_id);

-- What the register says of the given subjects, flat: the keys are those of the forms. What the asker may not see is not there.
CREATE FUNCTION subject_images(p_ids uuid[]) RETURNS TABLE (subject_id uuid, version int, image jsonb) LANGUAGE sql STABLE AS $$
  SELECT s.id, s.version,
         jsonb_build_object('name', s.name, 'unitId', s.unit_id, 'activeFrom', s.active_from, 'activeTo', s.active_to,
                            'closeReason', s.close_reason, 'mergedIntoId', s.merged_into_id,
                            'homes', (SELECT jsonb_agg(jsonb_build_object('unitId', h.unit_id, 'from', h.valid_from, 'to', h.valid_to) ORDER BY h.valid_from)
                                        FROM subject_home h WHERE h.subject_id = s.id))
         || CASE s.title
              WHEN 'FAMILY' THEN (SELECT jsonb_build_object('address', d.address, 'headBirthYear', d.head_birth_year,
                                    'isAssociationMember', d.is_association_member, 'clanId', d.clan_id, 'poverty', d.poverty,
                                    'hasSchoolAgeChildren', d.has_school_age_children) FROM household d WHERE d.subject_id = s.id)
              WHEN 'CITIZEN' THEN (SELECT jsonb_build_object('birthYear', d.birth_year, 'sex', d.sex, 'householdId', d.household_id,
                                     'variant', d.variant, 'isWorker', d.is_worker, 'organisationId', d.organisation_id,
                                     'digitalSkill', d.digital_skill) FROM citizen d WHERE d.subject_id = s.id)
              WHEN 'CLAN' THEN (SELECT jsonb_build_object('headName', d.head_name, 'isPromotion', d.is_promotion) FROM clan d WHERE d.subject_id = s.id)
              WHEN 'ORGANISATION' THEN (SELECT jsonb_build_object('kind', d.kind, 'level', d.level) FROM organisation d WHERE d.subject_id = s.id)
              ELSE '{}'::jsonb
            END
    FROM subject s WHERE s.id = ANY (p_ids)
$$;

-- The keys of p_of whose value differs from that in p_from.
CREATE FUNCTION image_diff(p_of jsonb, p_from jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(jsonb_object_agg(e.key, e.value), '{}') FROM jsonb_each(p_of) e WHERE e.value IS DISTINCT FROM p_from -> e.key
$$;

GRANT USAGE ON SEQUENCE subject_number_seq, subject_change_id_seq TO hieuhoc_app;
GRANT UPDATE (close_reason, merged_into_id) ON subject TO hieuhoc_app;
GRANT UPDATE (head_birth_year) ON household TO hieuhoc_app;
GRANT EXECUTE ON FUNCTION subject_images(uuid[]), image_diff(jsonb, jsonb) TO hieuhoc_app;

-- Who may read the subject may read its changes; a step is written by whoever takes it and closed once.
GRANT SELECT, DELETE ON subject_change TO hieuhoc_app;
GRANT INSERT (subject_id, request_id, verb, actor_id, before, version_after) ON subject_change TO hieuhoc_app;
GRANT UPDATE (before, after, version_after, undone_by) ON subject_change TO hieuhoc_app;
ALTER TABLE subject_change ENABLE ROW LEVEL SECURITY;
CREATE POLICY subject_change_read ON subject_change FOR SELECT TO hieuhoc_app USING (EXISTS (SELECT 1 FROM subject s WHERE s.id = subject_id));
CREATE POLICY subject_change_insert ON subject_change FOR INSERT TO hieuhoc_app WITH CHECK (
  actor_id = app_user_id() AND (before IS NULL) = (version_after IS NOT NULL) AND coalesce(version_after, 1) = 1
  AND subject_unit(subject_id) IN (SELECT app_units('registry.write')));
CREATE POLICY subject_change_close ON subject_change FOR UPDATE TO hieuhoc_app
  USING (actor_id = app_user_id() AND after IS NULL AND version_after IS NULL) WITH CHECK (actor_id = app_user_id());
CREATE POLICY subject_change_undo ON subject_change FOR UPDATE TO hieuhoc_app
  USING (undone_by IS NULL AND version_after IS NOT NULL AND subject_unit(subject_id) IN (SELECT app_units('registry.write')))
  WITH CHECK (undone_by IS NOT NULL AND subject_unit(subject_id) IN (SELECT app_units('registry.write')));
-- A step that changed nothing leaves no row.
CREATE POLICY subject_change_drop ON subject_change FOR DELETE TO hieuhoc_app USING (actor_id = app_user_id() AND after IS NULL AND version_after IS NULL);

-- What was written down stays: a closed row only learns which request took the step back.
CREATE FUNCTION guard_subject_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.subject_id, NEW.request_id, NEW.verb, NEW.actor_id, NEW.at) IS DISTINCT FROM (OLD.id, OLD.subject_id, OLD.request_id, OLD.verb, OLD.actor_id, OLD.at)
     OR OLD.version_after IS NOT NULL AND ((NEW.before, NEW.after, NEW.version_after) IS DISTINCT FROM (OLD.before, OLD.after, OLD.version_after)
                                           OR OLD.undone_by IS NOT NULL) THEN
    RAISE EXCEPTION 'a change once written stays' USING ERRCODE = 'HH002';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER subject_change_guard BEFORE UPDATE ON subject_change FOR EACH ROW EXECUTE FUNCTION guard_subject_change();

