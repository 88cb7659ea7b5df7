-- The unit of a row's subject against the units of the person, worked out once a statement: inside EXISTS it would be worked
-- out again for every row.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['household', 'citizen', 'clan', 'organisation'] LOOP
    EXECUTE format('ALTER POLICY %1$s_update ON %1$I USING (subject_unit(subject_id) IN (SELECT app_units(''registry.write'')))', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['clan', 'organisation'] LOOP
    EXECUTE format('ALTER POLICY %1$s_insert ON %1$I WITH CHECK (subject_unit(subject_id) IN (SELECT app_units(''registry.write'')))', t);
  END LOOP;
END $$;
ALTER POLICY household_insert ON household WITH CHECK (
  subject_unit(subject_id) IN (SELECT app_units('registry.write'))
  AND (clan_id IS NULL OR EXISTS (SELECT 1 FROM subject s WHERE s.id = clan_id)));
ALTER POLICY citizen_insert ON citizen WITH CHECK (
  subject_unit(subject_id) IN (SELECT app_units('registry.write'))
  AND (household_id IS NULL OR EXISTS (SELECT 1 FROM subject s WHERE s.id = household_id))
  AND (organisation_id IS NULL OR EXISTS (SELECT 1 FROM subject s WHERE s.id = organisation_id)));
ALTER POLICY community_insert ON community WITH CHECK (
  subject_unit(subject_id) = area_unit_id AND area_unit_id IN (SELECT app_units('registry.write')));
