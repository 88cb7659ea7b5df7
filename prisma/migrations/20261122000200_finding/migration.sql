-- Finding: one narrow row per home of a subject with all a list is narrowed, ordered and searched by. Row-level security keeps
-- text operators off indexes, so the web role has no right to this table: the functions below look into it, each for the units
-- the asker may read. Built once over what is there; holds locks on nothing but the new tables while it is filled.

CREATE TABLE register_row (
  subject_id UUID NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE,
  unit_id INTEGER NOT NULL,
  now_unit_id INTEGER NOT NULL,
  title TEXT NOT NULL,
  number BIGINT NOT NULL,
  facets INTEGER NOT NULL,
  name_sort TEXT NOT NULL,
  name_search TEXT NOT NULL,
  CONSTRAINT register_row_pkey PRIMARY KEY (subject_id, valid_from)
);

-- Words of names ever seen. A word may stand twice when two transactions meet it at once: none waits for the other.
CREATE TABLE register_word (
  id BIGSERIAL NOT NULL,
  word TEXT NOT NULL,
  CONSTRAINT register_word_pkey PRIMARY KEY (id)
);

-- The facts a list is narrowed by as bits, so that any of them together is one comparison inside an index.
CREATE FUNCTION register_facets(p_facts jsonb) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(CASE p_facts->>'poverty' WHEN 'NEAR_POOR' THEN 1 WHEN 'POOR' THEN 2 END, 0)
       | CASE WHEN (p_facts->>'isAssociationMember')::bool THEN 4 ELSE 0 END
       | CASE WHEN (p_facts->>'hasClan')::bool THEN 8 ELSE 0 END
       | CASE WHEN (p_facts->>'hasSchoolAgeChildren')::bool THEN 16 ELSE 0 END
       | coalesce(CASE p_facts->>'variant' WHEN 'WORKER' THEN 32 WHEN 'OFFICIAL' THEN 64 WHEN 'STUDENT' THEN 96 END, 0)
       | CASE WHEN (p_facts->>'isWorker')::bool THEN 128 ELSE 0 END
       | CASE WHEN (p_facts->>'hasHousehold')::bool THEN 256 ELSE 0 END
       | coalesce(CASE p_facts->>'digitalSkill' WHEN 'HAS' THEN 512 WHEN 'FLUENT' THEN 1024 END, 0)
       | CASE WHEN (p_facts->>'isPromotion')::bool THEN 2048 ELSE 0 END
       | (coalesce(array_position(ARRAY['SCHOOL', 'HEALTH', 'ENTERPRISE', 'COOPERATIVE', 'ARMED_FORCES', 'OTHER'], p_facts->>'kind'), 0) << 12)
       | (coalesce(CASE p_facts->>'level' WHEN 'DISTRICT' THEN 1 WHEN 'PROVINCE' THEN 2 END, 0) << 15)
       | CASE WHEN (p_facts->>'isClosed')::bool THEN 131072 ELSE 0 END
$$;

-- Which bits a filter's keys speak of.
CREATE FUNCTION register_mask(p_filter jsonb) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(bit_or(m.bits), 0) FROM (VALUES
    ('poverty', 3), ('isAssociationMember', 4), ('hasClan', 8), ('hasSchoolAgeChildren', 16), ('variant', 96), ('isWorker', 128),
    ('hasHousehold', 256), ('digitalSkill', 1536), ('isPromotion', 2048), ('kind', 28672), ('level', 98304)
  ) AS m(key, bits) WHERE p_filter ? m.key
$$;

CREATE VIEW register_source AS
  SELECT h.subject_id, h.valid_from, h.valid_to, h.unit_id, s.unit_id AS now_unit_id, s.title, s.number,
         coalesce(CASE d.poverty WHEN 'NEAR_POOR' THEN 1 WHEN 'POOR' THEN 2 END, 0)
         | CASE WHEN d.is_association_member THEN 4 ELSE 0 END
         | CASE WHEN d.clan_id IS NOT NULL THEN 8 ELSE 0 END
         | CASE WHEN d.has_school_age_children THEN 16 ELSE 0 END
         | coalesce(CASE c.variant WHEN 'WORKER' THEN 32 WHEN 'OFFICIAL' THEN 64 WHEN 'STUDENT' THEN 96 END, 0)
         | CASE WHEN c.is_worker THEN 128 ELSE 0 END
         | CASE WHEN c.household_id IS NOT NULL THEN 256 ELSE 0 END
         | coalesce(CASE c.digital_skill WHEN 'HAS' THEN 512 WHEN 'FLUENT' THEN 1024 END, 0)
         | CASE WHEN k.is_promotion THEN 2048 ELSE 0 END
         | (coalesce(array_position(ARRAY['SCHOOL', 'HEALTH', 'ENTERPRISE', 'COOPERATIVE', 'ARMED_FORCES', 'OTHER'], o.kind), 0) << 12)
         | (coalesce(CASE o.level WHEN 'DISTRICT' THEN 1 WHEN 'PROVINCE' THEN 2 END, 0) << 15)
         | CASE WHEN h.valid_to = s.active_to THEN 131072 ELSE 0 END AS facets,
         s.name_sort, s.name_search
    FROM subject_home h
    JOIN subject s ON s.id = h.subject_id
    LEFT JOIN household d ON d.subject_id = s.id
    LEFT JOIN citizen c ON c.subject_id = s.id
    LEFT JOIN clan k ON k.subject_id = s.id
    LEFT JOIN organisation o ON o.subject_id = s.id;

