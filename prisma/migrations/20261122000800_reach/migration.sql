-- What a person reaches, worked out in a fraction of the time, lists and searches that ask it once, and lists taken out row by row from
-- one cursor instead of through the policies batch by batch. Functions only; a short lock on each.

-- Where the grants of the current user with a capability stand, and the day whose map holds below each: today, or the last day of a unit
-- that has ended. One answer, from which all that follows is drawn.
CREATE FUNCTION app_tops(p_capability text, OUT tops int[], OUT days date[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_today CONSTANT date := app_today();
BEGIN
  SELECT array_agg(gu.id), array_agg(least(v_today, gu.valid_to - 1)) INTO tops, days
    FROM app_user u
    JOIN role_grant g ON g.user_id = u.id
    JOIN role_capability c ON c.role = g.role AND c.capability = p_capability
    JOIN unit gu ON gu.id = g.unit_id AND (NOT c.needs_standing_unit OR gu.valid_to IS NULL OR gu.valid_to > v_today)
   WHERE u.id = app_user_id() AND u.is_active
     AND g.valid_from <= v_today AND (g.valid_to IS NULL OR g.valid_to > v_today);
END $$;

-- app_units in one piece, which costs far less than as many rows. A single grant, which most people have, needs no sorting out of doubles.
CREATE FUNCTION app_reach(p_capability text) RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_tops int[];
  v_days date[];
  v_top int;
  v_day date;
BEGIN
  SELECT t.tops, t.days INTO v_tops, v_days FROM app_tops(p_capability) t;
  IF cardinality(v_tops) = 1 THEN
    v_top := v_tops[1];
    v_day := v_days[1];
    RETURN ARRAY(SELECT a.descendant_id FROM ancestry a WHERE a.ancestor_id = v_top AND a.valid_from <= v_day AND (a.valid_to IS NULL OR a.valid_to > v_day));
  END IF;
  RETURN ARRAY(SELECT DISTINCT a.descendant_id FROM unnest(v_tops, v_days) AS t(top, day)
                 JOIN ancestry a ON a.ancestor_id = t.top AND a.valid_from <= t.day AND (a.valid_to IS NULL OR a.valid_to > t.day));
END $$;

-- The same as rows, for the policies.
CREATE OR REPLACE FUNCTION app_units(p_capability text) RETURNS SETOF int
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200 SET search_path = public, pg_temp AS $$
DECLARE
  -- Not asked inside the query: the planner would ask it once more to know how many there are.
  v_reach CONSTANT int[] := app_reach(p_capability);
BEGIN
  RETURN QUERY SELECT unnest(v_reach);
END $$;

-- Those of some units at which the current user has a capability: app_units, asked from below, for a page's few units.
CREATE OR REPLACE FUNCTION register_mine(p_capability text, p_units int[]) RETURNS SETOF int
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 SET search_path = public, pg_temp AS $$
DECLARE
  v_tops int[];
  v_days date[];
BEGIN
  SELECT t.tops, t.days INTO v_tops, v_days FROM app_tops(p_capability) t;
  RETURN QUERY SELECT DISTINCT a.descendant_id FROM unnest(v_tops, v_days) AS t(top, day)
    JOIN ancestry a ON a.ancestor_id = t.top AND a.descendant_id = ANY (p_units) AND a.valid_from <= t.day AND (a.valid_to IS NULL OR a.valid_to > t.day);
END $$;

-- May the current user do this there: asked from below, from the one unit up.
CREATE OR REPLACE FUNCTION app_may(p_capability text, p_unit int) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM register_mine(p_capability, ARRAY[p_unit]))
$$;

-- The units a filter asks for, of those the asker may read (p_mine); ordered by name with numbers by value where the list is. Rows stand
-- at leaves alone, so the units between need not be left out.
CREATE OR REPLACE FUNCTION register_leaves(p_filter jsonb, p_mine int[]) RETURNS int[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_unit CONSTANT int := (p_filter->>'unitId')::int;
  v_only CONSTANT int := (p_filter->>'hamletId')::int;
  v_day date;
  v int[];
BEGIN
  SELECT greatest(least(make_date((p_filter->>'year')::int, 12, 31), u.valid_to - 1), u.valid_from) INTO v_day FROM unit u WHERE u.id = v_unit;
  v := ARRAY(SELECT a.descendant_id FROM ancestry a WHERE a.ancestor_id = v_unit AND a.valid_from <= v_day AND (a.valid_to IS NULL OR a.valid_to > v_day));
  IF v_only IS NOT NULL THEN v := ARRAY(SELECT l FROM unnest(v) l WHERE l = v_only); END IF;
  -- A leader looking at the own province asks for exactly what is the leader's.
  IF v <> p_mine THEN v := ARRAY(SELECT l FROM unnest(v) l WHERE (l IN (SELECT unnest(p_mine))) IS TRUE); END IF;
  IF p_filter->>'sort' = 'hamlet' THEN
    v := ARRAY(SELECT u.id FROM unit u WHERE u.id = ANY (v)
                ORDER BY regexp_replace(regexp_replace(u.name_search, '(\d+)', '00000\1', 'g'), '\d*(\d{6})', '\1', 'g'), u.id);
  END IF;
  RETURN v;
END $$;

-- What a filter asks of the assessment fa of a row, beside whose it is; every value quoted.
CREATE FUNCTION register_own(p_filter jsonb) RETURNS text LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT format(' AND fa.title = %L AND fa.year = %s', p_filter->>'title', (p_filter->>'year')::int)
    || CASE WHEN p_filter->'state'->>'state' IS NULL THEN '' ELSE format(' AND fa.state = %L', p_filter->'state'->>'state') END
    || CASE WHEN p_filter->'state' ? 'isComplete' THEN format(' AND fa.is_complete = %L', p_filter->'state'->>'isComplete') ELSE '' END
$$;

-- The condition of a filter on register_row r as text, every value quoted; $2 are the units the asker reads, $3 those whose assessments.
-- For a page, which ends after a few rows, assessments are probed row by row; where all rows of few leaves are looked at (p_all), read as a set.
CREATE OR REPLACE FUNCTION register_condition(p_filter jsonb, p_all boolean DEFAULT false) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_end date := make_date((p_filter->>'year')::int, 12, 31);
  v_mask int := register_mask(p_filter);
  v_state text := p_filter->'state'->>'state';
  v_own text := register_own(p_filter);
  v text;
BEGIN
  v := CASE WHEN p_filter ? 'title' THEN format('r.title = %L AND ', p_filter->>'title') ELSE '' END
    || '(r.now_unit_id = r.unit_id OR r.now_unit_id IN (SELECT unnest($2)))';
  IF (p_filter->>'isClosed')::bool THEN
    v := v || format(' AND r.facets & 131072 <> 0 AND r.valid_to <= %L', v_end);
  ELSE
    v := v || format(' AND r.valid_from <= %1$L AND (r.valid_to IS NULL OR r.valid_to > %1$L)', v_end);
  END IF;
  IF v_mask <> 0 THEN v := v || format(' AND r.facets & %s = %s', v_mask, register_facets(p_filter - 'isClosed')); END IF;
  IF p_filter ? 'clanId' THEN
    v := v || format(' AND r.subject_id = ANY (ARRAY(SELECT d.subject_id FROM household d WHERE d.clan_id = %L))', p_filter->>'clanId');
  END IF;
  IF p_filter ? 'organisationId' THEN
    v := v || format(' AND r.subject_id = ANY (ARRAY(SELECT d.subject_id FROM citizen d WHERE d.organisation_id = %L))', p_filter->>'organisationId');
  END IF;
  IF p_filter ? 'state' THEN
    v := v || CASE WHEN p_all
      THEN format(' AND (r.subject_id IN (SELECT fa.subject_id FROM assessment fa WHERE fa.commune_id = ANY ($3)%s)) IS %s TRUE', v_own, CASE WHEN v_state IS NULL THEN 'NOT' ELSE '' END)
      ELSE format(' AND (SELECT true FROM assessment fa WHERE fa.subject_id = r.subject_id AND (fa.commune_id IN (SELECT unnest($3))) IS TRUE%s) IS %s', v_own, CASE WHEN v_state IS NULL THEN 'NULL' ELSE 'NOT NULL' END) END;
  END IF;
  RETURN v;
END $$;

-- Do so few rows of the whole register meet a filter that all of them are gathered sooner than a page is filled by walking.
CREATE OR REPLACE FUNCTION register_is_rare(p_filter jsonb) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
  c_few CONSTANT int := 5000;
  v_title CONSTANT text := p_filter->>'title';
  v_year CONSTANT int := (p_filter->>'year')::int;
  v_state CONSTANT text := p_filter->'state'->>'state';
  v_complete CONSTANT boolean := (p_filter->'state'->>'isComplete')::bool;
  v_patterns int[];
BEGIN
  IF v_state <> 'REGISTERED' AND (SELECT count(*) FROM (SELECT 1 FROM assessment a
       WHERE a.year = v_year AND a.title = v_title AND a.state = v_state AND a.state <> 'REGISTERED'
         AND (v_complete IS NULL OR a.is_complete = v_complete) LIMIT c_few) x) < c_few THEN
    RETURN true;
  END IF;
  IF register_mask(p_filter) = 0 AND (p_filter->>'isClosed')::bool IS NOT TRUE THEN RETURN false; END IF;
  v_patterns := register_patterns(p_filter);
  RETURN (SELECT count(*) FROM (SELECT 1 FROM register_row r WHERE r.title = v_title AND r.facets = ANY (v_patterns) LIMIT c_few) x) < c_few;
END $$;

-- One page of a filtered list, as before; the reach is asked in one piece, and of a row only once the cheaper facts have been.
CREATE OR REPLACE FUNCTION register_page(p_filter jsonb, p_from uuid, p_backwards boolean, p_limit int)
RETURNS TABLE (subject_id uuid, unit_id int) ROWS 50 LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
  c_few CONSTANT int := 100;
  c_budget CONSTANT int := 30000;
  v_mine int[] := app_reach('registry.read');
  v_theirs int[] := CASE WHEN p_filter ? 'state' THEN app_reach('assessment.read') END;
  v_leaves int[] := register_leaves(p_filter, v_mine);
  v_where text := register_condition(p_filter);
  v_sort text := CASE WHEN p_filter->>'sort' = 'hamlet' AND cardinality(v_leaves) > c_few THEN 'name' ELSE coalesce(p_filter->>'sort', 'name') END;
  v_down boolean := p_backwards <> (v_sort = 'newest');
  v_dir text := CASE WHEN v_down THEN 'DESC' ELSE 'ASC' END;
  v_op text := CASE WHEN v_down THEN '<' ELSE '>' END;
  v_beyond text := '';
  v_order text := format('r.name_sort %1$s, r.subject_id %1$s', v_dir);
  v_rank int := CASE WHEN p_backwards THEN cardinality(v_leaves) + 1 ELSE 0 END;
  v register_row;
  v_ids uuid[];
  v_found int[];
  v_seen bigint;
BEGIN
  IF cardinality(v_leaves) = 0 OR p_limit NOT BETWEEN 1 AND 1000 THEN RETURN; END IF;
  IF p_from IS NOT NULL THEN
    SELECT r.* INTO v FROM register_row r WHERE r.subject_id = p_from AND r.unit_id = ANY (v_leaves) ORDER BY r.valid_from DESC LIMIT 1;
    IF NOT FOUND THEN RETURN; END IF;
    v_beyond := CASE v_sort WHEN 'newest' THEN format(' AND r.number %s %s', v_op, v.number)
                            ELSE format(' AND (r.name_sort, r.subject_id) %s (%L, %L::uuid)', v_op, v.name_sort, v.subject_id) END;
  END IF;
  IF v_sort = 'newest' THEN v_order := format('r.number %s', v_dir); END IF;

  IF v_sort = 'hamlet' THEN
    IF p_from IS NOT NULL THEN v_rank := array_position(v_leaves, v.unit_id); END IF;
    RETURN QUERY EXECUTE format(
      'SELECT x.subject_id, x.unit_id FROM unnest($1) WITH ORDINALITY AS l(id, rank) CROSS JOIN LATERAL (
         SELECT r.subject_id, r.unit_id, r.name_sort FROM register_row r
          WHERE r.unit_id = l.id AND %1$s AND (l.rank <> %2$s OR true %3$s) ORDER BY %4$s LIMIT %5$s) x
        WHERE l.rank %6$s %2$s ORDER BY l.rank %7$s, x.name_sort %7$s, x.subject_id %7$s LIMIT %5$s',
      v_where, v_rank, v_beyond, v_order, p_limit, CASE WHEN p_backwards THEN '<=' ELSE '>=' END, v_dir) USING v_leaves, v_mine, v_theirs;
    RETURN;
  END IF;

  IF p_filter ? 'clanId' OR p_filter ? 'organisationId' OR (cardinality(v_leaves) <= c_few AND (v_sort = 'newest' OR p_filter ? 'state')) THEN
    RETURN QUERY EXECUTE format(
      'SELECT r.subject_id, r.unit_id FROM (SELECT * FROM register_row r WHERE %s AND r.unit_id = ANY ($1) OFFSET 0) r WHERE true %s ORDER BY %s LIMIT %s',
      register_condition(p_filter, cardinality(v_leaves) <= c_few), v_beyond, v_order, p_limit) USING v_leaves, v_mine, v_theirs;
    RETURN;
  END IF;

  IF cardinality(v_leaves) <= c_few THEN
    RETURN QUERY EXECUTE format(
      'SELECT r.subject_id, r.unit_id FROM unnest($1) AS l(id) CROSS JOIN LATERAL (
         SELECT * FROM register_row r WHERE r.unit_id = l.id AND %1$s %2$s ORDER BY %3$s LIMIT %4$s) r ORDER BY %3$s LIMIT %4$s',
      v_where, v_beyond, v_order, p_limit) USING v_leaves, v_mine, v_theirs;
    RETURN;
  END IF;

  IF register_is_rare(p_filter) THEN
    RETURN QUERY EXECUTE format('SELECT r.subject_id, r.unit_id FROM (%s) r WHERE true %s ORDER BY %s LIMIT %s',
      register_gather(p_filter, v_where), v_beyond, v_order, p_limit) USING v_leaves, v_mine, v_theirs;
    RETURN;
  END IF;
  EXECUTE format(
    'SELECT array_agg(w.subject_id), array_agg(w.unit_id) FROM (
       SELECT r.subject_id, r.unit_id FROM (
         SELECT * FROM register_row r WHERE r.title = %L %s ORDER BY %s LIMIT %s) r
       WHERE %s AND (r.unit_id IN (SELECT unnest($1))) IS TRUE ORDER BY %s LIMIT %s) w',
    p_filter->>'title', v_beyond, v_order, c_budget, v_where, v_order, p_limit) INTO v_ids, v_found USING v_leaves, v_mine, v_theirs;
  IF coalesce(cardinality(v_ids), 0) < p_limit THEN
    EXECUTE format('SELECT count(*) FROM (SELECT 1 FROM register_row r WHERE r.title = %L %s LIMIT %s) x', p_filter->>'title', v_beyond, c_budget) INTO v_seen;
    IF v_seen = c_budget THEN
      RETURN QUERY EXECUTE format(
        'SELECT r.subject_id, r.unit_id FROM (%s) r WHERE true %s ORDER BY %s LIMIT %s',
        register_gather(p_filter, v_where), v_beyond, v_order, p_limit) USING v_leaves, v_mine, v_theirs;
      RETURN;
    END IF;
  END IF;
  RETURN QUERY SELECT * FROM unnest(v_ids, v_found);
