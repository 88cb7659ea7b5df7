-- The second wall. The web role reads and writes only through these policies; counting, chaining and account functions run
-- as the owner and are listed at the end.
GRANT USAGE ON SCHEMA public TO hieuhoc_app;

-- Public facts: units, maps, criteria, plans, rounds.
GRANT SELECT ON unit, unit_name, placement, ancestry, succession, unit_flag, regime, role_capability, role_level, criteria_set, round, plan, target TO hieuhoc_app;

GRANT SELECT, INSERT ON subject, subject_home, household, citizen, clan, organisation, community, dossier, decision, recognition,
  evidence_file, evidence_link, figure TO hieuhoc_app;
GRANT SELECT, INSERT, UPDATE ON assessment TO hieuhoc_app; -- column by column in the trigger assessment_guard
-- The web role changes what forms change, never keys and names of writers.
GRANT UPDATE (unit_id, name, name_search, name_sort, active_from, active_to, version, updated_at) ON subject TO hieuhoc_app;
GRANT UPDATE (valid_to) ON subject_home TO hieuhoc_app;
GRANT UPDATE (address, is_association_member, clan_id, poverty, has_school_age_children) ON household TO hieuhoc_app;
GRANT UPDATE (birth_year, sex, household_id, variant, is_worker, organisation_id, digital_skill) ON citizen TO hieuhoc_app;
GRANT UPDATE (head_name, is_promotion) ON clan TO hieuhoc_app;
GRANT UPDATE (kind, level) ON organisation TO hieuhoc_app;
GRANT UPDATE (version) ON dossier TO hieuhoc_app;
GRANT UPDATE (removed_at) ON evidence_link TO hieuhoc_app;
GRANT UPDATE (value, source, entered_by, entered_at, version) ON figure TO hieuhoc_app;
GRANT SELECT ON unit_year, action, chain_head TO hieuhoc_app;
GRANT SELECT, INSERT, UPDATE (result) ON request TO hieuhoc_app;
GRANT SELECT (id, username, name, is_active, is_demo, must_change_password, locked_until, version, created_at) ON app_user TO hieuhoc_app;
GRANT SELECT ON role_grant TO hieuhoc_app;

ALTER TABLE subject ENABLE ROW LEVEL SECURITY;
ALTER TABLE subject_home ENABLE ROW LEVEL SECURITY;
ALTER TABLE household ENABLE ROW LEVEL SECURITY;
ALTER TABLE citizen ENABLE ROW LEVEL SECURITY;
ALTER TABLE clan ENABLE ROW LEVEL SECURITY;
ALTER TABLE organisation ENABLE ROW LEVEL SECURITY;
ALTER TABLE community ENABLE ROW LEVEL SECURITY;
ALTER TABLE assessment ENABLE ROW LEVEL SECURITY;
ALTER TABLE dossier ENABLE ROW LEVEL SECURITY;
ALTER TABLE decision ENABLE ROW LEVEL SECURITY;
ALTER TABLE recognition ENABLE ROW LEVEL SECURITY;
ALTER TABLE evidence_file ENABLE ROW LEVEL SECURITY;
ALTER TABLE evidence_link ENABLE ROW LEVEL SECURITY;
ALTER TABLE unit_year ENABLE ROW LEVEL SECURITY;
ALTER TABLE figure ENABLE ROW LEVEL SECURITY;
ALTER TABLE action ENABLE ROW LEVEL SECURITY;
ALTER TABLE chain_head ENABLE ROW LEVEL SECURITY;
ALTER TABLE request ENABLE ROW LEVEL SECURITY;
ALTER TABLE app_user ENABLE ROW LEVEL SECURITY;
ALTER TABLE role_grant ENABLE ROW LEVEL SECURITY;

-- Register: where it stands now, or, for a grant on an ended unit, where it stood there.
CREATE POLICY subject_read ON subject FOR SELECT TO hieuhoc_app USING (
  unit_id IN (SELECT app_units('registry.read'))
  OR EXISTS (SELECT 1 FROM subject_home h JOIN app_past_units('registry.read') p ON p.unit_id = h.unit_id AND h.valid_from < p.ended_on
              WHERE h.subject_id = id));