INSERT INTO register_row (subject_id, valid_from, valid_to, unit_id, now_unit_id, title, number, facets, name_sort, name_search)
SELECT subject_id, valid_from, valid_to, unit_id, now_unit_id, title, number, facets, name_sort, name_search FROM register_source;
INSERT INTO register_word (word) SELECT DISTINCT w FROM register_row, unnest(string_to_array(name_search, ' ')) w WHERE w <> '';
-- Lists read nothing but these indexes: all they ask for stands in the key.
CREATE INDEX register_row_leaf_idx ON register_row (unit_id, title, name_sort, subject_id, valid_from, valid_to, now_unit_id, facets, number, name_search);
CREATE INDEX register_row_name_idx ON register_row (title, name_sort, subject_id, valid_from, valid_to, unit_id, now_unit_id, facets, number);
CREATE INDEX register_row_number_idx ON register_row (title, number, subject_id, valid_from, valid_to, unit_id, now_unit_id, facets, name_sort);
CREATE INDEX register_row_facets_idx ON register_row (title, facets, unit_id, now_unit_id, valid_from, valid_to, number, name_sort, subject_id);
CREATE INDEX register_row_words_idx ON register_row USING gin (array_to_tsvector(string_to_array(name_search, ' ')));
CREATE INDEX register_word_word_idx ON register_word (word);
CREATE INDEX assessment_state_idx ON assessment (year, title, state, is_complete) INCLUDE (subject_id, commune_id) WHERE state <> 'REGISTERED';
-- The states of a commune's year read off the index alone: takes the place of the shorter one.
CREATE INDEX assessment_commune_id_year_title_state_is_complete_subject__idx ON assessment (commune_id, year, title, state, is_complete, subject_id);
DROP INDEX assessment_commune_id_year_title_state_idx;

