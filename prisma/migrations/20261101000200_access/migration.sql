-- The role of the web process: owns nothing, bypasses nothing. The start script gives it a password.
DO $$
BEGIN
  CREATE ROLE hieuhoc_app NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL; -- another database of this server has it already
END $$;

CREATE FUNCTION app_user_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT nullif(current_setting('app.user_id', true), '')::uuid
$$;

-- The units at which the current user has a capability: everything below each of the user's grants; below an ended unit,
-- what stood there on its last day. What lives on belongs to the successors: the register and its figures are not reached
-- through an ended unit (needs_standing_unit).
CREATE FUNCTION app_units(p_capability text) RETURNS SETOF int
LANGUAGE sql STABLE SECURITY DEFINER ROWS 200 SET search_path = public, pg_temp AS $$
  SELECT DISTINCT a.descendant_id
    FROM app_user u
    JOIN role_grant g ON g.user_id = u.id
    JOIN role_capability c ON c.role = g.role AND c.capability = p_capability
    JOIN unit gu ON gu.id = g.unit_id AND (NOT c.needs_standing_unit OR gu.valid_to IS NULL OR gu.valid_to > app_today())
    JOIN ancestry a ON a.ancestor_id = g.unit_id
     AND a.valid_from <= least(app_today(), gu.valid_to - 1)
     AND (a.valid_to IS NULL OR a.valid_to > least(app_today(), gu.valid_to - 1))
   WHERE u.id = app_user_id() AND u.is_active
     AND g.valid_from <= app_today() AND (g.valid_to IS NULL OR g.valid_to > app_today())
$$;

-- The same for grants on ended units alone, whatever the capability needs, with the day each ended: what stood there then
-- may stand elsewhere now, and what came there later was never theirs.
CREATE FUNCTION app_past_units(p_capability text) RETURNS TABLE (unit_id int, ended_on date)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 50 SET search_path = public, pg_temp AS $$
  SELECT a.descendant_id, max(gu.valid_to)
    FROM app_user u
    JOIN role_grant g ON g.user_id = u.id
    JOIN role_capability c ON c.role = g.role AND c.capability = p_capability
    JOIN unit gu ON gu.id = g.unit_id AND gu.valid_to <= app_today()
    JOIN ancestry a ON a.ancestor_id = g.unit_id
     AND a.valid_from <= gu.valid_to - 1 AND (a.valid_to IS NULL OR a.valid_to > gu.valid_to - 1)
   WHERE u.id = app_user_id() AND u.is_active
     AND g.valid_from <= app_today() AND (g.valid_to IS NULL OR g.valid_to > app_today())
   GROUP BY a.descendant_id
$$;

CREATE FUNCTION app_may(p_capability text, p_unit int) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM app_units(p_capability) x WHERE x = p_unit)
$$;

