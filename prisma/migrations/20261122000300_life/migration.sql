-- What a step did to the register can be taken back, and two entries found to be the same become one. The web role gets no
-- right to delete: what undo takes away goes through functions that ask the access table and the rows themselves.

-- The kind of a hamlet belongs to what the register says of it.
CREATE OR REPLACE FUNCTION subject_images(p_ids uuid[]) RETURNS TABLE (subject_id uuid, version int, image jsonb) LANGUAGE sql STABLE AS $$
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
              WHEN 'COMMUNITY' THEN (SELECT jsonb_build_object('kind', u.type) FROM community d JOIN unit u ON u.id = d.area_unit_id WHERE d.subject_id = s.id)
              ELSE '{}'::jsonb
            END
    FROM subject s WHERE s.id = ANY (p_ids)
$$;

CREATE INDEX subject_change_undone_by_idx ON subject_change (undone_by) WHERE undone_by IS NOT NULL;

-- How many rows a step left in the journal, whoever may see them: a step is taken back whole or not at all.
CREATE FUNCTION subject_step_size(p_step uuid) RETURNS int LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*)::int FROM subject_change WHERE request_id = p_step
$$;

-- An open assessment that went from an entry to the one it was merged into, or back. Written by the functions below alone; the
-- guard lets the subject of an assessment change only beside a row of the same transaction.
CREATE TABLE assessment_transfer (
  assessment_id UUID NOT NULL,
  request_id UUID NOT NULL,
  from_subject_id UUID NOT NULL,
  to_subject_id UUID NOT NULL,
  from_unit_id INTEGER NOT NULL,
  to_unit_id INTEGER NOT NULL,
  version_after INTEGER NOT NULL,
  transaction TEXT NOT NULL DEFAULT pg_current_xact_id()::text,
  at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT assessment_transfer_pkey PRIMARY KEY (assessment_id, request_id),
  CONSTRAINT assessment_transfer_assessment_id_fkey FOREIGN KEY (assessment_id) REFERENCES assessment (id) ON DELETE RESTRICT ON UPDATE RESTRICT
);
CREATE INDEX assessment_transfer_request_id_idx ON assessment_transfer (request_id);
ALTER TABLE assessment_transfer ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON assessment_transfer TO hieuhoc_app;
CREATE POLICY assessment_transfer_read ON assessment_transfer FOR SELECT TO hieuhoc_app USING (EXISTS (SELECT 1 FROM assessment a WHERE a.id = assessment_id));