-- Set-wise, in the statement that changed what a row is made of.
CREATE FUNCTION register_write(p_subjects uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO register_word (word)
  SELECT DISTINCT w FROM subject s CROSS JOIN LATERAL unnest(string_to_array(s.name_search, ' ')) w
   WHERE s.id = ANY (p_subjects) AND w <> '' AND NOT EXISTS (SELECT 1 FROM register_word x WHERE x.word = w);
  INSERT INTO register_row AS r (subject_id, valid_from, valid_to, unit_id, now_unit_id, title, number, facets, name_sort, name_search)
  SELECT subject_id, valid_from, valid_to, unit_id, now_unit_id, title, number, facets, name_sort, name_search
    FROM register_source WHERE subject_id = ANY (p_subjects)
  ON CONFLICT (subject_id, valid_from) DO UPDATE
     SET (valid_to, unit_id, now_unit_id, title, number, facets, name_sort, name_search)
       = (excluded.valid_to, excluded.unit_id, excluded.now_unit_id, excluded.title, excluded.number, excluded.facets, excluded.name_sort, excluded.name_search)
   WHERE (r.valid_to, r.unit_id, r.now_unit_id, r.title, r.number, r.facets, r.name_sort, r.name_search)
      IS DISTINCT FROM (excluded.valid_to, excluded.unit_id, excluded.now_unit_id, excluded.title, excluded.number, excluded.facets, excluded.name_sort, excluded.name_search);
$$;

CREATE FUNCTION register_keep_home() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM register_write(array_agg(DISTINCT subject_id)) FROM new_rows HAVING count(*) > 0;
  ELSIF TG_OP = 'DELETE' THEN
    DELETE FROM register_row r USING old_rows o WHERE r.subject_id = o.subject_id AND r.valid_from = o.valid_from;
  ELSE
    DELETE FROM register_row r USING old_rows o WHERE r.subject_id = o.subject_id AND r.valid_from = o.valid_from
       AND NOT EXISTS (SELECT 1 FROM subject_home h WHERE h.subject_id = r.subject_id AND h.valid_from = r.valid_from);
    PERFORM register_write(array_agg(DISTINCT subject_id)) FROM new_rows HAVING count(*) > 0;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER subject_home_finding_insert AFTER INSERT ON subject_home REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION register_keep_home();
CREATE TRIGGER subject_home_finding_update AFTER UPDATE ON subject_home REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION register_keep_home();
CREATE TRIGGER subject_home_finding_delete AFTER DELETE ON subject_home REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION register_keep_home();

CREATE FUNCTION register_keep_subject() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM register_write(array_agg(n.id)) FROM new_rows n JOIN old_rows o ON o.id = n.id
    WHERE (n.name_search, n.name_sort, n.unit_id, n.active_to, n.number) IS DISTINCT FROM (o.name_search, o.name_sort, o.unit_id, o.active_to, o.number)
   HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER subject_finding_update AFTER UPDATE ON subject REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION register_keep_subject();

-- A detail written before its subject has a home finds no row to change.
CREATE FUNCTION register_keep_detail() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM register_write(array_agg(n.subject_id)) FROM new_rows n
    WHERE EXISTS (SELECT 1 FROM register_row r WHERE r.subject_id = n.subject_id)
   HAVING count(*) > 0;
  RETURN NULL;
END $$;
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['household', 'citizen', 'clan', 'organisation'] LOOP
    EXECUTE format('CREATE TRIGGER %1$s_finding_insert AFTER INSERT ON %1$I REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION register_keep_detail()', t);
    EXECUTE format('CREATE TRIGGER %1$s_finding_update AFTER UPDATE ON %1$I REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION register_keep_detail()', t);
  END LOOP;
END $$;

-- Rows of the finding table that are not what they are made of; none when all is well.
CREATE FUNCTION register_differences() RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  SELECT coalesce(a.subject_id, b.subject_id)
    FROM register_row a FULL JOIN register_source b USING (subject_id, valid_from)
   WHERE (a.subject_id, a.valid_to, a.unit_id, a.now_unit_id, a.title, a.number, a.facets, a.name_sort, a.name_search)
      IS DISTINCT FROM (b.subject_id, b.valid_to, b.unit_id, b.now_unit_id, b.title, b.number, b.facets, b.name_sort, b.name_search)
$$;

-- The finding table from nothing, after a load that went past its triggers.
CREATE FUNCTION register_rebuild() RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  TRUNCATE register_row, register_word;
  INSERT INTO register_row (subject_id, valid_from, valid_to, unit_id, now_unit_id, title, number, facets, name_sort, name_search)
  SELECT subject_id, valid_from, valid_to, unit_id, now_unit_id, title, number, facets, name_sort, name_search FROM register_source;
  INSERT INTO register_word (word) SELECT DISTINCT w FROM register_row, unnest(string_to_array(name_search, ' ')) w WHERE w <> '';
END $$;

-- The units a filter asks for, of those the asker may read (p_mine); ordered by name with numbers by value where the list is. Rows stand
-- at leaves alone, so the units between need not be left out.
CREATE FUNCTION register_leaves(p_filter jsonb, p_mine int[]) RETURNS int[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v int[];
BEGIN
  SELECT coalesce(array_agg(a.descendant_id), '{}') INTO v
    FROM unit asked
    CROSS JOIN LATERAL (SELECT greatest(least(make_date((p_filter->>'year')::int, 12, 31), asked.valid_to - 1), asked.valid_from) AS day) d
    JOIN ancestry a ON a.ancestor_id = asked.id AND a.valid_from <= d.day AND (a.valid_to IS NULL OR a.valid_to > d.day)
   WHERE asked.id = (p_filter->>'unitId')::int AND (a.descendant_id IN (SELECT unnest(p_mine))) IS TRUE
     AND (NOT p_filter ? 'hamletId' OR a.descendant_id = (p_filter->>'hamletId')::int);
  IF p_filter->>'sort' = 'hamlet' THEN
    SELECT array_agg(u.id ORDER BY regexp_replace(regexp_replace(u.name_search, '(\d+)', '00000\1', 'g'), '\d*(\d{6})', '\1', 'g'), u.id) INTO v
      FROM unit u WHERE u.id = ANY (v);
  END IF;
  RETURN coalesce(v, '{}');
END $$;

-- The condition of a filter on register_row r as text, every value quoted; $2 are the units the asker reads, $3 those whose assessments.
-- For a page, which ends after a few rows, assessments are probed row by row; where all rows of few leaves are looked at (p_all), read as a set.
CREATE FUNCTION register_condition(p_filter jsonb, p_all boolean DEFAULT false) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_end date := make_date((p_filter->>'year')::int, 12, 31);
  v_mask int := register_mask(p_filter);
  v_state text := p_filter->'state'->>'state';
  v_own text := format(' AND fa.title = %L AND fa.year = %s', p_filter->>'title', (p_filter->>'year')::int)
    || CASE WHEN v_state IS NULL THEN '' ELSE format(' AND fa.state = %L', v_state) END
    || CASE WHEN p_filter->'state' ? 'isComplete' THEN format(' AND fa.is_complete = %L', p_filter->'state'->>'isComplete') ELSE '' END;
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

-- One page of a filtered list: ids and the leaf each stands in, in order. p_from: id of the row before the page (after it, when
-- p_backwards: the page then comes in the opposite order). Up to FEW leaves each is walked in its own order; above, the order of the
-- whole register is walked for a while, and what that does not fill is gathered from the leaves.
CREATE FUNCTION register_page(p_filter jsonb, p_from uuid, p_backwards boolean, p_limit int)
RETURNS TABLE (subject_id uuid, unit_id int) ROWS 50 LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
  c_few CONSTANT int := 100;
  c_budget CONSTANT int := 30000;
  v_mine int[] := ARRAY(SELECT app_units('registry.read'));
  v_theirs int[] := CASE WHEN p_filter ? 'state' THEN ARRAY(SELECT app_units('assessment.read')) END;
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
       WHERE (r.unit_id IN (SELECT unnest($1))) IS TRUE AND %s ORDER BY %s LIMIT %s) w',
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

-- The bit patterns of a register that a filter means, read off the index one by one.
CREATE FUNCTION register_patterns(p_filter jsonb) RETURNS int[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH RECURSIVE pattern(facets) AS (
    (SELECT r.facets FROM register_row r WHERE r.title = p_filter->>'title' ORDER BY r.facets LIMIT 1)
    UNION ALL
    SELECT (SELECT r.facets FROM register_row r WHERE r.title = p_filter->>'title' AND r.facets > p.facets ORDER BY r.facets LIMIT 1) FROM pattern p WHERE p.facets IS NOT NULL
  )
  SELECT coalesce(array_agg(facets), '{}') FROM pattern
   WHERE facets & register_mask(p_filter) = register_facets(p_filter - 'isClosed') & register_mask(p_filter)
     AND (facets & 131072 <> 0 OR NOT coalesce((p_filter->>'isClosed')::bool, false))
$$;

-- (Sequential scans are off in these functions: the planner takes facts that go together for independent and rare rows for common ones.)
-- Do so few rows of the whole register meet a filter that all of them are gathered sooner than a page is filled by walking.
CREATE FUNCTION register_is_rare(p_filter jsonb) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
  c_few CONSTANT int := 5000;
  v_state text := p_filter->'state'->>'state';
BEGIN
  IF v_state <> 'REGISTERED' AND (SELECT count(*) FROM (SELECT 1 FROM assessment a
       WHERE a.year = (p_filter->>'year')::int AND a.title = p_filter->>'title' AND a.state = v_state AND a.state <> 'REGISTERED'
         AND (NOT p_filter->'state' ? 'isComplete' OR a.is_complete = (p_filter->'state'->>'isComplete')::bool) LIMIT c_few) x) < c_few THEN
    RETURN true;
  END IF;
  RETURN (register_mask(p_filter) <> 0 OR (p_filter->>'isClosed')::bool) AND (SELECT count(*) FROM (SELECT 1 FROM register_row r
       WHERE r.title = p_filter->>'title' AND r.facets = ANY (register_patterns(p_filter)) LIMIT c_few) x) < c_few;
END $$;

-- All rows of a filter among the leaves $1 as a query, for filters that few rows of many leaves meet.
CREATE FUNCTION register_gather(p_filter jsonb, p_where text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE WHEN p_filter->'state'->>'state' IS NOT NULL AND p_filter->'state'->>'state' <> 'REGISTERED' THEN format(
    'SELECT r.* FROM register_row r WHERE r.subject_id = ANY (ARRAY(SELECT a.subject_id FROM assessment a
         WHERE a.year = %L::int AND a.title = %L AND a.state = %L AND a.state <> ''REGISTERED''%s)) AND (r.unit_id IN (SELECT unnest($1))) IS TRUE AND %s',
    p_filter->>'year', p_filter->>'title', p_filter->'state'->>'state',
    CASE WHEN p_filter->'state' ? 'isComplete' THEN format(' AND a.is_complete = %L', p_filter->'state'->>'isComplete') ELSE '' END, p_where)
  WHEN register_mask(p_filter) <> 0 OR (p_filter->>'isClosed')::bool THEN format(
    'SELECT r.* FROM register_row r WHERE r.facets = ANY (%L) AND (r.unit_id IN (SELECT unnest($1))) IS TRUE AND %s', register_patterns(p_filter), p_where)
  ELSE format('SELECT r.* FROM register_row r WHERE (r.unit_id IN (SELECT unnest($1))) IS TRUE AND %s OFFSET 0', p_where) END
$$;

-- How many rows a filter has: exactly for few leaves, above as far as a short walk sees; is_exact tells.
CREATE FUNCTION register_count(p_filter jsonb) RETURNS TABLE (count int, is_exact boolean) ROWS 1
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
  c_few CONSTANT int := 100;
  v_budget int := CASE WHEN p_filter ? 'state' THEN 3000 ELSE 10000 END;
  v_mine int[] := ARRAY(SELECT app_units('registry.read'));
  v_theirs int[] := CASE WHEN p_filter ? 'state' THEN ARRAY(SELECT app_units('assessment.read')) END;
  v_leaves int[] := register_leaves(p_filter, v_mine);
  v_seen bigint;
BEGIN
  IF cardinality(v_leaves) <= c_few OR p_filter ? 'clanId' OR p_filter ? 'organisationId' THEN
    EXECUTE format('SELECT count(*)::int, true FROM register_row r WHERE %s AND r.unit_id = ANY ($1)', register_condition(p_filter, cardinality(v_leaves) <= c_few))
      INTO count, is_exact USING v_leaves, v_mine, v_theirs;
  ELSIF register_is_rare(p_filter) THEN
    EXECUTE format('SELECT count(*)::int, true FROM (%s) g', register_gather(p_filter, register_condition(p_filter))) INTO count, is_exact USING v_leaves, v_mine, v_theirs;
  ELSE
    EXECUTE format(
      'SELECT count(*) FILTER (WHERE (r.unit_id IN (SELECT unnest($1))) IS TRUE AND %s), count(*) FROM (SELECT * FROM register_row r WHERE r.title = %L ORDER BY r.name_sort, r.subject_id LIMIT %s) r',
      register_condition(p_filter), p_filter->>'title', v_budget) INTO count, v_seen USING v_leaves, v_mine, v_theirs;
    is_exact := v_seen < v_budget;
  END IF;
  RETURN NEXT;
END $$;

-- A word as a lexeme of a text query.
CREATE FUNCTION register_lexeme(p_word text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT '''' || replace(replace(p_word, '\', '\\'), '''', '''''') || ''''
$$;

-- Rows of a filter in which every word stands in the name (the last may be only begun) or in the name of the hamlet, closest first.
-- With p_slips (for each word the words one slip away) those that some name has count too. count: hits looked at, at most 1,000;
-- is_exact: there are no others.
CREATE FUNCTION register_search(p_filter jsonb, p_words text[], p_slips jsonb, p_skip int, p_limit int)
RETURNS TABLE (subject_id uuid, unit_id int, count int, is_exact boolean) ROWS 50 LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
  c_few CONSTANT int := 100;
  c_hits CONSTANT int := 1000;
  c_enough CONSTANT int := 100;
  c_common CONSTANT float8 := 0.07;
  v_mine int[] := ARRAY(SELECT app_units('registry.read'));
  v_theirs int[] := CASE WHEN p_filter ? 'state' THEN ARRAY(SELECT app_units('assessment.read')) END;
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

  IF cardinality(v_leaves) <= c_few THEN
    v_parts := ARRAY[format('SELECT * FROM register_row r WHERE r.unit_id = ANY ($1) AND %s AND %s', v_where, register_words_condition(v_leaves, p_words, p_slips))];
  ELSE
    v_where := '(r.unit_id IN (SELECT unnest($1))) IS TRUE AND ' || v_where;
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

-- A word as a pattern: whole, or only begun.
CREATE FUNCTION register_pattern(p_word text, p_is_whole boolean) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT '% ' || replace(replace(replace(p_word, '\', '\\'), '%', '\%'), '_', '\_') || CASE WHEN p_is_whole THEN ' %' ELSE '%' END
$$;

-- The hamlets among the leaves whose names have the most of the words.
CREATE FUNCTION register_hamlets(p_leaves int[], p_words text[]) RETURNS int[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH pattern AS MATERIALIZED (SELECT register_pattern(w, true) AS text FROM unnest(p_words) w)
  SELECT coalesce(array_agg(x.id), '{}') FROM (
    SELECT u.id, rank() OVER (ORDER BY count(*) DESC) AS place
      FROM unit u JOIN pattern p ON ' ' || u.name_search || ' ' LIKE p.text
     WHERE (u.id IN (SELECT unnest(p_leaves))) IS TRUE AND u.level = 'HAMLET' GROUP BY u.id) x WHERE x.place = 1
$$;

-- Those of the given words that some name has.
CREATE FUNCTION register_known(p_words jsonb) RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT array(SELECT DISTINCT w.word FROM register_word w WHERE w.word = ANY (ARRAY(SELECT jsonb_array_elements_text(p_words))))
$$;

-- Of few leaves: every word in the name or in the name of the hamlet.
CREATE FUNCTION register_words_condition(p_leaves int[], p_words text[], p_slips jsonb) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT string_agg(format('('' '' || r.name_search LIKE %1$L OR r.unit_id = ANY (%2$L::int[])%3$s)', w.pattern,
           ARRAY(SELECT u.id FROM unit u WHERE u.id = ANY (p_leaves) AND u.level = 'HAMLET' AND ' ' || u.name_search LIKE w.pattern),
           CASE WHEN p_slips IS NULL THEN '' ELSE format(' OR string_to_array(r.name_search, '' '') && %L::text[]', register_known(p_slips->(w.n::int - 1))) END), ' AND ')
    FROM (SELECT n, register_pattern(word, false) AS pattern FROM unnest(p_words) WITH ORDINALITY AS t(word, n)) w
$$;

-- How many rows have a word, as the planner guesses it from its statistics (EXPLAIN wants a volatile function).
CREATE FUNCTION register_frequency(p_query text) RETURNS float8 LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v json;
BEGIN
  EXECUTE format('EXPLAIN (FORMAT JSON) SELECT 1 FROM register_row r WHERE array_to_tsvector(string_to_array(r.name_search, '' '')) @@ %L::tsquery', p_query) INTO v;
  RETURN (v->0->'Plan'->>'Plan Rows')::float8;
END $$;

-- Queries that give the first thousand of very many hits without reading the rest: the words as a name begins in its order (given name,
-- surname, middle), whichever word was typed first; and, where all are words that many bear, whoever was entered last.
CREATE FUNCTION register_quick(p_title text, p_words text[], p_slips jsonb, p_is_common boolean, p_where text) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  c_budget CONSTANT int := 40000;
  v_unknown int[] := ARRAY(SELECT n::int FROM unnest(p_words) WITH ORDINALITY AS t(w, n) WHERE NOT EXISTS (SELECT 1 FROM register_word x WHERE x.word = w));
  v text[] := '{}';
BEGIN
  IF p_title NOT IN ('FAMILY', 'CITIZEN') OR cardinality(p_words) > 4 THEN RETURN v; END IF;
  IF p_slips IS NULL THEN
    v := ARRAY[register_orders(p_title, ARRAY[array_to_string(p_words, ' ')], p_where)];
  ELSIF cardinality(v_unknown) = 1 THEN
    v := ARRAY[register_orders(p_title, ARRAY(
      SELECT array_to_string(p_words[:v_unknown[1] - 1] || known || p_words[v_unknown[1] + 1:], ' ')
        FROM unnest(register_known(p_slips->(v_unknown[1] - 1))) known LIMIT 12), p_where)];
  END IF;
  IF p_is_common THEN
    v := v || format('SELECT r.subject_id FROM (SELECT * FROM register_row r WHERE r.title = %L ORDER BY r.number DESC LIMIT %s) r WHERE %s AND %s', p_title, c_budget,
      (SELECT string_agg(format(''' '' || r.name_sort || '' '' LIKE %L', register_pattern(w, true)), ' AND ') FROM unnest(p_words) w), p_where);
  END IF;
  RETURN v;
END $$;

-- Names that begin, in their order, with the words of one of the texts, in whatever order those stand.
CREATE FUNCTION register_orders(p_title text, p_texts text[], p_where text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT format(
    'SELECT r.subject_id FROM unnest(%L::text[]) p CROSS JOIN LATERAL (SELECT * FROM register_row r WHERE r.title = %L AND r.name_sort >= p AND r.name_sort < p || ''~'' AND %s LIMIT 1000) r',
    ARRAY(WITH RECURSIVE orders(words, used, text) AS (
            SELECT string_to_array(t, ' '), ARRAY[n], (string_to_array(t, ' '))[n] FROM unnest(p_texts) t CROSS JOIN LATERAL generate_subscripts(string_to_array(t, ' '), 1) n
            UNION ALL
            SELECT o.words, o.used || n, o.text || ' ' || o.words[n] FROM orders o CROSS JOIN LATERAL generate_subscripts(o.words, 1) n WHERE n <> ALL (o.used))
          SELECT DISTINCT text FROM orders WHERE cardinality(used) = cardinality(words)), p_title, p_where)
$$;

-- Queries for rows with all words in the name, begun far enough for more conditions to follow. Typed as meant: every word whole, the
-- last only begun where no name has it whole. With slips: in the words that no name has, or else in one word at a time.
CREATE FUNCTION register_queries(p_words text[], p_slips jsonb) RETURNS text[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_count int := cardinality(p_words);
  v_query text[] := ARRAY(SELECT register_lexeme(w) FROM unnest(p_words) WITH ORDINALITY AS t(w, n) ORDER BY n);
  v_known text[];
  v_near text[] := array_fill(NULL::text, ARRAY[v_count]);
  v_unknown int[] := ARRAY(SELECT n::int FROM unnest(p_words) WITH ORDINALITY AS t(w, n) WHERE NOT EXISTS (SELECT 1 FROM register_word x WHERE x.word = w));
BEGIN
  IF p_slips IS NULL THEN
    -- A word that no name has, other than one just begun, can only be the hamlet's.
    IF EXISTS (SELECT 1 FROM unnest(v_unknown) u WHERE u < v_count) THEN RETURN '{}'; END IF;
    IF v_count = ANY (v_unknown) THEN v_query[v_count] := v_query[v_count] || ':*'; END IF;
    RETURN ARRAY[register_query(array_to_string(v_query, ' & '))];
  END IF;

  FOR v_at IN 1..v_count LOOP
    v_known := register_known(p_slips->(v_at - 1));
    IF cardinality(v_known) > 0 THEN v_near[v_at] := (SELECT '(' || string_agg(register_lexeme(w), ' | ') || ')' FROM unnest(v_known) w); END IF;
  END LOOP;
  IF cardinality(v_unknown) > 0 THEN
    IF EXISTS (SELECT 1 FROM unnest(v_unknown) u WHERE v_near[u] IS NULL) THEN RETURN '{}'; END IF;
    RETURN ARRAY(SELECT register_query(string_agg(CASE WHEN n = ANY (v_unknown) THEN v_near[n] ELSE v_query[n] END, ' & ' ORDER BY n)) FROM generate_series(1, v_count) n);
  END IF;
  RETURN ARRAY(SELECT register_query(string_agg(CASE WHEN n = k THEN v_near[n] ELSE v_query[n] END, ' & ' ORDER BY n))
                 FROM generate_series(1, v_count) k CROSS JOIN generate_series(1, v_count) n WHERE v_near[k] IS NOT NULL GROUP BY k);
END $$;

CREATE FUNCTION register_query(p_query text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT format('SELECT * FROM register_row r WHERE array_to_tsvector(string_to_array(r.name_search, '' '')) @@ %L::tsquery', p_query)
$$;

-- How many entries of each other register the same words find; for few leaves only, where counting is quick.
CREATE FUNCTION register_elsewhere(p_filter jsonb, p_words text[]) RETURNS TABLE (title text, count int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_mine int[] := ARRAY(SELECT app_units('registry.read'));
  v_theirs int[] := CASE WHEN p_filter ? 'state' THEN ARRAY(SELECT app_units('assessment.read')) END;
  v_leaves int[] := register_leaves(p_filter, v_mine);
BEGIN
  IF cardinality(p_words) NOT BETWEEN 1 AND 12 OR cardinality(v_leaves) NOT BETWEEN 1 AND 100 THEN RETURN; END IF;
  RETURN QUERY EXECUTE format('SELECT r.title, count(*)::int FROM register_row r WHERE r.unit_id = ANY ($1) AND r.title <> %L AND %s AND %s GROUP BY r.title',
    p_filter->>'title', register_condition(jsonb_build_object('year', p_filter->'year')), register_words_condition(v_leaves, p_words, NULL)) USING v_leaves, v_mine, v_theirs;
END $$;

-- Those of some units at which the current user has a capability: app_units, asked from below, for a page's few units.
CREATE FUNCTION register_mine(p_capability text, p_units int[]) RETURNS SETOF int LANGUAGE sql STABLE SECURITY DEFINER ROWS 50 SET search_path = public, pg_temp AS $$
  SELECT DISTINCT a.descendant_id
    FROM ancestry a
    JOIN role_grant g ON g.unit_id = a.ancestor_id
    JOIN app_user u ON u.id = g.user_id
    JOIN role_capability c ON c.role = g.role AND c.capability = p_capability
    JOIN unit gu ON gu.id = g.unit_id AND (NOT c.needs_standing_unit OR gu.valid_to IS NULL OR gu.valid_to > app_today())
   WHERE a.descendant_id = ANY (p_units) AND u.id = app_user_id() AND u.is_active
     AND a.valid_from <= least(app_today(), gu.valid_to - 1)
     AND (a.valid_to IS NULL OR a.valid_to > least(app_today(), gu.valid_to - 1))
     AND g.valid_from <= app_today() AND (g.valid_to IS NULL OR g.valid_to > app_today())
$$;

-- What the rows of a page show, in the order given: of entries and assessments the asker may read. The policies say the same, but work out
-- all units of a province for each table.
CREATE FUNCTION register_show(p_ids uuid[], p_units int[], p_title text, p_year int)
RETURNS TABLE (id uuid, title text, number bigint, name text, "unitId" int, "unitName" text, "communeName" text, "birthYear" int,
               "assessmentId" uuid, state text, "isComplete" boolean, total float8, "isClosed" boolean)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 50 SET search_path = public, pg_temp AS $$
  WITH page AS MATERIALIZED (
    SELECT p.at, p.leaf, s.*, a.id AS a_id, a.state AS a_state, a.is_complete AS a_complete, a.total AS a_total, a.commune_id AS a_commune
      FROM unnest(p_ids, p_units) WITH ORDINALITY AS p(id, leaf, at)
      JOIN subject s ON s.id = p.id
      LEFT JOIN assessment a ON a.subject_id = s.id AND a.title = p_title AND a.year = p_year
  ), mine AS MATERIALIZED (
    SELECT register_mine('registry.read', ARRAY(SELECT DISTINCT unit_id FROM page)) AS id
  ), theirs AS MATERIALIZED (
    SELECT register_mine('assessment.read', ARRAY(SELECT DISTINCT a_commune FROM page WHERE a_commune IS NOT NULL)) AS id
  )
  SELECT p.id, p.title, p.number, p.name, u.id, u.name,
         (SELECT c.name FROM placement l JOIN unit c ON c.id = l.parent_id
           WHERE l.child_id = u.id AND u.level = 'HAMLET' AND l.kind = 'TREE' ORDER BY l.valid_from DESC LIMIT 1),
         (SELECT d.birth_year FROM citizen d WHERE d.subject_id = p.id),
         CASE WHEN t.id IS NOT NULL THEN p.a_id END, CASE WHEN t.id IS NOT NULL THEN p.a_state END,
         t.id IS NOT NULL AND coalesce(p.a_complete, false), CASE WHEN t.id IS NOT NULL THEN p.a_total::float8 END, p.active_to IS NOT NULL
    FROM page p JOIN mine m ON m.id = p.unit_id JOIN unit u ON u.id = p.leaf LEFT JOIN theirs t ON t.id = p.a_commune
   ORDER BY p.at
$$;

-- The triggers write as the owner of the table; the web role looks through these doors alone.
ALTER TABLE register_row ENABLE ROW LEVEL SECURITY;
ALTER TABLE register_word ENABLE ROW LEVEL SECURITY;
REVOKE EXECUTE ON FUNCTION register_write(uuid[]), register_leaves(jsonb, int[]), register_condition(jsonb, boolean), register_patterns(jsonb), register_is_rare(jsonb), register_gather(jsonb, text), register_known(jsonb),
  register_words_condition(int[], text[], jsonb), register_queries(text[], jsonb), register_quick(text, text[], jsonb, boolean, text), register_frequency(text), register_hamlets(int[], text[]), register_page(jsonb, uuid, boolean, int), register_count(jsonb),
  register_search(jsonb, text[], jsonb, int, int), register_elsewhere(jsonb, text[]), register_mine(text, int[]), register_show(uuid[], int[], text, int), register_differences(), register_rebuild() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION register_page(jsonb, uuid, boolean, int), register_count(jsonb), register_search(jsonb, text[], jsonb, int, int),
  register_elsewhere(jsonb, text[]), register_show(uuid[], int[], text, int) TO hieuhoc_app;
