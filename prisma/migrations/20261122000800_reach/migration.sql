-- What a person reaches, worked out in a tenth of the time, and lists taken out row by row from one cursor instead of through the
-- policies batch by batch. Functions only; a short lock on each.

-- The units at which the current user has a capability: app_units in one piece, which costs far less than as many rows. The day of
-- each grant is settled before the map is read, and a single grant, which most people have, needs no sorting out of doubles.
CREATE FUNCTION app_reach(p_capability text) RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_today CONSTANT date := app_today();
  v_tops int[];
  v_days date[];
BEGIN
  SELECT array_agg(gu.id), array_agg(least(v_today, gu.valid_to - 1)) INTO v_tops, v_days
    FROM app_user u
    JOIN role_grant g ON g.user_id = u.id
    JOIN role_capability c ON c.role = g.role AND c.capability = p_capability
    JOIN unit gu ON gu.id = g.unit_id AND (NOT c.needs_standing_unit OR gu.valid_to IS NULL OR gu.valid_to > v_today)
   WHERE u.id = app_user_id() AND u.is_active
     AND g.valid_from <= v_today AND (g.valid_to IS NULL OR g.valid_to > v_today);

  IF cardinality(v_tops) = 1 THEN
    RETURN ARRAY(SELECT a.descendant_id FROM ancestry a
                  WHERE a.ancestor_id = v_tops[1] AND a.valid_from <= v_days[1] AND (a.valid_to IS NULL OR a.valid_to > v_days[1]));
  END IF;
  RETURN ARRAY(SELECT DISTINCT a.descendant_id FROM unnest(v_tops, v_days) AS t(top, day)
                 JOIN ancestry a ON a.ancestor_id = t.top AND a.valid_from <= t.day AND (a.valid_to IS NULL OR a.valid_to > t.day));
END $$;

-- The same as rows, for the policies.
CREATE OR REPLACE FUNCTION app_units(p_capability text) RETURNS SETOF int
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200 SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT unnest(app_reach(p_capability));
END $$;
REVOKE EXECUTE ON FUNCTION app_reach(text) FROM PUBLIC;

