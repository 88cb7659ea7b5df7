-- Counters and the finding table are derived once a transaction, at its commit, however many statements it took: the triggers
-- only note what was touched. What is noted is seen by nobody else and is gone when the transaction ends. The notes hang on a
-- deferred constraint trigger, which the web role can bring forward but not leave out.
CREATE UNLOGGED TABLE recount_due (
  id BIGSERIAL NOT NULL,
  subjects UUID[] NOT NULL,
  units INTEGER[] NOT NULL,
  years INTEGER[],
  CONSTRAINT recount_due_pkey PRIMARY KEY (id)
);
CREATE UNLOGGED TABLE register_due (
  id BIGSERIAL NOT NULL,
  subjects UUID[] NOT NULL,
  CONSTRAINT register_due_pkey PRIMARY KEY (id)
);

-- Notes the leaves of the subjects and p_units for counting, for the given years (null: all tracked years). The leaves are worked
-- out at commit: what a bond or a home was before is among p_subjects and p_units.
CREATE OR REPLACE FUNCTION recount_subjects(p_subjects uuid[], p_years int[], p_units int[] DEFAULT '{}') RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF coalesce(cardinality(p_subjects), 0) = 0 AND coalesce(cardinality(p_units), 0) = 0 THEN RETURN; END IF;
  INSERT INTO recount_due (subjects, units, years) VALUES (coalesce(p_subjects, '{}'), coalesce(p_units, '{}'), p_years);
END $$;

-- Locks the leaves, works them out again (a writer we waited for may have moved a subject), until none is new; then counts.
CREATE FUNCTION recount_run() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  v_subjects uuid[];
  v_units int[];
  v_years int[];
  v_asked int[];
  v_all boolean;
  v_new int[];
  v_locked int[] := '{}';
BEGIN
  WITH due AS (DELETE FROM recount_due RETURNING *)
  SELECT (SELECT coalesce(array_agg(DISTINCT s), '{}') FROM due d CROSS JOIN LATERAL unnest(d.subjects) s),
         (SELECT coalesce(array_agg(DISTINCT u), '{}') FROM due d CROSS JOIN LATERAL unnest(d.units) u),
         (SELECT array_agg(DISTINCT y) FROM due d CROSS JOIN LATERAL unnest(d.years) y),
         (SELECT bool_or(d.years IS NULL) FROM due d)
    INTO v_subjects, v_units, v_asked, v_all;
  IF v_all IS NULL THEN RETURN NULL; END IF;
  SELECT coalesce(array_agg(y), '{}') INTO v_years FROM unnest(tracked_years()) y WHERE v_all OR y = ANY (v_asked);
  IF cardinality(v_years) = 0 THEN RETURN NULL; END IF;

  LOOP
    SELECT coalesce(array_agg(DISTINCT u.id), '{}') INTO v_new
      FROM unnest(v_units || leaves_of(v_subjects)) x(id) JOIN unit u ON u.id = x.id WHERE u.id <> ALL (v_locked); -- a hamlet undone is gone
    EXIT WHEN cardinality(v_new) = 0;
    INSERT INTO unit_year (unit_id, year)
    SELECT u, y FROM unnest(v_new) u CROSS JOIN unnest(v_years) y ORDER BY u, y ON CONFLICT DO NOTHING;
    PERFORM 1 FROM unit_year WHERE unit_id = ANY (v_new) AND year = ANY (v_years) ORDER BY unit_id, year FOR UPDATE;
    v_locked := v_locked || v_new;
  END LOOP;

  PERFORM recount_units(v_locked, v_years);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER recount_due_run AFTER INSERT ON recount_due DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION recount_run();