END $$;

-- How many rows a filter has: exactly for few leaves and for what few rows of the whole register meet, above as far as a short walk
-- in the order of the names sees (rows of one unit stand together in every other order); is_exact tells.
CREATE OR REPLACE FUNCTION register_count(p_filter jsonb) RETURNS TABLE (count int, is_exact boolean) ROWS 1
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
  c_few CONSTANT int := 100;
  v_title CONSTANT text := p_filter->>'title';
  v_budget CONSTANT int := CASE WHEN p_filter ? 'state' THEN 2000 ELSE 10000 END;
  v_mine CONSTANT int[] := app_reach('registry.read');
  v_theirs CONSTANT int[] := CASE WHEN p_filter ? 'state' THEN app_reach('assessment.read') END;
  v_leaves CONSTANT int[] := register_leaves(p_filter, v_mine);
  v_is_few CONSTANT boolean := cardinality(v_leaves) <= c_few;
BEGIN
  is_exact := true;
  IF v_is_few OR p_filter ? 'clanId' OR p_filter ? 'organisationId' THEN
    EXECUTE format('SELECT count(*) FROM register_row r WHERE %s AND r.unit_id = ANY ($1)', register_condition(p_filter, v_is_few)) INTO count USING v_leaves, v_mine, v_theirs;
  ELSIF register_is_rare(p_filter) THEN
    EXECUTE format('SELECT count(*) FROM (%s) g', register_gather(p_filter, register_condition(p_filter))) INTO count USING v_leaves, v_mine, v_theirs;
  ELSE
    EXECUTE format('SELECT count(*) FROM (SELECT * FROM register_row r WHERE r.title = %L ORDER BY r.name_sort, r.subject_id LIMIT %s) r WHERE %s AND (r.unit_id IN (SELECT unnest($1))) IS TRUE',
      v_title, v_budget, register_condition(p_filter)) INTO count USING v_leaves, v_mine, v_theirs;
    is_exact := (SELECT count(*) FROM (SELECT 1 FROM register_row r WHERE r.title = v_title LIMIT v_budget) x) < v_budget;
  END IF;
  RETURN NEXT;
