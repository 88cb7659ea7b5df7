-- Does a subject hold a title in a year.
CREATE FUNCTION holds_title(p_subject uuid, p_year int) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM recognition r WHERE r.subject_id = p_subject AND r.first_year <= p_year AND r.last_year >= p_year)
$$;

-- What the counters of the given leaves and years are, counted from the raw rows. A subject counts where its home is on
-- 31 December. Adult: 18 or older in that year (Bộ luật Dân sự 2015, Điều 20). "In learning": inside a recognised family,
-- clan or community; for staff inside a recognised organisation. Staff count where their organisation stands.
CREATE FUNCTION count_unit_years(p_units int[], p_years int[]) RETURNS SETOF unit_year
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH key AS (
    SELECT u AS unit_id, y AS year, make_date(y, 12, 31) AS ref FROM unnest(p_units) u CROSS JOIN unnest(p_years) y
  ), member AS MATERIALIZED (
    SELECT k.unit_id, k.year, s.title,
           a.id IS NOT NULL AS registered,
           coalesce(a.is_complete, false) AS scored,
           coalesce(a.state IN ('SUBMITTED', 'APPROVED', 'RECOGNISED'), false) AS submitted,
           EXISTS (SELECT 1 FROM recognition r WHERE r.subject_id = s.id AND r.first_year <= k.year AND r.last_year >= k.year) AS held,
           coalesce(hh.is_association_member, false) AS is_member,
           coalesce(cl.is_promotion, false) AS is_promotion,
           coalesce(k.year - c.birth_year >= 18, false) AS is_adult,
           coalesce(c.is_worker, false) AS is_worker,
           c.digital_skill,
           c.subject_id IS NOT NULL AND (
             EXISTS (SELECT 1 FROM recognition r WHERE r.subject_id = c.household_id AND r.first_year <= k.year AND r.last_year >= k.year)
             OR EXISTS (SELECT 1 FROM household ch JOIN recognition r ON r.subject_id = ch.clan_id
                         WHERE ch.subject_id = c.household_id AND r.first_year <= k.year AND r.last_year >= k.year)
             OR EXISTS (SELECT 1 FROM community co JOIN recognition r ON r.subject_id = co.subject_id
                         WHERE co.area_unit_id = k.unit_id AND r.first_year <= k.year AND r.last_year >= k.year)
           ) AS in_learning
      FROM key k
      JOIN subject_home h ON h.unit_id = k.unit_id AND h.valid_from <= k.ref AND (h.valid_to IS NULL OR h.valid_to > k.ref)
      JOIN subject s ON s.id = h.subject_id
      LEFT JOIN assessment a ON a.subject_id = s.id AND a.title = s.title AND a.year = k.year
      LEFT JOIN household hh ON hh.subject_id = s.id AND s.title = 'FAMILY'
      LEFT JOIN clan cl ON cl.subject_id = s.id AND s.title = 'CLAN'
      LEFT JOIN citizen c ON c.subject_id = s.id AND s.title = 'CITIZEN'
  ), counted AS (
    SELECT m.unit_id, m.year,
      count(*) FILTER (WHERE m.title = 'FAMILY')::int AS family_total,
      count(*) FILTER (WHERE m.title = 'FAMILY' AND m.registered)::int AS family_registered,
      count(*) FILTER (WHERE m.title = 'FAMILY' AND m.scored)::int AS family_scored,
      count(*) FILTER (WHERE m.title = 'FAMILY' AND m.submitted)::int AS family_submitted,
      count(*) FILTER (WHERE m.title = 'FAMILY' AND m.held)::int AS family_recognised,
      count(*) FILTER (WHERE m.title = 'CLAN')::int AS clan_total,
      count(*) FILTER (WHERE m.title = 'CLAN' AND m.registered)::int AS clan_registered,
      count(*) FILTER (WHERE m.title = 'CLAN' AND m.scored)::int AS clan_scored,
      count(*) FILTER (WHERE m.title = 'CLAN' AND m.submitted)::int AS clan_submitted,
      count(*) FILTER (WHERE m.title = 'CLAN' AND m.held)::int AS clan_recognised,
      count(*) FILTER (WHERE m.title = 'COMMUNITY')::int AS community_total,
      count(*) FILTER (WHERE m.title = 'COMMUNITY' AND m.registered)::int AS community_registered,
      count(*) FILTER (WHERE m.title = 'COMMUNITY' AND m.scored)::int AS community_scored,
      count(*) FILTER (WHERE m.title = 'COMMUNITY' AND m.submitted)::int AS community_submitted,
      count(*) FILTER (WHERE m.title = 'COMMUNITY' AND m.held)::int AS community_recognised,
      count(*) FILTER (WHERE m.title = 'ORGANISATION')::int AS organisation_total,
      count(*) FILTER (WHERE m.title = 'ORGANISATION' AND m.registered)::int AS organisation_registered,
      count(*) FILTER (WHERE m.title = 'ORGANISATION' AND m.scored)::int AS organisation_scored,
      count(*) FILTER (WHERE m.title = 'ORGANISATION' AND m.submitted)::int AS organisation_submitted,
      count(*) FILTER (WHERE m.title = 'ORGANISATION' AND m.held)::int AS organisation_recognised,
      count(*) FILTER (WHERE m.title = 'CITIZEN')::int AS citizen_total,
      count(*) FILTER (WHERE m.title = 'CITIZEN' AND m.registered)::int AS citizen_registered,
      count(*) FILTER (WHERE m.title = 'CITIZEN' AND m.scored)::int AS citizen_scored,
      count(*) FILTER (WHERE m.title = 'CITIZEN' AND m.submitted)::int AS citizen_submitted,
      count(*) FILTER (WHERE m.title = 'CITIZEN' AND m.held)::int AS citizen_recognised,
      count(*) FILTER (WHERE m.is_member)::int AS member_family_total,
      count(*) FILTER (WHERE m.is_member AND m.held)::int AS member_family_recognised,
      count(*) FILTER (WHERE m.is_promotion)::int AS promotion_clan_total,
      count(*) FILTER (WHERE m.is_promotion AND m.held)::int AS promotion_clan_recognised,
      count(*) FILTER (WHERE m.is_adult)::int AS adult_total,
      count(*) FILTER (WHERE m.is_adult AND m.held)::int AS adult_recognised,
      count(*) FILTER (WHERE m.is_worker)::int AS worker_total,
      count(*) FILTER (WHERE m.is_worker AND m.held)::int AS worker_recognised,
      count(*) FILTER (WHERE m.is_adult AND m.in_learning)::int AS adult_in_learning_total,
      count(*) FILTER (WHERE m.is_adult AND m.in_learning AND m.held)::int AS adult_in_learning_recognised,
      count(*) FILTER (WHERE m.is_worker AND m.in_learning)::int AS worker_in_learning_total,
      count(*) FILTER (WHERE m.is_worker AND m.in_learning AND m.held)::int AS worker_in_learning_recognised,
      count(*) FILTER (WHERE m.title = 'CITIZEN' AND m.held AND m.digital_skill <> 'NONE')::int AS citizen_digital,
      count(*) FILTER (WHERE m.title = 'CITIZEN' AND m.held AND m.digital_skill = 'FLUENT')::int AS citizen_fluent
      FROM member m GROUP BY m.unit_id, m.year
  ), staff AS (
    SELECT k.unit_id, k.year, count(*)::int AS total, count(*) FILTER (WHERE p.held)::int AS recognised,
           count(*) FILTER (WHERE p.org_held)::int AS in_total, count(*) FILTER (WHERE p.held AND p.org_held)::int AS in_recognised
      FROM key k
      JOIN subject_home oh ON oh.unit_id = k.unit_id AND oh.valid_from <= k.ref AND (oh.valid_to IS NULL OR oh.valid_to > k.ref)
      JOIN citizen c ON c.organisation_id = oh.subject_id
      JOIN subject_home h ON h.subject_id = c.subject_id AND h.valid_from <= k.ref AND (h.valid_to IS NULL OR h.valid_to > k.ref)
      CROSS JOIN LATERAL (SELECT holds_title(c.subject_id, k.year) AS held, holds_title(oh.subject_id, k.year) AS org_held) p
     GROUP BY k.unit_id, k.year
  )
  SELECT k.unit_id, k.year,
         coalesce(n.family_total, 0),
         coalesce(n.family_registered, 0),
         coalesce(n.family_scored, 0),
         coalesce(n.family_submitted, 0),
         coalesce(n.family_recognised, 0),
         coalesce(n.clan_total, 0),
         coalesce(n.clan_registered, 0),
         coalesce(n.clan_scored, 0),
         coalesce(n.clan_submitted, 0),
         coalesce(n.clan_recognised, 0),
         coalesce(n.community_total, 0),
         coalesce(n.community_registered, 0),
         coalesce(n.community_scored, 0),
         coalesce(n.community_submitted, 0),
         coalesce(n.community_recognised, 0),
         coalesce(n.organisation_total, 0),
         coalesce(n.organisation_registered, 0),
         coalesce(n.organisation_scored, 0),
         coalesce(n.organisation_submitted, 0),
         coalesce(n.organisation_recognised, 0),
         coalesce(n.citizen_total, 0),
         coalesce(n.citizen_registered, 0),
         coalesce(n.citizen_scored, 0),
         coalesce(n.citizen_submitted, 0),
         coalesce(n.citizen_recognised, 0),
         coalesce(n.member_family_total, 0),
         coalesce(n.member_family_recognised, 0),
         coalesce(n.promotion_clan_total, 0),
         coalesce(n.promotion_clan_recognised, 0),
         coalesce(n.adult_total, 0),
         coalesce(n.adult_recognised, 0),
         coalesce(n.worker_total, 0),
         coalesce(n.worker_recognised, 0),
         coalesce(n.adult_in_learning_total, 0),
         coalesce(n.adult_in_learning_recognised, 0),
         coalesce(n.worker_in_learning_total, 0),
         coalesce(n.worker_in_learning_recognised, 0),
         coalesce(f.total, 0), coalesce(f.recognised, 0), coalesce(f.in_total, 0), coalesce(f.in_recognised, 0),
         coalesce(n.citizen_digital, 0), coalesce(n.citizen_fluent, 0)
    FROM key k
    LEFT JOIN counted n USING (unit_id, year)
    LEFT JOIN staff f USING (unit_id, year)