CREATE FUNCTION register_note(p_subjects uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO register_due (subjects) SELECT p_subjects WHERE cardinality(p_subjects) > 0
$$;

CREATE OR REPLACE FUNCTION register_write(p_subjects uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
  DELETE FROM register_row r USING unnest(p_subjects) p(id)
   WHERE r.subject_id = p.id AND NOT EXISTS (SELECT 1 FROM subject_home h WHERE h.subject_id = r.subject_id AND h.valid_from = r.valid_from);
  INSERT INTO register_word (word)
  SELECT DISTINCT w FROM unnest(p_subjects) p(id) JOIN subject s ON s.id = p.id CROSS JOIN LATERAL unnest(string_to_array(s.name_search, ' ')) w
   WHERE w <> '' AND NOT EXISTS (SELECT 1 FROM register_word x WHERE x.word = w);
  INSERT INTO register_row AS r (subject_id, valid_from, valid_to, unit_id, now_unit_id, title, number, facets, name_sort, name_search)
  SELECT s.subject_id, s.valid_from, s.valid_to, s.unit_id, s.now_unit_id, s.title, s.number, s.facets, s.name_sort, s.name_search
    FROM unnest(p_subjects) p(id) JOIN register_source s ON s.subject_id = p.id
  ON CONFLICT (subject_id, valid_from) DO UPDATE
     SET (valid_to, unit_id, now_unit_id, title, number, facets, name_sort, name_search)
       = (excluded.valid_to, excluded.unit_id, excluded.now_unit_id, excluded.title, excluded.number, excluded.facets, excluded.name_sort, excluded.name_search)
   WHERE (r.valid_to, r.unit_id, r.now_unit_id, r.title, r.number, r.facets, r.name_sort, r.name_search)
      IS DISTINCT FROM (excluded.valid_to, excluded.unit_id, excluded.now_unit_id, excluded.title, excluded.number, excluded.facets, excluded.name_sort, excluded.name_search);
$$;

CREATE FUNCTION register_run() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_subjects uuid[];
BEGIN
  WITH due AS (DELETE FROM register_due RETURNING subjects)
  SELECT array_agg(DISTINCT s ORDER BY s) INTO v_subjects FROM due d CROSS JOIN LATERAL unnest(d.subjects) s;
  IF v_subjects IS NOT NULL THEN PERFORM register_write(v_subjects); END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER register_due_run AFTER INSERT ON register_due DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION register_run();

CREATE OR REPLACE FUNCTION register_keep_home() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM register_note((SELECT array_agg(DISTINCT subject_id) FROM old_rows));
  ELSE
    PERFORM register_note((SELECT array_agg(DISTINCT subject_id) FROM new_rows));
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION register_keep_subject() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM register_note((SELECT array_agg(n.id) FROM new_rows n JOIN old_rows o ON o.id = n.id
    WHERE (n.name_search, n.name_sort, n.unit_id, n.active_to, n.number) IS DISTINCT FROM (o.name_search, o.name_sort, o.unit_id, o.active_to, o.number)));
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION register_keep_detail() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM register_note((SELECT array_agg(subject_id) FROM new_rows));
  RETURN NULL;
END $$;

REVOKE EXECUTE ON FUNCTION recount_run(), register_note(uuid[]), register_run(), register_keep_home(), register_keep_subject(), register_keep_detail() FROM PUBLIC;
-- Few subjects and many want different plans.
ALTER FUNCTION leaves_of(uuid[]) SET plan_cache_mode = force_custom_plan;

-- As before, but whether a leaf's community is recognised is asked once a leaf and year, not once a person.
CREATE OR REPLACE FUNCTION count_unit_years(p_units int[], p_years int[]) RETURNS SETOF unit_year
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH key AS (
    SELECT u AS unit_id, y AS year, make_date(y, 12, 31) AS ref FROM unnest(p_units) u CROSS JOIN unnest(p_years) y
  ), area AS MATERIALIZED (
    SELECT k.unit_id, k.year FROM key k
     WHERE EXISTS (SELECT 1 FROM community co JOIN recognition r ON r.subject_id = co.subject_id
                    WHERE co.area_unit_id = k.unit_id AND r.first_year <= k.year AND r.last_year >= k.year)
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
             OR (k.unit_id, k.year) IN (SELECT unit_id, year FROM area)
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
