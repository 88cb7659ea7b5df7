-- Search key: lower case, no diacritics, đ as d, single spaces. The same rule stands in src/lib/text.
CREATE FUNCTION search_key(p_text text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT btrim(regexp_replace(
    lower(regexp_replace(normalize(translate(p_text, 'đĐ', 'dD'), NFD), '[\u0300-\u036f]', '', 'g')),
    '\s+', ' ', 'g'))
$$;

CREATE FUNCTION set_name_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.name := normalize(NEW.name, NFC);
  NEW.name_search := search_key(NEW.name);
  RETURN NEW;
END $$;

CREATE TRIGGER unit_name_search BEFORE INSERT OR UPDATE OF name ON unit
  FOR EACH ROW EXECUTE FUNCTION set_name_search();

CREATE FUNCTION set_subject_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.name := normalize(NEW.name, NFC);
  NEW.name_search := search_key(NEW.name);
  -- People by given name first, everything else with its numbers by value.
  NEW.name_sort := CASE WHEN NEW.title IN ('FAMILY', 'CITIZEN')
    THEN regexp_replace(NEW.name_search, '^(.*) (\S+)$', '\2 \1')
    ELSE regexp_replace(regexp_replace(NEW.name_search, '(\d+)', '00000\1', 'g'), '\d*(\d{6})', '\1', 'g') END;
  RETURN NEW;
END $$;
CREATE TRIGGER subject_name_search BEFORE INSERT OR UPDATE OF name ON subject
  FOR EACH ROW EXECUTE FUNCTION set_subject_name();

ALTER TABLE unit
  ADD CONSTRAINT unit_level_check CHECK (level IN ('NATION', 'PROVINCE', 'DISTRICT', 'REVIEW_AREA', 'COMMUNE', 'HAMLET')),
  ADD CONSTRAINT unit_name_check CHECK (length(btrim(name)) BETWEEN 1 AND 200),
  ADD CONSTRAINT unit_validity_check CHECK (valid_to IS NULL OR valid_to > valid_from);
ALTER TABLE placement
  ADD CONSTRAINT placement_kind_check CHECK (kind IN ('TREE', 'SUCCESSION')),
  ADD CONSTRAINT placement_self_check CHECK (child_id <> parent_id),
  ADD CONSTRAINT placement_validity_check CHECK (valid_to IS NULL OR valid_to > valid_from),
  ADD CONSTRAINT placement_one_parent EXCLUDE USING gist (child_id WITH =, daterange(valid_from, valid_to) WITH &&);
ALTER TABLE unit_name
  ADD CONSTRAINT unit_name_one_at_a_time EXCLUDE USING gist (unit_id WITH =, daterange(valid_from, valid_to) WITH &&);
ALTER TABLE succession ADD CONSTRAINT succession_population_check CHECK (population IN ('WHOLE', 'PART', 'NONE', 'UNKNOWN'));

-- Derives ancestry again for the given units and everything below them; for all units when p_units is null.
-- A unit stands under itself without end, so that what it counted can still be summed after it ended.
CREATE FUNCTION refresh_ancestry(p_units int[]) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_units int[];
  v_count int;
BEGIN
  IF p_units IS NULL THEN
    SELECT array_agg(id) INTO v_units FROM unit;
  ELSE
    WITH RECURSIVE below(id) AS (
      SELECT unnest(p_units)
      UNION
      SELECT p.child_id FROM placement p JOIN below b ON p.parent_id = b.id
    )
    SELECT array_agg(id) INTO v_units FROM below;
  END IF;

  DELETE FROM ancestry WHERE descendant_id = ANY (v_units);

  INSERT INTO ancestry (ancestor_id, descendant_id, depth, valid_from, valid_to)
  WITH RECURSIVE up(ancestor_id, descendant_id, depth, valid_from, valid_to) AS (
    SELECT u.id, u.id, 0, u.valid_from, NULL::date FROM unit u WHERE u.id = ANY (v_units)
    UNION ALL
    SELECT p.parent_id, up.descendant_id, up.depth + 1,
           greatest(up.valid_from, p.valid_from), least(up.valid_to, p.valid_to)
      FROM up
      JOIN placement p ON p.child_id = up.ancestor_id
     WHERE daterange(up.valid_from, up.valid_to) && daterange(p.valid_from, p.valid_to)
       AND up.depth < 12
  )
  SELECT ancestor_id, descendant_id, depth, valid_from, valid_to FROM up;

  GET DIAGNOSTICS v_count = ROW_COUNT;
  RETURN v_count;
END $$;

ALTER TABLE subject
  ADD CONSTRAINT subject_title_check CHECK (title IN ('FAMILY', 'CLAN', 'COMMUNITY', 'ORGANISATION', 'CITIZEN')),
  ADD CONSTRAINT subject_name_check CHECK (length(btrim(name)) BETWEEN 1 AND 200);
ALTER TABLE subject_home
  ADD CONSTRAINT subject_home_validity_check CHECK (valid_to IS NULL OR valid_to > valid_from),
  ADD CONSTRAINT subject_home_one_at_a_time EXCLUDE USING gist (subject_id WITH =, daterange(valid_from, valid_to) WITH &&);
ALTER TABLE household ADD CONSTRAINT household_poverty_check CHECK (poverty IN ('NONE', 'POOR', 'NEAR_POOR'));
ALTER TABLE citizen
  ADD CONSTRAINT citizen_sex_check CHECK (sex IN ('MALE', 'FEMALE')),
  ADD CONSTRAINT citizen_birth_year_check CHECK (birth_year BETWEEN 1890 AND 2100),
  ADD CONSTRAINT citizen_variant_check CHECK (variant IN ('FARMER', 'WORKER', 'OFFICIAL', 'STUDENT')),
  ADD CONSTRAINT citizen_digital_check CHECK (digital_skill IN ('NONE', 'HAS', 'FLUENT'));
ALTER TABLE organisation
  ADD CONSTRAINT organisation_kind_check CHECK (kind IN ('AGENCY', 'SCHOOL', 'ENTERPRISE', 'COOPERATIVE', 'ARMED_FORCES', 'HEALTH', 'OTHER')),
  ADD CONSTRAINT organisation_level_check CHECK (level IN ('COMMUNE', 'DISTRICT', 'PROVINCE'));
ALTER TABLE criteria_set ADD CONSTRAINT criteria_set_status_check CHECK (status IN ('PUBLISHED', 'TEMPLATE', 'DRAFT'));
ALTER TABLE assessment
  ADD CONSTRAINT assessment_state_check CHECK (state IN ('REGISTERED', 'DRAFT', 'SUBMITTED', 'RETURNED', 'APPROVED', 'RECOGNISED')),
  ADD CONSTRAINT assessment_submitted_check CHECK (state NOT IN ('SUBMITTED', 'APPROVED', 'RECOGNISED') OR (dossier_id IS NOT NULL AND submitted_by IS NOT NULL AND is_complete)),
  ADD CONSTRAINT assessment_reviewed_check CHECK (state NOT IN ('APPROVED', 'RETURNED', 'RECOGNISED') OR reviewed_by IS NOT NULL),
  ADD CONSTRAINT assessment_not_own_check CHECK (state NOT IN ('APPROVED', 'RETURNED', 'RECOGNISED') OR (reviewed_by <> submitted_by AND reviewed_by IS DISTINCT FROM scored_by)),
  ADD CONSTRAINT assessment_return_check CHECK (state <> 'RETURNED' OR length(btrim(return_reason)) > 0),
  ADD CONSTRAINT assessment_recognisable_check CHECK (state NOT IN ('APPROVED', 'RECOGNISED') OR is_recognisable);
ALTER TABLE recognition ADD CONSTRAINT recognition_years_check CHECK (last_year >= first_year);
ALTER TABLE evidence_file ADD CONSTRAINT evidence_file_size_check CHECK (byte_size BETWEEN 1 AND 20971520);
ALTER TABLE target ADD CONSTRAINT target_operator_check CHECK (operator IN ('GTE', 'IS_TRUE'));
ALTER TABLE figure ADD CONSTRAINT figure_value_check CHECK (value >= 0);

-- A published set never changes: an assessment scored with it must give the same result for ever.
CREATE FUNCTION freeze_criteria_set() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.status <> 'DRAFT' THEN RAISE EXCEPTION 'criteria set % is published', OLD.code USING ERRCODE = 'HH005'; END IF;
    RETURN OLD;
  END IF;
  IF OLD.status <> 'DRAFT' AND (NEW.definition, NEW.code, NEW.version, NEW.title, NEW.variant, NEW.status, NEW.valid_from)
     IS DISTINCT FROM (OLD.definition, OLD.code, OLD.version, OLD.title, OLD.variant, OLD.status, OLD.valid_from) THEN
    RAISE EXCEPTION 'criteria set % is published', OLD.code USING ERRCODE = 'HH005';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER criteria_set_frozen BEFORE UPDATE OR DELETE ON criteria_set
  FOR EACH ROW EXECUTE FUNCTION freeze_criteria_set();

-- The same steps as src/domain/recognition, once more on the row itself. Answers are closed while a reviewer has them; a name
-- on the row is the name of whoever writes it. SECURITY DEFINER: it must see subject, home and dossier whatever the writer sees.
CREATE FUNCTION guard_assessment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_actor uuid := app_user_id();  -- null for the owner's own work (seeds, demonstration)
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NOT EXISTS (SELECT 1 FROM subject s JOIN subject_home h ON h.subject_id = s.id
                    WHERE s.id = NEW.subject_id AND s.title = NEW.title AND h.unit_id = NEW.unit_id)
       OR NOT EXISTS (SELECT 1 FROM ancestry WHERE descendant_id = NEW.unit_id AND ancestor_id = NEW.commune_id)
       OR NOT EXISTS (SELECT 1 FROM round WHERE id = NEW.round_id AND title = NEW.title AND year = NEW.year)
       OR NOT EXISTS (SELECT 1 FROM criteria_set WHERE id = NEW.criteria_set_id AND title = NEW.title) THEN
      RAISE EXCEPTION 'not found' USING ERRCODE = 'HH001';
    END IF;
  ELSE
    IF (NEW.id, NEW.subject_id, NEW.round_id, NEW.title, NEW.year, NEW.unit_id, NEW.commune_id, NEW.registered_on, NEW.created_by, NEW.created_at)
       IS DISTINCT FROM (OLD.id, OLD.subject_id, OLD.round_id, OLD.title, OLD.year, OLD.unit_id, OLD.commune_id, OLD.registered_on, OLD.created_by, OLD.created_at) THEN
      RAISE EXCEPTION 'the identity of an assessment does not change' USING ERRCODE = 'HH002';
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
      ('REGISTERED', 'DRAFT'), ('DRAFT', 'SUBMITTED'), ('RETURNED', 'SUBMITTED'),
      ('SUBMITTED', 'APPROVED'), ('SUBMITTED', 'RETURNED'), ('APPROVED', 'RETURNED'), ('APPROVED', 'RECOGNISED')
    ) THEN
      RAISE EXCEPTION 'no step from % to %', OLD.state, NEW.state USING ERRCODE = 'HH002';
    END IF;
    IF OLD.state NOT IN ('REGISTERED', 'DRAFT', 'RETURNED')
       AND (NEW.answers, NEW.derived, NEW.total, NEW.classification, NEW.missing_count, NEW.criteria_set_id, NEW.scored_by, NEW.scored_at, NEW.is_complete, NEW.is_recognisable)
       IS DISTINCT FROM (OLD.answers, OLD.derived, OLD.total, OLD.classification, OLD.missing_count, OLD.criteria_set_id, OLD.scored_by, OLD.scored_at, OLD.is_complete, OLD.is_recognisable) THEN
      RAISE EXCEPTION 'a submitted assessment is closed' USING ERRCODE = 'HH002';
    END IF;
    IF NOT (NEW.state = 'SUBMITTED' AND OLD.state <> 'SUBMITTED')
       AND (NEW.dossier_id, NEW.submitted_by, NEW.submitted_at) IS DISTINCT FROM (OLD.dossier_id, OLD.submitted_by, OLD.submitted_at) THEN
      RAISE EXCEPTION 'only a submission says who submitted, when and where' USING ERRCODE = 'HH002';
    END IF;
    IF NOT (NEW.state <> OLD.state AND NEW.state IN ('APPROVED', 'RETURNED', 'RECOGNISED'))
       AND (NEW.reviewed_by, NEW.reviewed_at, NEW.return_reason, NEW.return_count)
       IS DISTINCT FROM (OLD.reviewed_by, OLD.reviewed_at, OLD.return_reason, OLD.return_count) THEN
      RAISE EXCEPTION 'only a review step says who reviewed and why' USING ERRCODE = 'HH002';
    END IF;
    IF OLD.state = 'APPROVED' AND NEW.state <> 'APPROVED'
       AND (NEW.state = 'RECOGNISED') <> EXISTS (SELECT 1 FROM recognition WHERE assessment_id = NEW.id) THEN
      RAISE EXCEPTION 'recognised is what a decision names, and nothing else' USING ERRCODE = 'HH002';
    END IF;
    -- A name on the row is the name of whoever writes it.
    IF v_actor IS NOT NULL AND (
         NEW.state = 'SUBMITTED' AND OLD.state <> 'SUBMITTED' AND NEW.submitted_by IS DISTINCT FROM v_actor
         OR NEW.state <> OLD.state AND NEW.state IN ('APPROVED', 'RETURNED', 'RECOGNISED') AND NEW.reviewed_by IS DISTINCT FROM v_actor
         OR (NEW.answers IS DISTINCT FROM OLD.answers OR NEW.scored_by IS DISTINCT FROM OLD.scored_by) AND NEW.scored_by IS DISTINCT FROM v_actor) THEN
      RAISE EXCEPTION 'in another name' USING ERRCODE = 'HH002';
    END IF;
  END IF;
  IF NEW.dossier_id IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM dossier d WHERE d.id = NEW.dossier_id AND d.unit_id = NEW.commune_id AND d.title = NEW.title AND d.year = NEW.year) THEN
    RAISE EXCEPTION 'not found' USING ERRCODE = 'HH001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER assessment_guard BEFORE INSERT OR UPDATE ON assessment
  FOR EACH ROW EXECUTE FUNCTION guard_assessment();

