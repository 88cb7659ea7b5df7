-- The life of a hamlet: renamed, merged, split, classified. Each asks for the right itself; entries follow through hamlet_rehome.

-- Another name or kind from a day on; what it was called before stays.
CREATE FUNCTION hamlet_rename(p_hamlet int, p_name text, p_type text, p_on date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_from date;
BEGIN
  IF NOT app_may('registry.write', p_hamlet) THEN RAISE EXCEPTION 'not found' USING ERRCODE = 'HH001'; END IF;
  PERFORM 1 FROM unit WHERE id = p_hamlet AND level = 'HAMLET' AND valid_to IS NULL FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'not found' USING ERRCODE = 'HH001'; END IF;
  SELECT valid_from INTO v_from FROM unit_name WHERE unit_id = p_hamlet AND valid_to IS NULL;
  IF p_on <= v_from OR p_on > app_today() THEN RAISE EXCEPTION 'not after the present name' USING ERRCODE = 'HH002'; END IF;
  UPDATE unit_name SET valid_to = p_on WHERE unit_id = p_hamlet AND valid_to IS NULL;
  INSERT INTO unit_name (unit_id, name, type, valid_from) VALUES (p_hamlet, p_name, p_type, p_on);
  UPDATE unit SET name = p_name, type = p_type WHERE id = p_hamlet;
END $$;

-- p_old hands over to p_new from a day on. With p_ends it ends that day: under its one successor when its people went there
-- whole, else under its commune, so that what it counted before can still be summed on the later map.
CREATE FUNCTION hamlet_succeed(p_old int, p_new int[], p_on date, p_ends boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_commune int;
  v_from date;
  v_is_whole boolean := p_ends AND cardinality(p_new) = 1;
BEGIN
  IF NOT app_may('registry.write', p_old) OR EXISTS (SELECT 1 FROM unnest(p_new) n WHERE NOT app_may('registry.write', n)) THEN
    RAISE EXCEPTION 'not found' USING ERRCODE = 'HH001';
  END IF;
  PERFORM 1 FROM unit WHERE id = ANY (p_old || p_new) ORDER BY id FOR UPDATE;
  SELECT p.parent_id, u.valid_from INTO v_commune, v_from FROM unit u JOIN placement p ON p.child_id = u.id AND p.kind = 'TREE' AND p.valid_to IS NULL
   WHERE u.id = p_old AND u.level = 'HAMLET' AND u.valid_to IS NULL;
  IF NOT FOUND OR cardinality(p_new) = 0 OR p_old = ANY (p_new) OR (SELECT count(DISTINCT n) FROM unnest(p_new) n) <> (
       SELECT count(*) FROM unit u JOIN placement p ON p.child_id = u.id AND p.kind = 'TREE' AND p.valid_to IS NULL AND p.parent_id = v_commune
        WHERE u.id = ANY (p_new) AND u.level = 'HAMLET' AND u.valid_to IS NULL AND u.valid_from <= p_on) THEN
    RAISE EXCEPTION 'not found' USING ERRCODE = 'HH001';
  END IF;
  IF p_on <= v_from OR p_on > app_today() THEN RAISE EXCEPTION 'not a day of its life' USING ERRCODE = 'HH002'; END IF;

  INSERT INTO succession (old_unit_id, new_unit_id, effective_on, population)
  SELECT p_old, n, p_on, CASE WHEN v_is_whole THEN 'WHOLE' ELSE 'PART' END FROM unnest(p_new) n
  ON CONFLICT (old_unit_id, new_unit_id) DO UPDATE SET effective_on = excluded.effective_on, population = excluded.population;
  IF NOT p_ends THEN RETURN; END IF;

  UPDATE unit SET valid_to = p_on WHERE id = p_old;
  UPDATE unit_name SET valid_to = p_on WHERE unit_id = p_old AND valid_to IS NULL;
  UPDATE placement SET valid_to = p_on WHERE child_id = p_old AND valid_to IS NULL;
  INSERT INTO placement (child_id, parent_id, kind, valid_from)
  VALUES (p_old, CASE WHEN v_is_whole THEN p_new[1] ELSE v_commune END, 'SUCCESSION', p_on);
  PERFORM refresh_ancestry(ARRAY[p_old]);
END $$;

-- The entries stand in p_to instead of p_from from a day on. A home that began later never was in the old hamlet; one that had
-- ended before stays.
CREATE FUNCTION hamlet_rehome(p_subjects uuid[], p_from int, p_to int, p_on date) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_count int;
BEGIN
  IF NOT app_may('registry.write', p_from) OR NOT app_may('registry.write', p_to)
     OR NOT EXISTS (SELECT 1 FROM succession WHERE old_unit_id = p_from AND new_unit_id = p_to AND effective_on = p_on) THEN
    RAISE EXCEPTION 'not found' USING ERRCODE = 'HH001';
  END IF;
  PERFORM 1 FROM subject WHERE id = ANY (p_subjects) ORDER BY id FOR UPDATE;

  CREATE TEMP TABLE moving_home ON COMMIT DROP AS
  SELECT subject_id, valid_from, valid_to FROM subject_home
   WHERE subject_id = ANY (p_subjects) AND unit_id = p_from AND (valid_to IS NULL OR valid_to > p_on);
  DELETE FROM subject_home h USING moving_home m WHERE h.subject_id = m.subject_id AND h.valid_from = m.valid_from AND m.valid_from >= p_on;
  UPDATE subject_home h SET valid_to = p_on FROM moving_home m
   WHERE h.subject_id = m.subject_id AND h.valid_from = m.valid_from AND m.valid_from < p_on;
  UPDATE subject s SET unit_id = CASE WHEN s.unit_id = p_from THEN p_to ELSE s.unit_id END, version = s.version + 1, updated_at = now()
   WHERE s.id IN (SELECT subject_id FROM moving_home);
  GET DIAGNOSTICS v_count = ROW_COUNT;
  INSERT INTO subject_home (subject_id, unit_id, valid_from, valid_to)
  SELECT subject_id, p_to, greatest(valid_from, p_on), valid_to FROM moving_home;
  DROP TABLE moving_home;
  RETURN v_count;
END $$;

-- Whether a hamlet is specially difficult (đặc biệt khó khăn) in a year.
CREATE FUNCTION hamlet_classify(p_hamlet int, p_year int, p_is_difficult boolean) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_count int;
BEGIN
  IF NOT app_may('registry.write', p_hamlet) OR NOT EXISTS (SELECT 1 FROM unit WHERE id = p_hamlet AND level = 'HAMLET') THEN
    RAISE EXCEPTION 'not found' USING ERRCODE = 'HH001';
  END IF;
  IF p_is_difficult THEN
    INSERT INTO unit_flag (unit_id, year, flag) VALUES (p_hamlet, p_year, 'SPECIALLY_DIFFICULT') ON CONFLICT DO NOTHING;
  ELSE
    DELETE FROM unit_flag WHERE unit_id = p_hamlet AND year = p_year AND flag = 'SPECIALLY_DIFFICULT';
  END IF;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  RETURN v_count > 0;
END $$;

-- Nothing new comes to stand in a hamlet that has ended. The lock waits for whoever is ending it.
CREATE FUNCTION guard_subject_place() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_units int[];
BEGIN
  IF app_user_id() IS NULL THEN RETURN NULL; END IF;  -- the owner's own work: history is loaded as it was
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(DISTINCT unit_id) INTO v_units FROM new_rows WHERE active_to IS NULL;
  ELSE
    SELECT array_agg(DISTINCT n.unit_id) INTO v_units FROM new_rows n JOIN old_rows o USING (id)
     WHERE n.active_to IS NULL AND (n.unit_id <> o.unit_id OR o.active_to IS NOT NULL);
  END IF;
  IF v_units IS NULL THEN RETURN NULL; END IF;
  PERFORM 1 FROM unit WHERE id = ANY (v_units) ORDER BY id FOR KEY SHARE;
  IF EXISTS (SELECT 1 FROM unit WHERE id = ANY (v_units) AND level = 'HAMLET' AND valid_to <= app_today()) THEN
    RAISE EXCEPTION 'the hamlet has ended' USING ERRCODE = 'HH004';
  END IF;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION guard_subject_place() FROM PUBLIC;
CREATE TRIGGER subject_place_insert AFTER INSERT ON subject REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION guard_subject_place();
CREATE TRIGGER subject_place_update AFTER UPDATE ON subject REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION guard_subject_place();

DO $$
DECLARE f regprocedure;
BEGIN
  FOREACH f IN ARRAY ARRAY['hamlet_rename(int, text, text, date)', 'hamlet_succeed(int, int[], date, boolean)',
                           'hamlet_rehome(uuid[], int, int, date)', 'hamlet_classify(int, int, boolean)']::regprocedure[] LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO hieuhoc_app', f);
  END LOOP;
END $$;
