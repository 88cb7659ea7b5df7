-- Taking a whole filtered list out: its ids in the order of the pages, drawn as they are fetched.

-- Opens the cursor "register_rows" over all rows of a filter: id and leaf, in the order in which register_page hands them out. What
-- the asker may read is settled here; the cursor ends with the transaction. Up to FEW leaves the rows are gathered and sorted, above
-- the order of the whole register is walked once, so the first rows come at once however many follow; a
-- state that few assessments have is gathered from them.
CREATE FUNCTION register_open(p_filter jsonb) RETURNS refcursor LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp SET cursor_tuple_fraction = 0.001 AS $$
DECLARE
  c_few CONSTANT int := 100;
  c_rare CONSTANT int := 5000;
  v_mine int[] := ARRAY(SELECT app_units('registry.read'));
  v_theirs int[] := CASE WHEN p_filter ? 'state' THEN ARRAY(SELECT app_units('assessment.read')) END;
  v_leaves int[] := register_leaves(p_filter, v_mine);
  v_where text := register_condition(p_filter);
  v_order text := CASE WHEN p_filter->>'sort' = 'newest' THEN 'r.number DESC' ELSE 'r.name_sort, r.subject_id' END;
  v_rows refcursor := 'register_rows';
  v_seen bigint;
BEGIN
  IF cardinality(v_leaves) > c_few AND p_filter->'state'->>'state' <> 'REGISTERED' THEN
    EXECUTE format('SELECT count(*) FROM (SELECT 1 FROM (%s) g LIMIT %s) x', register_gather(p_filter, v_where), c_rare + 1) INTO v_seen USING v_leaves, v_mine, v_theirs;
  END IF;
  IF p_filter->>'sort' = 'hamlet' AND cardinality(v_leaves) <= c_few THEN
    OPEN v_rows NO SCROLL FOR EXECUTE format(
      'SELECT r.subject_id, r.unit_id FROM unnest($1) WITH ORDINALITY AS l(id, rank) CROSS JOIN LATERAL (
         SELECT * FROM register_row r WHERE r.unit_id = l.id AND %s OFFSET 0) r ORDER BY l.rank, %s', v_where, v_order) USING v_leaves, v_mine, v_theirs;
  ELSIF cardinality(v_leaves) <= c_few OR p_filter ? 'clanId' OR p_filter ? 'organisationId' THEN
    OPEN v_rows NO SCROLL FOR EXECUTE format(
      'SELECT r.subject_id, r.unit_id FROM (SELECT * FROM register_row r WHERE %s AND r.unit_id = ANY ($1) OFFSET 0) r ORDER BY %s',
      v_where, v_order) USING v_leaves, v_mine, v_theirs;
  ELSIF v_seen <= c_rare THEN
    OPEN v_rows NO SCROLL FOR EXECUTE format(
      'SELECT r.subject_id, r.unit_id FROM (SELECT * FROM (%s) g OFFSET 0) r ORDER BY %s', register_gather(p_filter, v_where), v_order) USING v_leaves, v_mine, v_theirs;
  ELSE
    OPEN v_rows NO SCROLL FOR EXECUTE format(
      'SELECT r.subject_id, r.unit_id FROM (SELECT * FROM register_row r WHERE r.title = %L ORDER BY %s OFFSET 0) r
        WHERE (r.unit_id IN (SELECT unnest($1))) IS TRUE AND %s', p_filter->>'title', v_order, v_where) USING v_leaves, v_mine, v_theirs;
  END IF;
  RETURN v_rows;
END $$;

-- How many rows register_open draws, exactly, whatever it takes.
CREATE FUNCTION register_total(p_filter jsonb) RETURNS int LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  c_few CONSTANT int := 100;
  v_mine int[] := ARRAY(SELECT app_units('registry.read'));
  v_theirs int[] := CASE WHEN p_filter ? 'state' THEN ARRAY(SELECT app_units('assessment.read')) END;
  v_leaves int[] := register_leaves(p_filter, v_mine);
  v_where text := register_condition(p_filter);
  v_total int;
BEGIN
  EXECUTE CASE WHEN cardinality(v_leaves) <= c_few OR p_filter ? 'clanId' OR p_filter ? 'organisationId'
    THEN format('SELECT count(*) FROM register_row r WHERE %s AND r.unit_id = ANY ($1)', v_where)
    ELSE format('SELECT count(*) FROM (%s) g', register_gather(p_filter, v_where)) END
    INTO v_total USING v_leaves, v_mine, v_theirs;
  RETURN v_total;
END $$;

REVOKE EXECUTE ON FUNCTION register_open(jsonb), register_total(jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION register_open(jsonb), register_total(jsonb) TO hieuhoc_app;
