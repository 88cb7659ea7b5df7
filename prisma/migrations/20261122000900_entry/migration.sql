-- Two entries that look alike and were found to be two: who said so, and when. The smaller id stands first.
CREATE TABLE distinct_pair (
  first_id UUID NOT NULL,
  second_id UUID NOT NULL,
  marked_by UUID NOT NULL,
  marked_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT distinct_pair_pkey PRIMARY KEY (first_id, second_id),
  CONSTRAINT distinct_pair_order_check CHECK (first_id < second_id),
  CONSTRAINT distinct_pair_first_id_fkey FOREIGN KEY (first_id) REFERENCES subject (id) ON DELETE CASCADE ON UPDATE RESTRICT,
  CONSTRAINT distinct_pair_second_id_fkey FOREIGN KEY (second_id) REFERENCES subject (id) ON DELETE CASCADE ON UPDATE RESTRICT
);
CREATE INDEX distinct_pair_second_id_idx ON distinct_pair (second_id);
GRANT SELECT, INSERT (first_id, second_id, marked_by), DELETE ON distinct_pair TO hieuhoc_app;
ALTER TABLE distinct_pair ENABLE ROW LEVEL SECURITY;
-- Who may read both entries reads the pair; who may write both says and unsays it, in their own name.
CREATE POLICY distinct_pair_read ON distinct_pair FOR SELECT TO hieuhoc_app USING (
  subject_unit(first_id) IN (SELECT app_units('registry.read')) AND subject_unit(second_id) IN (SELECT app_units('registry.read')));
CREATE POLICY distinct_pair_insert ON distinct_pair FOR INSERT TO hieuhoc_app WITH CHECK (
  marked_by = app_user_id()
  AND subject_unit(first_id) IN (SELECT app_units('registry.write')) AND subject_unit(second_id) IN (SELECT app_units('registry.write')));
CREATE POLICY distinct_pair_delete ON distinct_pair FOR DELETE TO hieuhoc_app USING (
  subject_unit(first_id) IN (SELECT app_units('registry.write')) AND subject_unit(second_id) IN (SELECT app_units('registry.write')));

-- That a citizen's number changed belongs to the history, the number does not: the image has the version of its row alone.
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
                                     'digitalSkill', d.digital_skill,
                                     'identityVersion', (SELECT i.version FROM identity_number i WHERE i.subject_id = s.id)) FROM citizen d WHERE d.subject_id = s.id)
              WHEN 'CLAN' THEN (SELECT jsonb_build_object('headName', d.head_name, 'isPromotion', d.is_promotion) FROM clan d WHERE d.subject_id = s.id)
              WHEN 'ORGANISATION' THEN (SELECT jsonb_build_object('kind', d.kind, 'level', d.level) FROM organisation d WHERE d.subject_id = s.id)
              WHEN 'COMMUNITY' THEN (SELECT jsonb_build_object('kind', u.type) FROM community d JOIN unit u ON u.id = d.area_unit_id WHERE d.subject_id = s.id)
              ELSE '{}'::jsonb
            END
    FROM subject s WHERE s.id = ANY (p_ids)
$$;