DO $$
DECLARE v_body text;
BEGIN
  -- The guard as it stands, but for one sentence: what a transfer of this transaction names may change hands.
  SELECT pg_get_functiondef('guard_assessment()'::regprocedure) INTO v_body;
  v_body := replace(v_body,
    'IF (NEW.id, NEW.subject_id, NEW.round_id, NEW.title, NEW.year, NEW.unit_id, NEW.commune_id, NEW.registered_on, NEW.created_by, NEW.created_at)
       IS DISTINCT FROM (OLD.id, OLD.subject_id, OLD.round_id, OLD.title, OLD.year, OLD.unit_id, OLD.commune_id, OLD.registered_on, OLD.created_by, OLD.created_at) THEN',
    'IF (NEW.id, NEW.round_id, NEW.title, NEW.year, NEW.commune_id, NEW.registered_on, NEW.created_by, NEW.created_at)
       IS DISTINCT FROM (OLD.id, OLD.round_id, OLD.title, OLD.year, OLD.commune_id, OLD.registered_on, OLD.created_by, OLD.created_at)
       OR (NEW.subject_id, NEW.unit_id) IS DISTINCT FROM (OLD.subject_id, OLD.unit_id) AND NOT EXISTS (
            SELECT 1 FROM assessment_transfer t WHERE t.assessment_id = NEW.id AND t.transaction = pg_current_xact_id()::text
               AND (t.from_subject_id, t.to_subject_id, t.from_unit_id, t.to_unit_id) = (OLD.subject_id, NEW.subject_id, OLD.unit_id, NEW.unit_id)) THEN');
  IF v_body NOT LIKE '%assessment_transfer%' THEN RAISE EXCEPTION 'guard_assessment is not as this migration knows it'; END IF;
  EXECUTE v_body;
END $$;

-- May the current user write the register at all of the units; a claimed request stands behind the step.
CREATE FUNCTION assert_register_step(p_request uuid, p_units int[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM request r WHERE r.request_id = p_request AND r.actor_id = app_user_id() AND r.result IS NULL)
     OR EXISTS (SELECT 1 FROM unnest(p_units) u WHERE u NOT IN (SELECT app_units('registry.write'))) THEN
    RAISE EXCEPTION 'not found' USING ERRCODE = 'HH001';
  END IF;
END $$;

-- Hands the open assessments of a merged entry over to the one that goes on for it, for years in which that one has none. What
-- was submitted, approved or decided stays where it was signed.
CREATE FUNCTION assessment_hand_over(p_request uuid, p_from uuid, p_to uuid) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_count int; v_years int[];
BEGIN
  PERFORM assert_register_step(p_request, (SELECT array_agg(unit_id) FROM subject WHERE id IN (p_from, p_to)));
  IF NOT EXISTS (SELECT 1 FROM subject f JOIN subject t ON t.id = p_to AND t.title = f.title AND t.active_to IS NULL
                  WHERE f.id = p_from AND f.merged_into_id = p_to) THEN
    RAISE EXCEPTION 'only a merged entry hands over' USING ERRCODE = 'HH002';
  END IF;
  PERFORM 1 FROM assessment WHERE subject_id IN (p_from, p_to) ORDER BY id FOR UPDATE;
  IF EXISTS (SELECT 1 FROM assessment WHERE subject_id = p_from AND state IN ('SUBMITTED', 'APPROVED')) THEN
    RAISE EXCEPTION 'an assessment is under review' USING ERRCODE = 'HH002';
  END IF;

  INSERT INTO assessment_transfer (assessment_id, request_id, from_subject_id, to_subject_id, from_unit_id, to_unit_id, version_after)
  SELECT a.id, p_request, p_from, p_to, a.unit_id, h.unit_id, a.version + 1
    FROM assessment a
    JOIN round r ON r.id = a.round_id
    JOIN subject_home h ON h.subject_id = p_to AND h.valid_from <= r.reference_date AND (h.valid_to IS NULL OR h.valid_to > r.reference_date)
   WHERE a.subject_id = p_from AND a.state IN ('REGISTERED', 'DRAFT', 'RETURNED')
     AND a.commune_id IN (SELECT app_units('assessment.write'))
     AND EXISTS (SELECT 1 FROM ancestry x WHERE x.descendant_id = h.unit_id AND x.ancestor_id = a.commune_id)
     AND NOT EXISTS (SELECT 1 FROM assessment o WHERE o.subject_id = p_to AND o.title = a.title AND o.year = a.year);
  UPDATE assessment a SET subject_id = t.to_subject_id, unit_id = t.to_unit_id, version = t.version_after
    FROM assessment_transfer t WHERE t.assessment_id = a.id AND t.request_id = p_request;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  SELECT array_agg(DISTINCT a.year) INTO v_years FROM assessment a JOIN assessment_transfer t ON t.assessment_id = a.id WHERE t.request_id = p_request;
  PERFORM recount_subjects(ARRAY[p_from, p_to], coalesce(v_years, '{}'));

  RETURN v_count;
END $$;

-- Gives back what a step handed over, as long as nobody has worked on it since.
CREATE FUNCTION assessment_hand_back(p_request uuid, p_step uuid) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_count int; v_years int[]; v_subjects uuid[];
BEGIN
  SELECT array_agg(DISTINCT s) INTO v_subjects
    FROM assessment_transfer t CROSS JOIN LATERAL (VALUES (t.from_subject_id), (t.to_subject_id)) x(s) WHERE t.request_id = p_step;
  IF v_subjects IS NULL THEN RETURN 0; END IF;
  PERFORM assert_register_step(p_request, (SELECT array_agg(unit_id) FROM subject WHERE id = ANY (v_subjects)));
  PERFORM 1 FROM assessment WHERE subject_id = ANY (v_subjects) ORDER BY id FOR UPDATE;
  IF EXISTS (SELECT 1 FROM assessment_transfer t JOIN assessment a ON a.id = t.assessment_id
              WHERE t.request_id = p_step AND (a.subject_id, a.version) IS DISTINCT FROM (t.to_subject_id, t.version_after)) THEN
    RAISE EXCEPTION 'an assessment was worked on since' USING ERRCODE = 'HH002';
  END IF;

  INSERT INTO assessment_transfer (assessment_id, request_id, from_subject_id, to_subject_id, from_unit_id, to_unit_id, version_after)
  SELECT assessment_id, p_request, to_subject_id, from_subject_id, to_unit_id, from_unit_id, version_after + 1
    FROM assessment_transfer WHERE request_id = p_step;
  UPDATE assessment a SET subject_id = t.to_subject_id, unit_id = t.to_unit_id, version = t.version_after
    FROM assessment_transfer t WHERE t.assessment_id = a.id AND t.request_id = p_request;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  SELECT array_agg(DISTINCT a.year) INTO v_years FROM assessment a JOIN assessment_transfer t ON t.assessment_id = a.id WHERE t.request_id = p_request;
  PERFORM recount_subjects(v_subjects, v_years);

  RETURN v_count;
END $$;

-- Puts the homes of the subjects that a step changed back as they were before it. Refuses where an assessment hangs on a home
-- that would go.
CREATE FUNCTION subject_homes_restore(p_request uuid, p_step uuid) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE v_ids uuid[]; v_units int[]; v_subjects uuid[]; v_places int[]; v_from date[]; v_to date[];
BEGIN
  SELECT array_agg(x.subject_id) INTO v_ids FROM (
    SELECT DISTINCT c.subject_id FROM subject_change c WHERE c.request_id = p_step AND c.undone_by IS NULL AND c.before ? 'homes') x;
  IF v_ids IS NULL THEN RETURN 0; END IF;
  SELECT array_agg(x.subject_id), array_agg((h ->> 'unitId')::int), array_agg((h ->> 'from')::date), array_agg((h ->> 'to')::date)
    INTO v_subjects, v_places, v_from, v_to
    FROM (SELECT DISTINCT ON (c.subject_id) c.subject_id, c.before -> 'homes' AS homes
            FROM subject_change c WHERE c.request_id = p_step AND c.undone_by IS NULL AND c.before ? 'homes'
           ORDER BY c.subject_id, c.id) x
   CROSS JOIN LATERAL jsonb_array_elements(x.homes) h;

  SELECT array_agg(DISTINCT u) INTO v_units FROM (
    SELECT s.unit_id AS u FROM subject s WHERE s.id = ANY (v_ids)
    UNION SELECT coalesce(h.unit_id, b.unit_id)
      FROM (SELECT * FROM subject_home WHERE subject_id = ANY (v_ids)) h
      FULL JOIN unnest(v_subjects, v_places, v_from, v_to) AS b(subject_id, unit_id, valid_from, valid_to)
        ON b.subject_id = h.subject_id AND b.valid_from = h.valid_from AND b.unit_id = h.unit_id
     WHERE h.subject_id IS NULL OR b.subject_id IS NULL OR h.valid_to IS DISTINCT FROM b.valid_to) x;
  PERFORM assert_register_step(p_request, v_units);

  IF EXISTS (
    SELECT 1 FROM assessment a JOIN subject_home h ON h.subject_id = a.subject_id AND h.unit_id = a.unit_id
     WHERE a.subject_id = ANY (v_ids)
       AND NOT EXISTS (SELECT 1 FROM unnest(v_subjects, v_places) AS b(subject_id, unit_id) WHERE b.subject_id = a.subject_id AND b.unit_id = a.unit_id)) THEN
    RAISE EXCEPTION 'an assessment stands in the home' USING ERRCODE = 'HH002';
  END IF;

  DELETE FROM subject_home h WHERE h.subject_id = ANY (v_ids)
     AND NOT EXISTS (SELECT 1 FROM unnest(v_subjects, v_places, v_from) AS b(subject_id, unit_id, valid_from)
                      WHERE b.subject_id = h.subject_id AND b.unit_id = h.unit_id AND b.valid_from = h.valid_from);
  UPDATE subject_home h SET valid_to = b.valid_to FROM unnest(v_subjects, v_from, v_to) AS b(subject_id, valid_from, valid_to)
   WHERE b.subject_id = h.subject_id AND b.valid_from = h.valid_from AND h.valid_to IS DISTINCT FROM b.valid_to;
  INSERT INTO subject_home (subject_id, unit_id, valid_from, valid_to)
  SELECT b.subject_id, b.unit_id, b.valid_from, b.valid_to FROM unnest(v_subjects, v_places, v_from, v_to) AS b(subject_id, unit_id, valid_from, valid_to)
   WHERE NOT EXISTS (SELECT 1 FROM subject_home h WHERE h.subject_id = b.subject_id AND h.valid_from = b.valid_from);

  RETURN cardinality(v_ids);
END $$;

-- (A plan for arrays of any length compares row by row; these are planned for the arrays they are given.)

-- Takes entries off the register as if they had never been entered: only such as a journalled step made, on which nothing
-- stands. Their hamlets go with them. Nobody else's link, assessment or change may point at them.
CREATE FUNCTION subject_discard(p_request uuid, p_ids uuid[]) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE v_count int; v_areas int[];
BEGIN
  PERFORM 1 FROM subject WHERE id = ANY (p_ids) ORDER BY id FOR UPDATE;
  SELECT count(*)::int INTO v_count FROM subject WHERE id = ANY (p_ids);
  IF v_count = 0 OR v_count <> (SELECT count(DISTINCT i) FROM unnest(p_ids) i) THEN RAISE EXCEPTION 'not found' USING ERRCODE = 'HH001'; END IF;
  PERFORM assert_register_step(p_request, (SELECT array_agg(DISTINCT unit_id) FROM subject WHERE id = ANY (p_ids)));
  SELECT coalesce(array_agg(area_unit_id), '{}') INTO v_areas FROM community WHERE subject_id = ANY (p_ids);

  -- A row that says "made" is of the hour in which the entry was made: the web role writes such rows, but not their time.
  IF EXISTS (SELECT 1 FROM subject s WHERE s.id = ANY (p_ids) AND NOT EXISTS (
       SELECT 1 FROM subject_change c WHERE c.subject_id = s.id AND c.before IS NULL AND c.version_after = 1
          AND c.at BETWEEN s.created_at - interval '1 hour' AND s.created_at + interval '1 hour'))
     OR EXISTS (SELECT 1 FROM subject_change c WHERE c.subject_id = ANY (p_ids) AND c.before IS NOT NULL AND c.undone_by IS NULL
                   AND NOT EXISTS (SELECT 1 FROM subject_change t WHERE t.undone_by = c.request_id))
     OR EXISTS (SELECT 1 FROM assessment WHERE subject_id = ANY (p_ids))
     OR EXISTS (SELECT 1 FROM recognition WHERE subject_id = ANY (p_ids))
     OR EXISTS (SELECT 1 FROM citizen WHERE (household_id = ANY (p_ids) OR organisation_id = ANY (p_ids)) AND subject_id <> ALL (p_ids))
     OR EXISTS (SELECT 1 FROM household WHERE clan_id = ANY (p_ids) AND subject_id <> ALL (p_ids))
     OR EXISTS (SELECT 1 FROM subject WHERE merged_into_id = ANY (p_ids))
     OR EXISTS (SELECT 1 FROM subject_home WHERE unit_id = ANY (v_areas) AND subject_id <> ALL (p_ids))
     OR EXISTS (SELECT 1 FROM figure WHERE unit_id = ANY (v_areas)) THEN
    RAISE EXCEPTION 'something stands on the entry' USING ERRCODE = 'HH002';
  END IF;

  -- Details before homes: what is counted again is found through the homes.
  DELETE FROM citizen WHERE subject_id = ANY (p_ids);
  DELETE FROM household WHERE subject_id = ANY (p_ids);
  DELETE FROM clan WHERE subject_id = ANY (p_ids);
  DELETE FROM organisation WHERE subject_id = ANY (p_ids);
  DELETE FROM community WHERE subject_id = ANY (p_ids);
  DELETE FROM subject_home WHERE subject_id = ANY (p_ids);
  DELETE FROM subject WHERE id = ANY (p_ids);
  DELETE FROM unit_year WHERE unit_id = ANY (v_areas);
  DELETE FROM ancestry WHERE descendant_id = ANY (v_areas);
  DELETE FROM placement WHERE child_id = ANY (v_areas);
  DELETE FROM unit_name WHERE unit_id = ANY (v_areas);
  DELETE FROM unit_flag WHERE unit_id = ANY (v_areas);
  DELETE FROM unit WHERE id = ANY (v_areas);

  RETURN v_count;
EXCEPTION WHEN foreign_key_violation THEN
  RAISE EXCEPTION 'something stands on the entry' USING ERRCODE = 'HH002';
END $$;

DO $$
DECLARE f text;
BEGIN
  FOREACH f IN ARRAY ARRAY['subject_step_size(uuid)', 'assert_register_step(uuid, int[])', 'assessment_hand_over(uuid, uuid, uuid)',
                           'assessment_hand_back(uuid, uuid)', 'subject_homes_restore(uuid, uuid)', 'subject_discard(uuid, uuid[])'] LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION subject_step_size(uuid), assessment_hand_over(uuid, uuid, uuid), assessment_hand_back(uuid, uuid),
  subject_homes_restore(uuid, uuid), subject_discard(uuid, uuid[]) TO hieuhoc_app;

-- Writing details asked app_units() once for every row: the planner makes a join of a subselect inside EXISTS. Through the
-- subject's unit it is asked once for a statement, which is what changes of ten thousand rows hang on.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['clan', 'organisation'] LOOP
    EXECUTE format('ALTER POLICY %1$s_insert ON %1$I WITH CHECK (subject_unit(subject_id) IN (SELECT app_units(''registry.write'')))', t);
    EXECUTE format('ALTER POLICY %1$s_update ON %1$I USING (subject_unit(subject_id) IN (SELECT app_units(''registry.write'')))', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['household', 'citizen'] LOOP
    EXECUTE format('ALTER POLICY %1$s_update ON %1$I USING (subject_unit(subject_id) IN (SELECT app_units(''registry.write'')))', t);
  END LOOP;
END $$;
ALTER POLICY household_insert ON household WITH CHECK (
  subject_unit(subject_id) IN (SELECT app_units('registry.write'))
  AND (clan_id IS NULL OR EXISTS (SELECT 1 FROM subject s WHERE s.id = clan_id)));
ALTER POLICY citizen_insert ON citizen WITH CHECK (
  subject_unit(subject_id) IN (SELECT app_units('registry.write'))
  AND (household_id IS NULL OR EXISTS (SELECT 1 FROM subject s WHERE s.id = household_id))
  AND (organisation_id IS NULL OR EXISTS (SELECT 1 FROM subject s WHERE s.id = organisation_id)));