END $$;

-- How many entries the counters of a year have of a title under a unit, or at a hamlet: the list that nothing else narrows.
CREATE FUNCTION register_counted(p_filter jsonb) RETURNS int LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_leaves CONSTANT int[] := register_leaves(p_filter - 'sort', app_reach('registry.read'));
  v int;
BEGIN
  EXECUTE format('SELECT sum(y.%I)::int FROM unit_year y WHERE y.unit_id = ANY ($1) AND y.year = %s', lower(p_filter->>'title') || '_total', (p_filter->>'year')::int)
    INTO v USING v_leaves;
  RETURN coalesce(v, 0);
END $$;

-- Rows of a filter by words, as before; the reach is asked in one piece, and what cannot be found is known before rows are read.
CREATE OR REPLACE FUNCTION register_search(p_filter jsonb, p_words text[], p_slips jsonb, p_skip int, p_limit int)
RETURNS TABLE (subject_id uuid, unit_id int, count int, is_exact boolean) ROWS 50 LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
  c_few CONSTANT int := 100;
  c_hits CONSTANT int := 1000;
  c_enough CONSTANT int := 100;
  c_common CONSTANT float8 := 0.07;
  v_mine int[] := app_reach('registry.read');
  v_theirs int[] := CASE WHEN p_filter ? 'state' THEN app_reach('assessment.read') END;
  v_leaves int[] := register_leaves(p_filter, v_mine);
  v_where text := register_condition(p_filter);
  v_words int := cardinality(p_words);
  v_parts text[];
  v_hamlets int[];
  v_ids uuid[];
  v_any text;
  v_exact boolean := true;
  v_is_common boolean;