-- A recognition says what its assessment and its decision say.
CREATE FUNCTION guard_recognition() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM assessment a JOIN decision d ON d.dossier_id = a.dossier_id AND d.unit_id = a.commune_id
     WHERE a.id = NEW.assessment_id AND d.id = NEW.decision_id AND a.subject_id = NEW.subject_id AND a.title = NEW.title
       AND a.commune_id = NEW.commune_id AND a.year = NEW.first_year AND NEW.last_year < NEW.first_year + 10
       AND a.state IN ('APPROVED', 'RECOGNISED')) THEN
    RAISE EXCEPTION 'a recognition follows its assessment and its decision' USING ERRCODE = 'HH002';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER recognition_guard BEFORE INSERT OR UPDATE ON recognition
  FOR EACH ROW EXECUTE FUNCTION guard_recognition();

-- Keys do not change, for the owner either: the counting triggers join old and new rows on them.
CREATE FUNCTION refuse_key_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a key does not change' USING ERRCODE = 'HH002';
END $$;
CREATE TRIGGER subject_key BEFORE UPDATE ON subject
  FOR EACH ROW WHEN (OLD.id <> NEW.id OR OLD.title <> NEW.title) EXECUTE FUNCTION refuse_key_change();
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['household', 'citizen', 'clan', 'organisation', 'community'] LOOP
    EXECUTE format('CREATE TRIGGER %1$s_key BEFORE UPDATE ON %1$I FOR EACH ROW WHEN (OLD.subject_id <> NEW.subject_id) EXECUTE FUNCTION refuse_key_change()', t);
  END LOOP;
END $$;
