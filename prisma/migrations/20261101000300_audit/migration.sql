-- One line of text per entry, the same for ever: what the hash covers.
CREATE FUNCTION action_text(p_chain int, p_seq bigint, p_request uuid, p_actor uuid, p_verb text, p_type text, p_entity text, p_at timestamptz, p_detail jsonb)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT concat_ws('|', p_chain, p_seq, p_request, coalesce(p_actor::text, '-'), p_verb, p_type, p_entity,
                   to_char(p_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS'), p_detail::text)
$$;

-- The separator stands in none of the free parts, or two different entries could read alike.
ALTER TABLE action ADD CONSTRAINT action_separator_check CHECK (position('|' IN verb || entity_type || entity_id) = 0);

CREATE FUNCTION action_hash(p_prev bytea, p_text text) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT sha256(p_prev || convert_to(p_text, 'UTF8'))
$$;

-- Appends entries to a commune's chain (0: none), in order, as the current user. p_entries: [{verb, type, id, detail}].
-- The chain's head is locked for the rest of the transaction, so a chain has no gaps and no forks.
CREATE FUNCTION append_actions(p_chain int, p_request uuid, p_entries jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_seq bigint;
  v_hash bytea;
  v_prev bytea;
  v_at timestamptz;
  v_actor uuid := app_user_id();
  e record;
BEGIN
  -- The web role writes of a request it has just claimed, in a chain of its own units.
  IF session_user = 'hieuhoc_app' AND (
       NOT EXISTS (SELECT 1 FROM request r WHERE r.request_id = p_request AND r.actor_id = v_actor AND r.result IS NULL)
       OR p_chain <> 0 AND NOT app_may('dashboard.read', p_chain)) THEN
    RAISE EXCEPTION 'not found' USING ERRCODE = 'HH001';
  END IF;
  INSERT INTO chain_head (chain_id, seq, hash) VALUES (p_chain, 0, '\x'::bytea) ON CONFLICT DO NOTHING;
  SELECT seq, hash INTO v_seq, v_hash FROM chain_head WHERE chain_id = p_chain FOR UPDATE;
  v_at := date_trunc('milliseconds', clock_timestamp());
  FOR e IN SELECT x->>'verb' AS verb, x->>'type' AS type, x->>'id' AS id, coalesce(x->'detail', '{}'::jsonb) AS detail
             FROM jsonb_array_elements(p_entries) WITH ORDINALITY AS t(x, n) ORDER BY n LOOP
    v_seq := v_seq + 1;
    v_prev := v_hash;
    v_hash := action_hash(v_prev, action_text(p_chain, v_seq, p_request, v_actor, e.verb, e.type, e.id, v_at, e.detail));
    INSERT INTO action (chain_id, seq, request_id, actor_id, verb, entity_type, entity_id, at, detail, prev_hash, hash)
    VALUES (p_chain, v_seq, p_request, v_actor, e.verb, e.type, e.id, v_at, e.detail, v_prev, v_hash);
  END LOOP;
  UPDATE chain_head SET seq = v_seq, hash = v_hash WHERE chain_id = p_chain;
  RETURN v_seq;
END $$;

-- Nobody rewrites the log, the owner of the tables included (short of dropping the trigger, which the chain then shows).
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the log is append-only' USING ERRCODE = 'HH006';
END $$;
CREATE TRIGGER action_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON action
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Every broken link of every chain; no row when all hold. Also finds a head that does not stand at its chain's end.
CREATE FUNCTION audit_broken() RETURNS TABLE (chain_id int, seq bigint, fault text)
LANGUAGE sql STABLE AS $$
  WITH link AS (
    SELECT a.*, lag(a.seq, 1, 0::bigint) OVER w AS before_seq, lag(a.hash, 1, '\x'::bytea) OVER w AS before_hash
      FROM action a WINDOW w AS (PARTITION BY a.chain_id ORDER BY a.seq)
  )
  SELECT chain_id, seq, CASE
           WHEN seq <> before_seq + 1 THEN 'GAP'
           WHEN prev_hash <> before_hash THEN 'BROKEN_LINK'
           ELSE 'CHANGED' END
    FROM link
   WHERE seq <> before_seq + 1 OR prev_hash <> before_hash
      OR hash <> action_hash(prev_hash, action_text(chain_id, seq, request_id, actor_id, verb, entity_type, entity_id, at, detail))
  UNION ALL
  SELECT coalesce(h.chain_id, e.chain_id), coalesce(e.seq, 0), 'WRONG_HEAD'
    FROM chain_head h
    FULL JOIN (SELECT DISTINCT ON (chain_id) chain_id, seq, hash FROM action ORDER BY chain_id, seq DESC) e USING (chain_id)
   WHERE (h.seq, h.hash) IS DISTINCT FROM (e.seq, e.hash) AND NOT (h.seq = 0 AND e.seq IS NULL)
   ORDER BY 1, 2
$$;