BEGIN
  IF v_words NOT BETWEEN 1 AND 12 OR cardinality(v_leaves) = 0 THEN RETURN; END IF;
  -- Of hundreds of slips of a word a handful are words of names: looked up once, the rest forgotten.
  IF p_slips IS NOT NULL THEN
    p_slips := (SELECT jsonb_agg(to_jsonb(register_known(e.slips)) ORDER BY e.n) FROM jsonb_array_elements(p_slips) WITH ORDINALITY AS e(slips, n));
  END IF;

  IF cardinality(v_leaves) <= c_few THEN
    -- A word that begins no word of a name, stands in no hamlet's name and is near to none: no row needs to be looked at.
    IF EXISTS (SELECT 1 FROM unnest(p_words) WITH ORDINALITY AS t(word, n)
                WHERE coalesce(p_slips->(t.n::int - 1), '[]') = '[]'
                  AND NOT EXISTS (SELECT 1 FROM register_word x WHERE x.word = t.word)
                  AND NOT EXISTS (SELECT 1 FROM register_word x WHERE starts_with(x.word, t.word))
                  AND NOT EXISTS (SELECT 1 FROM unit u WHERE u.id = ANY (v_leaves) AND u.level = 'HAMLET' AND ' ' || u.name_search LIKE register_pattern(t.word, false))) THEN
      RETURN;
    END IF;
    v_parts := ARRAY[format('SELECT * FROM register_row r WHERE r.unit_id = ANY ($1) AND %s AND %s', v_where, register_words_condition(v_leaves, p_words, p_slips))];
  ELSE
    v_where := v_where || ' AND (r.unit_id IN (SELECT unnest($1))) IS TRUE';
    v_is_common := p_slips IS NULL AND (SELECT min(register_frequency(register_lexeme(w))) FROM unnest(p_words) w) > c_common * (SELECT c.reltuples FROM pg_class c WHERE c.oid = 'register_row'::regclass);
    FOREACH v_any IN ARRAY register_quick(p_filter->>'title', p_words, p_slips, v_is_common, v_where) LOOP
      EXECUTE format('SELECT array_agg(x.subject_id) FROM (%s LIMIT %s) x', v_any, c_hits) INTO v_ids USING v_leaves, v_mine, v_theirs;
      EXIT WHEN cardinality(v_ids) = c_hits;
    END LOOP;
    IF cardinality(v_ids) = c_hits OR v_is_common AND cardinality(v_ids) >= c_enough THEN
      v_exact := false;
      v_parts := ARRAY[format('SELECT * FROM register_row r WHERE r.subject_id = ANY (%L) AND %s', v_ids, v_where)];
    ELSE
      v_parts := ARRAY(SELECT format('%s AND %s', q, v_where) FROM unnest(register_queries(p_words, p_slips)) q);
    END IF;
    IF p_slips IS NULL AND v_words > 1 AND v_exact THEN
      v_hamlets := register_hamlets(v_leaves, p_words);
      IF cardinality(v_hamlets) <= c_few THEN
        v_parts := v_parts || format('SELECT * FROM register_row r WHERE r.unit_id = ANY (%L) AND %s AND %s', v_hamlets, v_where, register_words_condition(v_hamlets, p_words, NULL));
      END IF;
    END IF;
  END IF;
  IF cardinality(v_parts) = 0 THEN RETURN; END IF;

  SELECT string_agg(format('(SELECT r.subject_id, r.unit_id, r.name_search, r.name_sort FROM (%s) r LIMIT %s)', part, c_hits), ' UNION ') INTO v_any FROM unnest(v_parts) part;
  RETURN QUERY EXECUTE format(
    'SELECT h.subject_id, h.unit_id, least(count(*) OVER (), %s)::int, %L::boolean AND count(*) OVER () < %s
       FROM (%s) h ORDER BY similarity(h.name_search, %L) DESC, h.name_sort, h.subject_id OFFSET %s LIMIT %s',
    c_hits, v_exact, c_hits, v_any, array_to_string(p_words, ' '), greatest(p_skip, 0), least(p_limit, 200)) USING v_leaves, v_mine, v_theirs;