-- May the current user do this there: asked from below, from the one unit up.
CREATE OR REPLACE FUNCTION app_may(p_capability text, p_unit int) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM register_mine(p_capability, ARRAY[p_unit]))
$$;
REVOKE EXECUTE ON FUNCTION app_may(text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_may(text, int) TO hieuhoc_app;

-- What a filter asks of the assessment fa of a row, beside whose it is; every value quoted.
CREATE FUNCTION register_own(p_filter jsonb) RETURNS text LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT format(' AND fa.title = %L AND fa.year = %s', p_filter->>'title', (p_filter->>'year')::int)
    || coalesce(format(' AND fa.state = %L', nullif(p_filter->'state'->>'state', '')), '')
    || CASE WHEN p_filter->'state' ? 'isComplete' THEN format(' AND fa.is_complete = %L', p_filter->'state'->>'isComplete') ELSE '' END
$$;

-- What a file of a kind of entries shows beside what all kinds have: columns, and the joins they come from. $2 are the units the
-- asker reads, $4 those whose identity numbers; what lies elsewhere is not named.
CREATE FUNCTION register_details(p_title text, p_year int, OUT columns text, OUT joins text) LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT c, j FROM (VALUES
    ('FAMILY', 'd.head_birth_year AS "headBirthYear", d.address, d.is_association_member AS "isAssociationMember", ref.name AS "clanName", d.poverty,
                d.has_school_age_children AS "hasSchoolAgeChildren"',
               'JOIN household d ON d.subject_id = s.id LEFT JOIN subject ref ON ref.id = d.clan_id AND (ref.unit_id IN (SELECT unnest($2))) IS TRUE'),
    ('CITIZEN', 'd.birth_year AS "birthYear", d.sex, ref.number::text AS "householdNumber", ref.name AS "householdName", d.variant, d.is_worker AS "isWorker",
                 org.name AS "organisationName", d.digital_skill AS "digitalSkill",
                 (s.unit_id IN (SELECT unnest($4))) IS TRUE AND EXISTS (SELECT 1 FROM identity_number i WHERE i.subject_id = s.id) AS "hasIdentity"',
                'JOIN citizen d ON d.subject_id = s.id LEFT JOIN subject ref ON ref.id = d.household_id AND (ref.unit_id IN (SELECT unnest($2))) IS TRUE
                 LEFT JOIN subject org ON org.id = d.organisation_id AND (org.unit_id IN (SELECT unnest($2))) IS TRUE'),
    ('CLAN', 'd.head_name AS "headName", d.is_promotion AS "isPromotion"', 'JOIN clan d ON d.subject_id = s.id'),
    ('ORGANISATION', 'd.kind AS "organisationKind", d.level AS "organisationLevel"', 'JOIN organisation d ON d.subject_id = s.id'),
    ('COMMUNITY', format('u.type AS "hamletKind", EXISTS (SELECT 1 FROM unit_flag f WHERE f.unit_id = u.id AND f.year = %s AND f.flag = ''SPECIALLY_DIFFICULT'') AS "isSpeciallyDifficult"', p_year), '')
  ) AS t(title, c, j) WHERE title = p_title
$$;

-- Opens the cursor "register_rows" over all rows of a filter with everything a file shows of them, in the order in which register_page
-- hands them out. What the asker may read is settled here, once, and the cursor ends with the transaction. Up to FEW leaves the rows
-- are gathered and sorted, above the order of the whole register is walked once, so the first rows come at once however many follow; a
-- state that few assessments have is gathered from them. The rest of a row is looked up as the row is drawn.
CREATE OR REPLACE FUNCTION register_open(p_filter jsonb) RETURNS refcursor LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp SET cursor_tuple_fraction = 0.001 SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off SET join_collapse_limit = 1 SET jit = off AS $$
DECLARE
  c_few CONSTANT int := 100;
  c_rare CONSTANT int := 5000;
  v_title CONSTANT text := p_filter->>'title';
  v_year CONSTANT int := (p_filter->>'year')::int;
  v_mine CONSTANT int[] := app_reach('registry.read');
  v_theirs CONSTANT int[] := app_reach('assessment.read');
  v_known CONSTANT int[] := app_reach('registry.identity');
  v_leaves CONSTANT int[] := register_leaves(p_filter, v_mine);
  v_where CONSTANT text := register_condition(p_filter);
  v_is_few CONSTANT boolean := cardinality(v_leaves) <= c_few;
  v_order text := CASE WHEN p_filter->>'sort' = 'newest' THEN 'r.number DESC' ELSE 'r.name_sort, r.subject_id' END;
  v_from text;
  v_seen bigint;
  v_rows refcursor := 'register_rows';
BEGIN
  IF NOT v_is_few AND p_filter->'state'->>'state' <> 'REGISTERED' THEN
    EXECUTE format('SELECT count(*) FROM (SELECT 1 FROM (%s) g LIMIT %s) x', register_gather(p_filter, v_where), c_rare + 1) INTO v_seen USING v_leaves, v_mine, v_theirs;
  END IF;
  IF v_is_few AND p_filter->>'sort' = 'hamlet' THEN
    v_order := 'r.rank, ' || v_order;
    v_from := format('SELECT x.*, l.rank FROM unnest($1) WITH ORDINALITY AS l(id, rank) CROSS JOIN LATERAL (SELECT * FROM register_row r WHERE r.unit_id = l.id AND %s OFFSET 0) x', v_where);
  ELSIF v_is_few OR p_filter ? 'clanId' OR p_filter ? 'organisationId' THEN
    v_from := format('SELECT * FROM register_row r WHERE %s AND r.unit_id = ANY ($1) OFFSET 0', v_where);
  ELSIF v_seen <= c_rare THEN
    v_from := format('SELECT * FROM (%s) g OFFSET 0', register_gather(p_filter, v_where));
  ELSE
    v_from := format('SELECT * FROM (SELECT * FROM register_row r WHERE r.title = %L ORDER BY %s OFFSET 0) r WHERE (r.unit_id IN (SELECT unnest($1))) IS TRUE AND %s', v_title, v_order, v_where);
  END IF;

  OPEN v_rows NO SCROLL FOR EXECUTE (
    SELECT format(
      'SELECT r.number::text AS number, s.name, u.id AS "unitId", u.name AS "unitName", s.active_from::text AS "activeFrom", s.active_to::text AS "activeTo",
              s.close_reason AS "closeReason", a.id::text AS "assessmentId", a.state, coalesce(a.is_complete, false) AS "isComplete", a.total::float8 AS total,
              a.classification, a.criteria_set_id AS "criteriaSetId", %1$s
         FROM (SELECT * FROM (%2$s) r ORDER BY %3$s OFFSET 0) r
         JOIN subject s ON s.id = r.subject_id
         JOIN unit u ON u.id = r.unit_id
         %4$s
         LEFT JOIN assessment a ON a.subject_id = s.id AND a.title = %5$L AND a.year = %6$s AND (a.commune_id IN (SELECT unnest($3))) IS TRUE
        ORDER BY %3$s', d.columns, v_from, v_order, d.joins, v_title, v_year)
      FROM register_details(v_title, v_year) d) USING v_leaves, v_mine, v_theirs, v_known;
  RETURN v_rows;
END $$;

-- How many rows register_open draws, exactly: read as sets.
CREATE OR REPLACE FUNCTION register_total(p_filter jsonb) RETURNS int LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp SET work_mem = '64MB' SET jit = off AS $$
DECLARE
  c_few CONSTANT int := 100;
  v_mine CONSTANT int[] := app_reach('registry.read');
  v_theirs CONSTANT int[] := CASE WHEN p_filter ? 'state' THEN app_reach('assessment.read') END;
  v_leaves CONSTANT int[] := register_leaves(p_filter, v_mine);
  v_total int;
BEGIN
  EXECUTE format('SELECT count(*) FROM register_row r WHERE %s AND %s%s', register_condition(p_filter - 'state'),
    CASE WHEN cardinality(v_leaves) <= c_few THEN 'r.unit_id = ANY ($1)' ELSE '(r.unit_id IN (SELECT unnest($1))) IS TRUE' END,
    CASE WHEN p_filter ? 'state' THEN format(' AND %s EXISTS (SELECT 1 FROM assessment fa WHERE fa.subject_id = r.subject_id AND (fa.commune_id IN (SELECT unnest($3))) IS TRUE%s)',
      CASE WHEN p_filter->'state'->>'state' IS NULL THEN 'NOT' ELSE '' END, register_own(p_filter)) ELSE '' END)
    INTO v_total USING v_leaves, v_mine, v_theirs;
  RETURN v_total;
END $$;

REVOKE EXECUTE ON FUNCTION register_details(text, int), register_own(jsonb) FROM PUBLIC;