-- Sign-in. An attempt is counted before the password is looked at, so that guesses in parallel count too; a success takes it
-- back. The fifth failure in a row closes the account for fifteen minutes; failures lapse after as long.
CREATE FUNCTION auth_begin(p_username text)
RETURNS TABLE (id uuid, name text, password_hash text, session_version int, is_active boolean, is_locked boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v app_user%ROWTYPE;
  v_failures int;
BEGIN
  SELECT * INTO v FROM app_user u WHERE u.username = lower(p_username) FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  IF v.locked_until > now() THEN
    RETURN QUERY SELECT v.id, v.name, v.password_hash, v.session_version, v.is_active, true;
    RETURN;
  END IF;
  v_failures := CASE WHEN v.last_attempt_at > now() - interval '15 minutes' THEN v.failed_attempts ELSE 0 END + 1;
  UPDATE app_user u SET failed_attempts = v_failures, last_attempt_at = now(),
         locked_until = CASE WHEN v_failures >= 5 THEN now() + interval '15 minutes' END
   WHERE u.id = v.id;
  RETURN QUERY SELECT v.id, v.name, v.password_hash, v.session_version, v.is_active, false;
END $$;

CREATE FUNCTION auth_succeed(p_user uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE app_user SET failed_attempts = 0, locked_until = NULL WHERE id = p_user
$$;

-- The hash of an account that is signed in already, for a change of its password.
CREATE FUNCTION auth_own_hash() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT password_hash FROM app_user WHERE id = app_user_id()
$$;

-- The signed-in person as the database knows them now, roles at units that still stand first; no row when the session was ended.
CREATE FUNCTION auth_session(p_user uuid, p_session_version int)
RETURNS TABLE (id uuid, username text, name text, is_demo boolean, must_change_password boolean, grants jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT u.id, u.username, u.name, u.is_demo, u.must_change_password,
         coalesce((SELECT jsonb_agg(jsonb_build_object('role', g.role, 'unitId', g.unit_id, 'unitName', gu.name, 'unitLevel', gu.level,
                                                       'isStanding', s.is_standing)
                                    ORDER BY s.is_standing DESC, g.valid_from, g.id)
                     FROM role_grant g JOIN unit gu ON gu.id = g.unit_id
                     CROSS JOIN LATERAL (SELECT gu.valid_to IS NULL OR gu.valid_to > app_today() AS is_standing) s
                    WHERE g.user_id = u.id AND g.valid_from <= app_today()
                      AND (g.valid_to IS NULL OR g.valid_to > app_today())), '[]'::jsonb)
    FROM app_user u
   WHERE u.id = p_user AND u.session_version = p_session_version AND u.is_active
$$;

-- A change of password, role or activity ends the sessions that were open.
CREATE FUNCTION end_sessions_of_user() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.password_hash <> OLD.password_hash OR NEW.is_active <> OLD.is_active THEN
    NEW.session_version := OLD.session_version + 1;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER app_user_sessions BEFORE UPDATE ON app_user FOR EACH ROW EXECUTE FUNCTION end_sessions_of_user();

CREATE FUNCTION end_sessions_of_grant() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE app_user SET session_version = session_version + 1
   WHERE id IN (SELECT CASE WHEN TG_OP = 'DELETE' THEN OLD.user_id ELSE NEW.user_id END);
  RETURN NULL;
END $$;
CREATE TRIGGER role_grant_sessions AFTER INSERT OR UPDATE OR DELETE ON role_grant
  FOR EACH ROW EXECUTE FUNCTION end_sessions_of_grant();

-- A role is held at the levels it is made for.
CREATE FUNCTION role_fits(p_role text, p_unit int) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM unit u JOIN role_level l ON l.level = u.level WHERE u.id = p_unit AND l.role = p_role)
$$;

-- Accounts are written through these alone; each asks the access table first.
CREATE FUNCTION user_create(p_username text, p_name text, p_password_hash text, p_role text, p_unit int) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_id uuid;
BEGIN
  IF NOT app_may('user.manage', p_unit) OR NOT role_fits(p_role, p_unit) OR p_password_hash NOT LIKE '$argon2id$%' THEN
    RAISE EXCEPTION 'not found' USING ERRCODE = 'HH001';
  END IF;
  INSERT INTO app_user (username, name, password_hash, must_change_password)
  VALUES (lower(p_username), p_name, p_password_hash, true) RETURNING id INTO v_id;
  INSERT INTO role_grant (user_id, role, unit_id) VALUES (v_id, p_role, p_unit);
  RETURN v_id;
END $$;

-- May the current user manage that account: all its grants lie inside the units the manager manages.
CREATE FUNCTION user_is_managed(p_user uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH standing AS (
    SELECT unit_id FROM role_grant WHERE user_id = p_user AND (valid_to IS NULL OR valid_to > app_today())
  )
  SELECT EXISTS (SELECT 1 FROM standing)
     AND NOT EXISTS (SELECT 1 FROM standing WHERE unit_id NOT IN (SELECT app_units('user.manage')))
$$;

CREATE FUNCTION user_set_password(p_user uuid, p_password_hash text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF p_user IS DISTINCT FROM app_user_id() AND NOT user_is_managed(p_user) THEN
    RAISE EXCEPTION 'not found' USING ERRCODE = 'HH001';
  END IF;
  UPDATE app_user SET password_hash = p_password_hash, failed_attempts = 0, locked_until = NULL,
         must_change_password = (p_user IS DISTINCT FROM app_user_id()), version = version + 1
   WHERE id = p_user;
END $$;

CREATE FUNCTION user_set_active(p_user uuid, p_active boolean, p_version int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF p_user = app_user_id() OR NOT user_is_managed(p_user) THEN RAISE EXCEPTION 'not found' USING ERRCODE = 'HH001'; END IF;
  UPDATE app_user SET is_active = p_active, version = version + 1 WHERE id = p_user AND version = p_version;
  IF NOT FOUND THEN RAISE EXCEPTION 'changed meanwhile' USING ERRCODE = 'HH004'; END IF;
END $$;

CREATE FUNCTION user_set_role(p_user uuid, p_role text, p_unit int, p_version int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF p_user = app_user_id() OR NOT user_is_managed(p_user) OR NOT app_may('user.manage', p_unit) OR NOT role_fits(p_role, p_unit) THEN
    RAISE EXCEPTION 'not found' USING ERRCODE = 'HH001';
  END IF;
  UPDATE app_user SET version = version + 1 WHERE id = p_user AND version = p_version;
  IF NOT FOUND THEN RAISE EXCEPTION 'changed meanwhile' USING ERRCODE = 'HH004'; END IF;
  DELETE FROM role_grant WHERE user_id = p_user AND valid_from >= app_today();
  UPDATE role_grant SET valid_to = app_today() WHERE user_id = p_user AND (valid_to IS NULL OR valid_to > app_today());
  INSERT INTO role_grant (user_id, role, unit_id) VALUES (p_user, p_role, p_unit);
END $$;

-- A new hamlet under a commune: unit, name, placement and ancestry in one step.
CREATE FUNCTION hamlet_create(p_commune int, p_name text, p_type text, p_from date) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_id int; v_code text; v_next int;
BEGIN
  IF NOT app_may('registry.write', p_commune) THEN RAISE EXCEPTION 'not found' USING ERRCODE = 'HH001'; END IF;
  SELECT code INTO v_code FROM unit
   WHERE id = p_commune AND level = 'COMMUNE' AND valid_from <= p_from AND (valid_to IS NULL OR valid_to > p_from) FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'not found' USING ERRCODE = 'HH001'; END IF;
  SELECT coalesce(max(substring(code FROM '-(\d+)$')::int), 0) + 1 INTO v_next
    FROM unit WHERE level = 'HAMLET' AND code LIKE v_code || '-%';
  INSERT INTO unit (level, code, name, type, valid_from)
  VALUES ('HAMLET', v_code || '-' || lpad(v_next::text, 3, '0'), p_name, p_type, p_from) RETURNING id INTO v_id;
  INSERT INTO unit_name (unit_id, name, type, valid_from) VALUES (v_id, p_name, p_type, p_from);
  INSERT INTO placement (child_id, parent_id, valid_from) VALUES (v_id, p_commune, p_from);
  PERFORM refresh_ancestry(ARRAY[v_id]);
  RETURN v_id;
END $$;

-- Corrects a hamlet's name and kind. A renaming by decision is a matter of territory, with its date.
CREATE FUNCTION hamlet_correct(p_hamlet int, p_name text, p_type text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT app_may('registry.write', p_hamlet) THEN RAISE EXCEPTION 'not found' USING ERRCODE = 'HH001'; END IF;
  UPDATE unit SET name = p_name, type = p_type WHERE id = p_hamlet AND level = 'HAMLET';
  IF NOT FOUND THEN RAISE EXCEPTION 'not found' USING ERRCODE = 'HH001'; END IF;
  UPDATE unit_name SET name = p_name, type = p_type WHERE unit_id = p_hamlet AND valid_to IS NULL;
END $$;