END $$;

-- The hamlets among the leaves whose names have the most of the words; names of other leaves are not looked at.
CREATE OR REPLACE FUNCTION register_hamlets(p_leaves int[], p_words text[]) RETURNS int[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH pattern AS MATERIALIZED (
    SELECT register_pattern(w, true) AS text FROM unnest(p_words) w
  ), hamlet AS MATERIALIZED (
    SELECT u.id, ' ' || u.name_search || ' ' AS name FROM unit u WHERE u.id = ANY (p_leaves) AND u.level = 'HAMLET'
  )
  SELECT coalesce(array_agg(x.id), '{}') FROM (
    SELECT h.id, rank() OVER (ORDER BY count(*) DESC) AS place FROM hamlet h JOIN pattern p ON h.name LIKE p.text GROUP BY h.id) x WHERE x.place = 1
$$;

-- Of few leaves: every word in the name or in the name of the hamlet. A word with fewer near ones leaves more rows out: it is asked first;
-- what no name begins with is not looked for in names.
CREATE OR REPLACE FUNCTION register_words_condition(p_leaves int[], p_words text[], p_slips jsonb) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT string_agg(format('(%s)', coalesce(nullif(concat_ws(' OR ',
           CASE WHEN w.near = '{}' OR EXISTS (SELECT 1 FROM register_word x WHERE starts_with(x.word, w.word)) THEN format(''' '' || r.name_search LIKE %L', w.pattern) END,
           CASE WHEN w.hamlets <> '{}' THEN format('r.unit_id = ANY (%L::int[])', w.hamlets) END,
           CASE WHEN w.near <> '{}' THEN format(''' '' || r.name_search || '' '' LIKE ANY (%L::text[])', ARRAY(SELECT register_pattern(x, true) FROM unnest(w.near) x)) END), ''), 'false')),
           ' AND ' ORDER BY cardinality(w.near), w.n)
    FROM (SELECT t.n, t.word, p.pattern, CASE WHEN p_slips IS NULL THEN '{}' ELSE register_known(p_slips->(t.n::int - 1)) END AS near,
                 ARRAY(SELECT u.id FROM unit u WHERE u.id = ANY (p_leaves) AND u.level = 'HAMLET' AND ' ' || u.name_search LIKE p.pattern) AS hamlets
            FROM unnest(p_words) WITH ORDINALITY AS t(word, n) CROSS JOIN LATERAL (SELECT register_pattern(t.word, false) AS pattern) p) w
$$;

-- As before; the reach is asked in one piece.
CREATE OR REPLACE FUNCTION register_elsewhere(p_filter jsonb, p_words text[]) RETURNS TABLE (title text, count int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_mine int[] := app_reach('registry.read');
  v_theirs int[] := CASE WHEN p_filter ? 'state' THEN app_reach('assessment.read') END;
  v_leaves int[] := register_leaves(p_filter, v_mine);
BEGIN
  IF cardinality(p_words) NOT BETWEEN 1 AND 12 OR cardinality(v_leaves) NOT BETWEEN 1 AND 100 THEN RETURN; END IF;
  RETURN QUERY EXECUTE format('SELECT r.title, count(*)::int FROM register_row r WHERE r.unit_id = ANY ($1) AND r.title <> %L AND %s AND %s GROUP BY r.title',
    p_filter->>'title', register_condition(jsonb_build_object('year', p_filter->'year')), register_words_condition(v_leaves, p_words, NULL)) USING v_leaves, v_mine, v_theirs;
END $$;

-- What the rows of a page show, in the order given: of entries and assessments the asker may read. The policies say the same, but work out
-- all units of a province for each table.
CREATE OR REPLACE FUNCTION register_show(p_ids uuid[], p_units int[], p_title text, p_year int)
RETURNS TABLE (id uuid, title text, number bigint, name text, "unitId" int, "unitName" text, "communeName" text, "birthYear" int,
               "assessmentId" uuid, state text, "isComplete" boolean, total float8, "isClosed" boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 SET search_path = public, pg_temp AS $$
DECLARE
  v_mine CONSTANT int[] := ARRAY(SELECT register_mine('registry.read', ARRAY(SELECT DISTINCT s.unit_id FROM subject s WHERE s.id = ANY (p_ids))));
  v_theirs CONSTANT int[] := ARRAY(SELECT register_mine('assessment.read', ARRAY(
    SELECT DISTINCT a.commune_id FROM assessment a WHERE a.subject_id = ANY (p_ids) AND a.title = p_title AND a.year = p_year)));
BEGIN
  RETURN QUERY
  SELECT s.id, s.title, s.number, s.name, u.id, u.name,
         (SELECT c.name FROM placement l JOIN unit c ON c.id = l.parent_id
           WHERE l.child_id = u.id AND u.level = 'HAMLET' AND l.kind = 'TREE' ORDER BY l.valid_from DESC LIMIT 1),
         (SELECT d.birth_year FROM citizen d WHERE d.subject_id = s.id),
         a.id, a.state, coalesce(a.is_complete, false), a.total::float8, s.active_to IS NOT NULL
    FROM unnest(p_ids, p_units) WITH ORDINALITY AS p(id, leaf, at)
    JOIN subject s ON s.id = p.id AND s.unit_id = ANY (v_mine)
    JOIN unit u ON u.id = p.leaf
    LEFT JOIN assessment a ON a.subject_id = s.id AND a.title = p_title AND a.year = p_year AND a.commune_id = ANY (v_theirs)
   ORDER BY p.at;
END $$;

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
    v_from := format('SELECT * FROM (SELECT * FROM register_row r WHERE r.title = %L ORDER BY %s OFFSET 0) r WHERE %s AND (r.unit_id IN (SELECT unnest($1))) IS TRUE', v_title, v_order, v_where);
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

REVOKE EXECUTE ON FUNCTION app_tops(text), app_reach(text), app_may(text, int), register_own(jsonb), register_counted(jsonb), register_details(text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_may(text, int), register_counted(jsonb) TO hieuhoc_app;