$$;

-- The years that are counted: those with a round.
CREATE FUNCTION tracked_years() RETURNS int[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT year ORDER BY year), '{}') FROM round
$$;

-- Counts the given leaves again. The rows are locked first, in order, and counted in a later statement, whose snapshot
-- sees what the writer before us committed (read committed): no lost update, no deadlock between two of these.
CREATE FUNCTION recount_units(p_units int[], p_years int[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF coalesce(cardinality(p_units), 0) = 0 OR coalesce(cardinality(p_years), 0) = 0 THEN RETURN; END IF;

  INSERT INTO unit_year (unit_id, year)
  SELECT u, y FROM unnest(p_units) u CROSS JOIN unnest(p_years) y ORDER BY u, y ON CONFLICT DO NOTHING;

  PERFORM 1 FROM unit_year WHERE unit_id = ANY (p_units) AND year = ANY (p_years) ORDER BY unit_id, year FOR UPDATE;

  UPDATE unit_year t SET
    family_total = n.family_total,
    family_registered = n.family_registered,
    family_scored = n.family_scored,
    family_submitted = n.family_submitted,
    family_recognised = n.family_recognised,
    clan_total = n.clan_total,
    clan_registered = n.clan_registered,
    clan_scored = n.clan_scored,
    clan_submitted = n.clan_submitted,
    clan_recognised = n.clan_recognised,
    community_total = n.community_total,
    community_registered = n.community_registered,
    community_scored = n.community_scored,
    community_submitted = n.community_submitted,
    community_recognised = n.community_recognised,
    organisation_total = n.organisation_total,
    organisation_registered = n.organisation_registered,
    organisation_scored = n.organisation_scored,
    organisation_submitted = n.organisation_submitted,
    organisation_recognised = n.organisation_recognised,
    citizen_total = n.citizen_total,
    citizen_registered = n.citizen_registered,
    citizen_scored = n.citizen_scored,
    citizen_submitted = n.citizen_submitted,
    citizen_recognised = n.citizen_recognised,
    member_family_total = n.member_family_total,
    member_family_recognised = n.member_family_recognised,
    promotion_clan_total = n.promotion_clan_total,
    promotion_clan_recognised = n.promotion_clan_recognised,
    adult_total = n.adult_total,
    adult_recognised = n.adult_recognised,
    worker_total = n.worker_total,
    worker_recognised = n.worker_recognised,
    adult_in_learning_total = n.adult_in_learning_total,
    adult_in_learning_recognised = n.adult_in_learning_recognised,
    worker_in_learning_total = n.worker_in_learning_total,
    worker_in_learning_recognised = n.worker_in_learning_recognised,
    staff_total = n.staff_total,
    staff_recognised = n.staff_recognised,
    staff_in_learning_total = n.staff_in_learning_total,
    staff_in_learning_recognised = n.staff_in_learning_recognised,
    citizen_digital = n.citizen_digital,
    citizen_fluent = n.citizen_fluent
    FROM count_unit_years(p_units, p_years) n
   WHERE t.unit_id = n.unit_id AND t.year = n.year AND t IS DISTINCT FROM n;
END $$;

-- The leaves whose counters hang on the given subjects: their homes and a community's area, and those of what is bound to
-- them: organisation, household and clan above, people below. Upwards too, so that two writers of one bond share a leaf.
CREATE FUNCTION leaves_of(p_subjects uuid[]) RETURNS int[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH touched AS (
    SELECT unnest(p_subjects) AS id
  ), related AS (
    SELECT id FROM touched
    UNION SELECT b.id FROM touched t JOIN citizen c ON c.subject_id = t.id CROSS JOIN LATERAL (VALUES (c.organisation_id), (c.household_id)) b(id) WHERE b.id IS NOT NULL
    UNION SELECT h.clan_id FROM touched t JOIN citizen c ON c.subject_id = t.id JOIN household h ON h.subject_id = c.household_id WHERE h.clan_id IS NOT NULL
    UNION SELECT h.clan_id FROM touched t JOIN household h ON h.subject_id = t.id WHERE h.clan_id IS NOT NULL
    UNION SELECT c.subject_id FROM touched t JOIN citizen c ON c.household_id = t.id
    UNION SELECT c.subject_id FROM touched t JOIN household h ON h.clan_id = t.id JOIN citizen c ON c.household_id = h.subject_id
  )
  SELECT coalesce(array_agg(u), '{}') FROM (
    SELECT h.unit_id AS u FROM related r JOIN subject_home h ON h.subject_id = r.id
    UNION SELECT co.area_unit_id FROM touched t JOIN community co ON co.subject_id = t.id
  ) x
$$;

-- Locks the leaves of the subjects and p_units, works the leaves out again (a writer we waited for may have moved a subject),
-- until none is new; then counts, for the given years (null: all tracked years).
CREATE FUNCTION recount_subjects(p_subjects uuid[], p_years int[], p_units int[] DEFAULT '{}') RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_years int[];
  v_new int[];
  v_locked int[] := '{}';
BEGIN
  IF coalesce(cardinality(p_subjects), 0) = 0 AND coalesce(cardinality(p_units), 0) = 0 THEN RETURN; END IF;
  SELECT coalesce(array_agg(y), '{}') INTO v_years FROM unnest(tracked_years()) y WHERE p_years IS NULL OR y = ANY (p_years);
  IF cardinality(v_years) = 0 THEN RETURN; END IF;

  LOOP
    SELECT coalesce(array_agg(DISTINCT u), '{}') INTO v_new FROM unnest(p_units || leaves_of(p_subjects)) u WHERE u <> ALL (v_locked);
    EXIT WHEN cardinality(v_new) = 0;
    INSERT INTO unit_year (unit_id, year)
    SELECT u, y FROM unnest(v_new) u CROSS JOIN unnest(v_years) y ORDER BY u, y ON CONFLICT DO NOTHING;
    PERFORM 1 FROM unit_year WHERE unit_id = ANY (v_new) AND year = ANY (v_years) ORDER BY unit_id, year FOR UPDATE;
    v_locked := v_locked || v_new;
  END LOOP;

  PERFORM recount_units(v_locked, v_years);
END $$;

CREATE FUNCTION count_after_home() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_units int[]; v_subjects uuid[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(DISTINCT unit_id), array_agg(DISTINCT subject_id) INTO v_units, v_subjects FROM new_rows;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(DISTINCT unit_id), array_agg(DISTINCT subject_id) INTO v_units, v_subjects FROM old_rows;
  ELSE
    SELECT array_agg(DISTINCT unit_id), array_agg(DISTINCT subject_id) INTO v_units, v_subjects
      FROM (SELECT unit_id, subject_id FROM new_rows UNION ALL SELECT unit_id, subject_id FROM old_rows) x;
  END IF;
  PERFORM recount_subjects(v_subjects, NULL, coalesce(v_units, '{}'));
  RETURN NULL;
END $$;
CREATE TRIGGER subject_home_counted_insert AFTER INSERT ON subject_home REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_after_home();
CREATE TRIGGER subject_home_counted_update AFTER UPDATE ON subject_home REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_after_home();
CREATE TRIGGER subject_home_counted_delete AFTER DELETE ON subject_home REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_after_home();

CREATE FUNCTION count_after_citizen() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_subjects uuid[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(subject_id) INTO v_subjects FROM new_rows;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(x.id) INTO v_subjects
      FROM old_rows o CROSS JOIN LATERAL (VALUES (o.subject_id), (o.organisation_id), (o.household_id)) x(id) WHERE x.id IS NOT NULL;
  ELSE
    SELECT array_agg(DISTINCT x.id) INTO v_subjects
      FROM new_rows n JOIN old_rows o USING (subject_id)
      CROSS JOIN LATERAL (VALUES (n.subject_id), (o.organisation_id)) x(id)
     WHERE n IS DISTINCT FROM o AND x.id IS NOT NULL;
  END IF;
  PERFORM recount_subjects(v_subjects, NULL);
  RETURN NULL;
END $$;
CREATE TRIGGER citizen_counted_insert AFTER INSERT ON citizen REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_after_citizen();
CREATE TRIGGER citizen_counted_update AFTER UPDATE ON citizen REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_after_citizen();
CREATE TRIGGER citizen_counted_delete AFTER DELETE ON citizen REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_after_citizen();

CREATE FUNCTION count_after_household() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_subjects uuid[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(subject_id) INTO v_subjects FROM new_rows;
  ELSE
    SELECT array_agg(n.subject_id) INTO v_subjects FROM new_rows n JOIN old_rows o USING (subject_id)
     WHERE (n.is_association_member, n.clan_id) IS DISTINCT FROM (o.is_association_member, o.clan_id);
  END IF;
  PERFORM recount_subjects(v_subjects, NULL);
  RETURN NULL;
END $$;
CREATE TRIGGER household_counted_insert AFTER INSERT ON household REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_after_household();
CREATE TRIGGER household_counted_update AFTER UPDATE ON household REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_after_household();

CREATE FUNCTION count_after_clan() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_subjects uuid[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(subject_id) INTO v_subjects FROM new_rows;
  ELSE
    SELECT array_agg(n.subject_id) INTO v_subjects FROM new_rows n JOIN old_rows o USING (subject_id)
     WHERE n.is_promotion IS DISTINCT FROM o.is_promotion;
  END IF;
  PERFORM recount_subjects(v_subjects, NULL);
  RETURN NULL;
END $$;
CREATE TRIGGER clan_counted_insert AFTER INSERT ON clan REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_after_clan();
CREATE TRIGGER clan_counted_update AFTER UPDATE ON clan REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_after_clan();

CREATE FUNCTION count_after_detail() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM recount_subjects((SELECT array_agg(subject_id) FROM old_rows), NULL);
  RETURN NULL;
END $$;
CREATE TRIGGER household_counted_delete AFTER DELETE ON household REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_after_detail();
CREATE TRIGGER clan_counted_delete AFTER DELETE ON clan REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_after_detail();

CREATE FUNCTION count_after_community() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM recount_subjects((SELECT array_agg(subject_id) FROM new_rows), NULL, (SELECT coalesce(array_agg(area_unit_id), '{}') FROM new_rows));
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM recount_subjects((SELECT array_agg(subject_id) FROM old_rows), NULL, (SELECT coalesce(array_agg(area_unit_id), '{}') FROM old_rows));
  ELSE
    PERFORM recount_subjects((SELECT array_agg(subject_id) FROM new_rows), NULL,
      (SELECT coalesce(array_agg(area_unit_id), '{}') FROM (SELECT area_unit_id FROM old_rows UNION SELECT area_unit_id FROM new_rows) x));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER community_counted_insert AFTER INSERT ON community REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_after_community();
CREATE TRIGGER community_counted_update AFTER UPDATE ON community REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_after_community();
CREATE TRIGGER community_counted_delete AFTER DELETE ON community REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_after_community();

-- Saving a cell does not count again: only a new registration, completeness or state does.
CREATE FUNCTION count_after_assessment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_subjects uuid[]; v_years int[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(subject_id), array_agg(DISTINCT year) INTO v_subjects, v_years FROM new_rows;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(subject_id), array_agg(DISTINCT year) INTO v_subjects, v_years FROM old_rows;
  ELSE
    SELECT array_agg(n.subject_id), array_agg(DISTINCT n.year) INTO v_subjects, v_years
      FROM new_rows n JOIN old_rows o USING (id) WHERE (n.state, n.is_complete) IS DISTINCT FROM (o.state, o.is_complete);
  END IF;
  PERFORM recount_subjects(v_subjects, v_years);
  RETURN NULL;
END $$;
CREATE TRIGGER assessment_counted_insert AFTER INSERT ON assessment REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_after_assessment();
CREATE TRIGGER assessment_counted_update AFTER UPDATE ON assessment REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_after_assessment();
CREATE TRIGGER assessment_counted_delete AFTER DELETE ON assessment REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_after_assessment();

CREATE FUNCTION count_after_recognition() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_subjects uuid[]; v_years int[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(DISTINCT subject_id), array_agg(DISTINCT y) INTO v_subjects, v_years
      FROM new_rows, generate_series(first_year, last_year) y;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(DISTINCT subject_id), array_agg(DISTINCT y) INTO v_subjects, v_years
      FROM old_rows, generate_series(first_year, last_year) y;
  ELSE
    SELECT array_agg(DISTINCT subject_id), array_agg(DISTINCT y) INTO v_subjects, v_years
      FROM (SELECT subject_id, first_year, last_year FROM new_rows UNION ALL SELECT subject_id, first_year, last_year FROM old_rows) x,
           generate_series(first_year, last_year) y;
  END IF;
  PERFORM recount_subjects(v_subjects, v_years);
  RETURN NULL;
END $$;
CREATE TRIGGER recognition_counted_insert AFTER INSERT ON recognition REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_after_recognition();
CREATE TRIGGER recognition_counted_update AFTER UPDATE ON recognition REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_after_recognition();
CREATE TRIGGER recognition_counted_delete AFTER DELETE ON recognition REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_after_recognition();

-- A year that gets its first round is counted for every leaf. Writers of what is counted wait: they would not know the year.
CREATE FUNCTION count_after_round() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_years int[];
BEGIN
  SELECT array_agg(DISTINCT n.year) INTO v_years FROM new_rows n
   WHERE NOT EXISTS (SELECT 1 FROM round r WHERE r.year = n.year AND r.id NOT IN (SELECT id FROM new_rows));
  IF v_years IS NULL THEN RETURN NULL; END IF;
  LOCK TABLE subject_home, household, citizen, clan, community, assessment, recognition IN SHARE MODE;
  PERFORM recount_units((SELECT array_agg(u) FROM (SELECT unit_id AS u FROM subject_home UNION SELECT unit_id FROM unit_year WHERE year = ANY (v_years)) x), v_years);
  RETURN NULL;
END $$;
CREATE TRIGGER round_counted AFTER INSERT ON round REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_after_round();
CREATE TRIGGER round_counted_update AFTER UPDATE ON round REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_after_round();

-- Every difference between the stored counters and a count from the raw rows; no row when all agree.
CREATE FUNCTION recount_differences() RETURNS TABLE (unit_id int, year int, stored jsonb, counted jsonb)
LANGUAGE sql STABLE AS $$
  WITH leaf AS (SELECT array_agg(DISTINCT x.unit_id) AS units FROM (SELECT h.unit_id FROM subject_home h UNION SELECT y.unit_id FROM unit_year y) x),
  fresh AS (SELECT n.* FROM leaf, count_unit_years(leaf.units, tracked_years()) n)
  SELECT f.unit_id, f.year, to_jsonb(s), to_jsonb(f)
    FROM fresh f LEFT JOIN unit_year s ON s.unit_id = f.unit_id AND s.year = f.year
   WHERE to_jsonb(f) - 'unit_id' - 'year' IS DISTINCT FROM to_jsonb(s) - 'unit_id' - 'year'
     AND NOT (s.unit_id IS NULL AND NOT EXISTS (SELECT 1 FROM subject_home h WHERE h.unit_id = f.unit_id)
              AND (SELECT bool_and(value = '0') FROM jsonb_each(to_jsonb(f) - 'unit_id' - 'year')))
$$;