CREATE POLICY subject_insert ON subject FOR INSERT TO hieuhoc_app WITH CHECK (unit_id IN (SELECT app_units('registry.write')));
CREATE POLICY subject_update ON subject FOR UPDATE TO hieuhoc_app
  USING (unit_id IN (SELECT app_units('registry.write'))) WITH CHECK (unit_id IN (SELECT app_units('registry.write')));

CREATE POLICY home_read ON subject_home FOR SELECT TO hieuhoc_app USING (
  unit_id IN (SELECT app_units('registry.read'))
  OR EXISTS (SELECT 1 FROM app_past_units('registry.read') p WHERE p.unit_id = subject_home.unit_id AND subject_home.valid_from < p.ended_on));
-- Where a subject stands, past its policies: those of its homes must not ask those of the subject, which ask the homes.
CREATE FUNCTION subject_unit(p_subject uuid) RETURNS int LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT unit_id FROM subject WHERE id = p_subject
$$;
CREATE POLICY home_insert ON subject_home FOR INSERT TO hieuhoc_app WITH CHECK (
  unit_id IN (SELECT app_units('registry.write')) AND subject_unit(subject_id) IN (SELECT app_units('registry.write')));
CREATE POLICY home_update ON subject_home FOR UPDATE TO hieuhoc_app
  USING (unit_id IN (SELECT app_units('registry.write'))) WITH CHECK (unit_id IN (SELECT app_units('registry.write')));

-- Details follow their subject; what they are bound to must be visible to the writer.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['household', 'citizen', 'clan', 'organisation', 'community'] LOOP
    EXECUTE format('CREATE POLICY %1$s_read ON %1$I FOR SELECT TO hieuhoc_app USING (EXISTS (SELECT 1 FROM subject s WHERE s.id = subject_id))', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['clan', 'organisation'] LOOP
    EXECUTE format('CREATE POLICY %1$s_insert ON %1$I FOR INSERT TO hieuhoc_app WITH CHECK (EXISTS (SELECT 1 FROM subject s WHERE s.id = subject_id AND s.unit_id IN (SELECT app_units(''registry.write''))))', t);
    EXECUTE format('CREATE POLICY %1$s_update ON %1$I FOR UPDATE TO hieuhoc_app USING (EXISTS (SELECT 1 FROM subject s WHERE s.id = subject_id AND s.unit_id IN (SELECT app_units(''registry.write''))))', t);
  END LOOP;
END $$;
CREATE POLICY household_insert ON household FOR INSERT TO hieuhoc_app WITH CHECK (
  EXISTS (SELECT 1 FROM subject s WHERE s.id = subject_id AND s.unit_id IN (SELECT app_units('registry.write')))
  AND (clan_id IS NULL OR EXISTS (SELECT 1 FROM subject s WHERE s.id = clan_id)));
CREATE POLICY household_update ON household FOR UPDATE TO hieuhoc_app
  USING (EXISTS (SELECT 1 FROM subject s WHERE s.id = subject_id AND s.unit_id IN (SELECT app_units('registry.write'))))
  WITH CHECK (clan_id IS NULL OR EXISTS (SELECT 1 FROM subject s WHERE s.id = clan_id));
CREATE POLICY citizen_insert ON citizen FOR INSERT TO hieuhoc_app WITH CHECK (
  EXISTS (SELECT 1 FROM subject s WHERE s.id = subject_id AND s.unit_id IN (SELECT app_units('registry.write')))
  AND (household_id IS NULL OR EXISTS (SELECT 1 FROM subject s WHERE s.id = household_id))
  AND (organisation_id IS NULL OR EXISTS (SELECT 1 FROM subject s WHERE s.id = organisation_id)));
CREATE POLICY citizen_update ON citizen FOR UPDATE TO hieuhoc_app
  USING (EXISTS (SELECT 1 FROM subject s WHERE s.id = subject_id AND s.unit_id IN (SELECT app_units('registry.write'))))
  WITH CHECK ((household_id IS NULL OR EXISTS (SELECT 1 FROM subject s WHERE s.id = household_id))
    AND (organisation_id IS NULL OR EXISTS (SELECT 1 FROM subject s WHERE s.id = organisation_id)));
CREATE POLICY community_insert ON community FOR INSERT TO hieuhoc_app WITH CHECK (
  EXISTS (SELECT 1 FROM subject s WHERE s.id = subject_id AND s.unit_id = area_unit_id AND s.unit_id IN (SELECT app_units('registry.write'))));

-- Assessments: the commune writes what it has not submitted; the reviewer steps what was submitted, never the own work.
CREATE POLICY assessment_read ON assessment FOR SELECT TO hieuhoc_app USING (commune_id IN (SELECT app_units('assessment.read')));
CREATE POLICY assessment_insert ON assessment FOR INSERT TO hieuhoc_app WITH CHECK (
  state IN ('REGISTERED', 'DRAFT') AND commune_id IN (SELECT app_units('assessment.write'))
  AND (scored_by IS NULL OR scored_by = app_user_id()) AND submitted_by IS NULL AND dossier_id IS NULL
  AND reviewed_by IS NULL AND return_reason IS NULL
  AND EXISTS (SELECT 1 FROM subject s WHERE s.id = subject_id));
CREATE POLICY assessment_score ON assessment FOR UPDATE TO hieuhoc_app
  USING (state IN ('REGISTERED', 'DRAFT', 'RETURNED') AND commune_id IN (SELECT app_units('assessment.write')))
  WITH CHECK (state IN ('REGISTERED', 'DRAFT', 'RETURNED') AND commune_id IN (SELECT app_units('assessment.write'))
    OR state = 'SUBMITTED' AND submitted_by = app_user_id() AND commune_id IN (SELECT app_units('dossier.submit')));
CREATE POLICY assessment_review ON assessment FOR UPDATE TO hieuhoc_app
  USING (state IN ('SUBMITTED', 'APPROVED') AND submitted_by <> app_user_id() AND scored_by IS DISTINCT FROM app_user_id()
    AND commune_id IN (SELECT app_units('review.decide')))
  WITH CHECK (state IN ('APPROVED', 'RETURNED', 'RECOGNISED') AND reviewed_by = app_user_id()
    AND commune_id IN (SELECT app_units('review.decide')));

CREATE POLICY dossier_read ON dossier FOR SELECT TO hieuhoc_app USING (unit_id IN (SELECT app_units('dossier.read')));
CREATE POLICY dossier_insert ON dossier FOR INSERT TO hieuhoc_app WITH CHECK (
  submitted_by = app_user_id() AND unit_id IN (SELECT app_units('dossier.submit')));
CREATE POLICY dossier_update ON dossier FOR UPDATE TO hieuhoc_app
  USING (unit_id IN (SELECT app_units('dossier.submit'))) WITH CHECK (unit_id IN (SELECT app_units('dossier.submit')));

CREATE POLICY decision_read ON decision FOR SELECT TO hieuhoc_app USING (unit_id IN (SELECT app_units('dossier.read')));
CREATE POLICY decision_insert ON decision FOR INSERT TO hieuhoc_app WITH CHECK (
  created_by = app_user_id() AND unit_id IN (SELECT app_units('review.decide'))
  AND EXISTS (SELECT 1 FROM dossier d WHERE d.id = dossier_id AND d.unit_id = decision.unit_id AND d.submitted_by <> app_user_id()));
CREATE POLICY recognition_read ON recognition FOR SELECT TO hieuhoc_app USING (commune_id IN (SELECT app_units('assessment.read')));
CREATE POLICY recognition_insert ON recognition FOR INSERT TO hieuhoc_app WITH CHECK (
  commune_id IN (SELECT app_units('review.decide'))
  AND EXISTS (SELECT 1 FROM assessment a WHERE a.id = assessment_id AND a.state = 'APPROVED'
                AND a.submitted_by <> app_user_id() AND a.scored_by IS DISTINCT FROM app_user_id()));

CREATE POLICY evidence_file_read ON evidence_file FOR SELECT TO hieuhoc_app USING (commune_id IN (SELECT app_units('assessment.read')));
CREATE POLICY evidence_file_insert ON evidence_file FOR INSERT TO hieuhoc_app WITH CHECK (
  uploaded_by = app_user_id() AND commune_id IN (SELECT app_units('assessment.write'))
  AND mime IN ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')
  AND storage_key ~ ('^' || commune_id || '/' || left(sha256, 2) || '/' || sha256 || '\.[a-z]{3,4}$'));
CREATE POLICY evidence_link_read ON evidence_link FOR SELECT TO hieuhoc_app USING (
  EXISTS (SELECT 1 FROM assessment a WHERE a.id = assessment_id));
CREATE POLICY evidence_link_insert ON evidence_link FOR INSERT TO hieuhoc_app WITH CHECK (linked_by = app_user_id() AND EXISTS (
  SELECT 1 FROM assessment a JOIN evidence_file f ON f.id = file_id AND f.commune_id = a.commune_id
   WHERE a.id = assessment_id AND a.state IN ('REGISTERED', 'DRAFT', 'RETURNED') AND a.commune_id IN (SELECT app_units('assessment.write'))));
CREATE POLICY evidence_link_update ON evidence_link FOR UPDATE TO hieuhoc_app
  USING (EXISTS (SELECT 1 FROM assessment a WHERE a.id = assessment_id AND a.state IN ('REGISTERED', 'DRAFT', 'RETURNED')
                    AND a.commune_id IN (SELECT app_units('assessment.write'))))
  WITH CHECK (EXISTS (SELECT 1 FROM assessment a WHERE a.id = assessment_id AND a.state IN ('REGISTERED', 'DRAFT', 'RETURNED')
                    AND a.commune_id IN (SELECT app_units('assessment.write'))));

CREATE POLICY unit_year_read ON unit_year FOR SELECT TO hieuhoc_app USING (unit_id IN (SELECT app_units('dashboard.read')));
CREATE POLICY figure_read ON figure FOR SELECT TO hieuhoc_app USING (unit_id IN (SELECT app_units('dashboard.read')));
CREATE POLICY figure_insert ON figure FOR INSERT TO hieuhoc_app WITH CHECK (
  entered_by = app_user_id() AND unit_id IN (SELECT app_units('figure.write')));
CREATE POLICY figure_update ON figure FOR UPDATE TO hieuhoc_app
  USING (unit_id IN (SELECT app_units('figure.write')))
  WITH CHECK (entered_by = app_user_id() AND unit_id IN (SELECT app_units('figure.write')));

CREATE POLICY action_read ON action FOR SELECT TO hieuhoc_app USING (
  chain_id IN (SELECT app_units('audit.read')) OR actor_id = app_user_id());
CREATE POLICY chain_head_read ON chain_head FOR SELECT TO hieuhoc_app USING (chain_id IN (SELECT app_units('audit.read')));
CREATE POLICY request_own ON request FOR ALL TO hieuhoc_app USING (actor_id = app_user_id()) WITH CHECK (actor_id = app_user_id());

-- Colleagues by name: those whose grants lie in units the reader can see, so that a log or a review can name them.
CREATE POLICY app_user_read ON app_user FOR SELECT TO hieuhoc_app USING (
  id = app_user_id() OR id IN (SELECT g.user_id FROM role_grant g));
CREATE POLICY role_grant_read ON role_grant FOR SELECT TO hieuhoc_app USING (
  user_id = app_user_id() OR unit_id IN (SELECT app_units('user.manage')));

-- Names behind ids, for logs and reviews; ids are not to be guessed.
CREATE FUNCTION user_names(p_ids uuid[]) RETURNS TABLE (id uuid, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT u.id, u.name FROM app_user u WHERE u.id = ANY (p_ids) AND app_user_id() IS NOT NULL
$$;

-- Functions that run as the owner: of them the web role may call only these; counting happens through triggers alone.
DO $$
DECLARE f regprocedure;
BEGIN
  FOR f IN SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION app_today(), app_user_id(), app_units(text), app_past_units(text), app_may(text, int), search_key(text),
  auth_begin(text), auth_succeed(uuid), auth_own_hash(), auth_session(uuid, int),
  user_create(text, text, text, text, int), user_is_managed(uuid), user_set_password(uuid, text), user_set_active(uuid, boolean, int),
  user_set_role(uuid, text, int, int), user_names(uuid[]), hamlet_create(int, text, text, date), hamlet_correct(int, text, text),
  append_actions(int, uuid, jsonb), holds_title(uuid, int), subject_unit(uuid) TO hieuhoc_app;
