-- Lists that come in: one batch per file, its rows while they are being judged, how far the worker is, and what a commune
-- chose for columns like these before. Only who writes the register of the commune sees any of it.
CREATE TABLE import_batch (
  id UUID NOT NULL,
  commune_id INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'LOOKING',
  version INTEGER NOT NULL DEFAULT 1,
  file_name TEXT NOT NULL,
  storage_key TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  byte_size INTEGER NOT NULL,
  format TEXT NOT NULL,
  look JSONB,
  plan JSONB,
  counts JSONB,
  base JSONB,
  written JSONB,
  failed_state TEXT,
  error_code TEXT,
  error_text TEXT,
  step_id UUID NOT NULL,
  write_step_id UUID,
  acting_id UUID NOT NULL,
  queued_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  created_by UUID NOT NULL,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  checked_at TIMESTAMPTZ(3),
  written_by UUID,
  written_at TIMESTAMPTZ(3),
  undone_by UUID,
  undone_at TIMESTAMPTZ(3),
  expires_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP + interval '7 days',
  is_file_kept BOOLEAN NOT NULL DEFAULT true,
  CONSTRAINT import_batch_pkey PRIMARY KEY (id),
  CONSTRAINT import_batch_commune_id_fkey FOREIGN KEY (commune_id) REFERENCES unit (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT import_batch_state_check CHECK (state IN ('LOOKING', 'LOOKED', 'CHECKING', 'CHECKED', 'WRITING', 'WRITTEN', 'UNDOING', 'UNDONE', 'FAILED', 'DISCARDED')),
  CONSTRAINT import_batch_failed_check CHECK ((state = 'FAILED') = (failed_state IS NOT NULL) AND (state <> 'FAILED' OR error_code IS NOT NULL)),
  CONSTRAINT import_batch_plan_check CHECK (plan IS NOT NULL OR state IN ('LOOKING', 'LOOKED', 'FAILED', 'DISCARDED')),
  CONSTRAINT import_batch_format_check CHECK (format IN ('XLSX', 'CSV')),
  CONSTRAINT import_batch_size_check CHECK (byte_size BETWEEN 1 AND 31457280),
  CONSTRAINT import_batch_name_check CHECK (length(file_name) BETWEEN 1 AND 255)
);
CREATE INDEX import_batch_commune_id_created_at_idx ON import_batch (commune_id, created_at DESC);
CREATE INDEX import_batch_commune_id_sha256_idx ON import_batch (commune_id, sha256);
-- The queue.
CREATE INDEX import_batch_waiting_idx ON import_batch (queued_at) WHERE state IN ('LOOKING', 'CHECKING', 'WRITING', 'UNDOING');

-- What the person who waits is shown. Written on a second connection: the work's own transaction is still open. Only numbers.
CREATE TABLE import_progress (
  batch_id UUID NOT NULL,
  commune_id INTEGER NOT NULL,
  stage TEXT NOT NULL DEFAULT 'WAITING',
  done INTEGER NOT NULL DEFAULT 0,
  total INTEGER,
  starts INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0,
  not_before TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT import_progress_pkey PRIMARY KEY (batch_id),
  CONSTRAINT import_progress_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch (id) ON DELETE CASCADE ON UPDATE RESTRICT,
  CONSTRAINT import_progress_stage_check CHECK (stage IN ('WAITING', 'READING', 'MATCHING', 'WRITING', 'COUNTING', 'UNDOING', 'DONE'))
);

-- A row of a list between check and write. is_derived: no row of the file but a household that its people's rows tell of.
CREATE TABLE import_row (
  batch_id UUID NOT NULL,
  ordinal INTEGER NOT NULL,
  commune_id INTEGER NOT NULL,
  sheet TEXT NOT NULL,
  row_number INTEGER NOT NULL,
  target TEXT NOT NULL,
  is_derived BOOLEAN NOT NULL DEFAULT false,
  verdict TEXT NOT NULL,
  problems JSONB NOT NULL DEFAULT '[]',
  facts JSONB NOT NULL DEFAULT '{}',
  changes JSONB,
  unit_id INTEGER,
  subject_id UUID,
  base_version INTEGER,
  household_ordinal INTEGER,
  household_id UUID,
  clan_id UUID,
  organisation_id UUID,
  identity_hash BYTEA,
  identity_cipher BYTEA,
  decision TEXT,
  CONSTRAINT import_row_pkey PRIMARY KEY (batch_id, ordinal),
  CONSTRAINT import_row_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch (id) ON DELETE CASCADE ON UPDATE RESTRICT,
  CONSTRAINT import_row_verdict_check CHECK (verdict IN ('NEW', 'CHANGED', 'UNCHANGED', 'DOUBTFUL', 'REPEATED', 'REJECTED')),
  CONSTRAINT import_row_target_check CHECK (target IN ('FAMILY', 'CLAN', 'COMMUNITY', 'ORGANISATION', 'CITIZEN')),
  CONSTRAINT import_row_decision_check CHECK (decision IS NULL OR decision IN ('NEW', 'SAME', 'LEAVE') AND verdict = 'DOUBTFUL'),
  CONSTRAINT import_row_match_check CHECK (verdict NOT IN ('CHANGED', 'UNCHANGED', 'DOUBTFUL') OR subject_id IS NOT NULL)
);
CREATE INDEX import_row_batch_id_verdict_ordinal_idx ON import_row (batch_id, verdict, ordinal);

-- The registrations a batch made, so that undo takes back these and no others.
CREATE TABLE import_registration (
  batch_id UUID NOT NULL,
  assessment_id UUID NOT NULL,
  CONSTRAINT import_registration_pkey PRIMARY KEY (batch_id, assessment_id),
  CONSTRAINT import_registration_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch (id) ON DELETE CASCADE ON UPDATE RESTRICT
);

-- The identity numbers of entries that were there before: what a batch wrote, and what stood there (null: none), sealed as it
-- was. The journal holds no numbers; undo puts back these.
CREATE TABLE import_identity (
  batch_id UUID NOT NULL,
  subject_id UUID NOT NULL,
  hash_before BYTEA,
  cipher_before BYTEA,
  hash_after BYTEA NOT NULL,
  version_after INTEGER NOT NULL,
  CONSTRAINT import_identity_pkey PRIMARY KEY (batch_id, subject_id),
  CONSTRAINT import_identity_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batch (id) ON DELETE CASCADE ON UPDATE RESTRICT,
  CONSTRAINT import_identity_subject_id_fkey FOREIGN KEY (subject_id) REFERENCES subject (id) ON DELETE CASCADE ON UPDATE RESTRICT,
  CONSTRAINT import_identity_before_check CHECK ((hash_before IS NULL) = (cipher_before IS NULL))
);
CREATE INDEX import_identity_subject_id_idx ON import_identity (subject_id);

-- What a commune chose for a sheet with these headers; the fingerprint is of the headers, which hold no person.
CREATE TABLE import_mapping (
  commune_id INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,
  target TEXT NOT NULL,
  fields JSONB NOT NULL,
  saved_by UUID NOT NULL,
  saved_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT import_mapping_pkey PRIMARY KEY (commune_id, fingerprint),
  CONSTRAINT import_mapping_commune_id_fkey FOREIGN KEY (commune_id) REFERENCES unit (id) ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- Which household a list's own number of a household inside its hamlet stood for when it was last written, so that a mended
-- row that comes later finds its household.
CREATE TABLE import_household (
  commune_id INTEGER NOT NULL,
  unit_id INTEGER NOT NULL,
  number TEXT NOT NULL,
  household_id UUID NOT NULL,
  CONSTRAINT import_household_pkey PRIMARY KEY (unit_id, number),
  CONSTRAINT import_household_commune_id_fkey FOREIGN KEY (commune_id) REFERENCES unit (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT import_household_household_id_fkey FOREIGN KEY (household_id) REFERENCES household (subject_id) ON DELETE CASCADE ON UPDATE RESTRICT
);
CREATE INDEX import_household_household_id_idx ON import_household (household_id);

-- A batch goes its way and no other; what it was made from stays.
CREATE FUNCTION guard_import_batch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
       ('LOOKING', 'LOOKED'), ('LOOKED', 'CHECKING'), ('CHECKING', 'CHECKED'), ('CHECKED', 'CHECKING'), ('CHECKED', 'WRITING'),
       ('WRITING', 'WRITTEN'), ('WRITING', 'CHECKING'), ('WRITTEN', 'UNDOING'), ('UNDOING', 'UNDONE'), ('UNDOING', 'WRITTEN'),
       ('LOOKING', 'FAILED'), ('CHECKING', 'FAILED'), ('WRITING', 'FAILED'), ('UNDOING', 'FAILED'),
       ('FAILED', 'LOOKING'), ('FAILED', 'LOOKED'), ('FAILED', 'CHECKING'), ('FAILED', 'CHECKED'), ('FAILED', 'WRITTEN'),
       ('LOOKING', 'DISCARDED'), ('LOOKED', 'DISCARDED'), ('CHECKING', 'DISCARDED'), ('CHECKED', 'DISCARDED'), ('FAILED', 'DISCARDED'))
     OR NEW.state = 'DISCARDED' AND OLD.state = 'FAILED' AND OLD.failed_state = 'UNDOING' THEN
    RAISE EXCEPTION 'no step from % to %', OLD.state, NEW.state USING ERRCODE = 'HH002';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER import_batch_guard BEFORE UPDATE ON import_batch FOR EACH ROW EXECUTE FUNCTION guard_import_batch();

ALTER TABLE import_batch ENABLE ROW LEVEL SECURITY;
ALTER TABLE import_progress ENABLE ROW LEVEL SECURITY;
ALTER TABLE import_row ENABLE ROW LEVEL SECURITY;
ALTER TABLE import_registration ENABLE ROW LEVEL SECURITY;
ALTER TABLE import_identity ENABLE ROW LEVEL SECURITY;
ALTER TABLE import_mapping ENABLE ROW LEVEL SECURITY;
ALTER TABLE import_household ENABLE ROW LEVEL SECURITY;

GRANT SELECT, INSERT ON import_batch, import_registration TO hieuhoc_app;
GRANT SELECT, INSERT, DELETE ON import_identity TO hieuhoc_app;
GRANT UPDATE (state, version, look, plan, counts, base, written, failed_state, error_code, error_text, step_id, write_step_id, acting_id, queued_at,
              checked_at, written_by, written_at, undone_by, undone_at, expires_at, is_file_kept) ON import_batch TO hieuhoc_app;
GRANT SELECT, INSERT, UPDATE (stage, done, total, starts, failures, not_before, at) ON import_progress TO hieuhoc_app;
GRANT SELECT, INSERT, DELETE, UPDATE (facts, changes, identity_hash, identity_cipher, decision) ON import_row TO hieuhoc_app;
GRANT SELECT, INSERT, UPDATE (household_id) ON import_household TO hieuhoc_app;
GRANT SELECT, INSERT, UPDATE (target, fields, saved_by, saved_at) ON import_mapping TO hieuhoc_app;

CREATE POLICY import_batch_read ON import_batch FOR SELECT TO hieuhoc_app USING (commune_id IN (SELECT app_units('registry.write')));
CREATE POLICY import_batch_insert ON import_batch FOR INSERT TO hieuhoc_app WITH CHECK (
  commune_id IN (SELECT app_units('registry.write')) AND created_by = app_user_id() AND acting_id = app_user_id()
  AND storage_key ~ ('^import/' || commune_id || '/' || id || '\.(xlsx|csv)$'));
CREATE POLICY import_batch_update ON import_batch FOR UPDATE TO hieuhoc_app
  USING (commune_id IN (SELECT app_units('registry.write')))
  WITH CHECK (commune_id IN (SELECT app_units('registry.write')) AND acting_id = app_user_id());
CREATE POLICY import_progress_all ON import_progress FOR ALL TO hieuhoc_app
  USING (commune_id IN (SELECT app_units('registry.write'))) WITH CHECK (commune_id IN (SELECT app_units('registry.write')));
CREATE POLICY import_row_all ON import_row FOR ALL TO hieuhoc_app
  USING (commune_id IN (SELECT app_units('registry.write'))) WITH CHECK (commune_id IN (SELECT app_units('registry.write')));
CREATE POLICY import_registration_read ON import_registration FOR SELECT TO hieuhoc_app
  USING (EXISTS (SELECT 1 FROM import_batch b WHERE b.id = batch_id));
CREATE POLICY import_registration_insert ON import_registration FOR INSERT TO hieuhoc_app
  WITH CHECK (batch_id IN (SELECT b.id FROM import_batch b WHERE b.state = 'WRITING' AND b.acting_id = app_user_id()));
CREATE POLICY import_identity_all ON import_identity FOR ALL TO hieuhoc_app
  USING (subject_unit(subject_id) IN (SELECT app_units('registry.identity')))
  WITH CHECK (subject_unit(subject_id) IN (SELECT app_units('registry.write'))
    AND batch_id IN (SELECT b.id FROM import_batch b WHERE b.state = 'WRITING' AND b.acting_id = app_user_id()));
CREATE POLICY import_mapping_all ON import_mapping FOR ALL TO hieuhoc_app
  USING (commune_id IN (SELECT app_units('registry.write')))
  WITH CHECK (commune_id IN (SELECT app_units('registry.write')) AND saved_by = app_user_id());
CREATE POLICY import_household_all ON import_household FOR ALL TO hieuhoc_app
  USING (commune_id IN (SELECT app_units('registry.write'))) WITH CHECK (commune_id IN (SELECT app_units('registry.write')));

-- The oldest batch that waits, locked for the rest of the transaction; one that another worker holds is passed over. The
-- worker does not know yet in whose name it works, so this looks past the policies: it gives the number, the state and the person.
CREATE FUNCTION import_claim() RETURNS TABLE (id uuid, state text, acting_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY
  SELECT b.id, b.state, b.acting_id FROM import_batch b JOIN import_progress p ON p.batch_id = b.id
   WHERE b.state IN ('LOOKING', 'CHECKING', 'WRITING', 'UNDOING') AND p.not_before <= clock_timestamp()
   ORDER BY b.queued_at LIMIT 1 FOR NO KEY UPDATE OF b SKIP LOCKED;
END $$;

-- Ends a stage that cannot be done, in the name of whoever asked for it, who may have lost the right to it meanwhile.
CREATE FUNCTION import_fail(p_batch uuid, p_code text, p_text text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE import_batch b SET failed_state = b.state, state = 'FAILED', error_code = p_code, error_text = p_text, version = b.version + 1
   WHERE b.id = (SELECT x.id FROM import_batch x
                  WHERE x.id = p_batch AND x.acting_id = app_user_id() AND x.state IN ('LOOKING', 'CHECKING', 'WRITING', 'UNDOING')
                    FOR NO KEY UPDATE SKIP LOCKED);
  RETURN FOUND;
END $$;

-- Counts a start or a failure of the worker on a batch it claimed; how often so far.
CREATE FUNCTION import_note_start(p_batch uuid) RETURNS TABLE (starts int, failures int)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE import_progress p SET starts = p.starts + 1, done = 0, total = NULL, at = now() FROM import_batch b
   WHERE p.batch_id = p_batch AND b.id = p_batch AND b.acting_id = app_user_id() RETURNING p.starts, p.failures
$$;
CREATE FUNCTION import_note_failure(p_batch uuid) RETURNS int
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE import_progress p SET failures = p.failures + 1, not_before = clock_timestamp() + make_interval(secs => 2 ^ p.failures), at = now()
    FROM import_batch b WHERE p.batch_id = p_batch AND b.id = p_batch AND b.acting_id = app_user_id() RETURNING p.failures
$$;

-- After seven days the file, its look and the rows go, whatever became of the batch; what was never decided is over.
-- Gives back the keys of the files that are to go from the store.
CREATE FUNCTION import_expire() RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_ids uuid[];
BEGIN
  SELECT array_agg(x.id) INTO v_ids FROM (
    SELECT b.id FROM import_batch b WHERE b.is_file_kept AND b.expires_at <= now()
       AND b.state NOT IN ('WRITING', 'UNDOING') LIMIT 100 FOR NO KEY UPDATE SKIP LOCKED) x;
  IF v_ids IS NULL THEN RETURN; END IF;
  DELETE FROM import_row r WHERE r.batch_id = ANY (v_ids);
  RETURN QUERY
  UPDATE import_batch b SET is_file_kept = false, look = NULL, version = b.version + 1,
         state = CASE WHEN b.state IN ('WRITTEN', 'UNDONE', 'DISCARDED') OR b.failed_state = 'UNDOING' THEN b.state ELSE 'DISCARDED' END,
         failed_state = CASE WHEN b.failed_state = 'UNDOING' THEN b.failed_state END
   WHERE b.id = ANY (v_ids) RETURNING b.storage_key;
END $$;

-- Takes back the registrations of a batch that is being undone, as long as nobody worked on them.
CREATE FUNCTION import_withdraw_registrations(p_batch uuid) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_count int;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM import_batch b WHERE b.id = p_batch AND b.state = 'UNDOING' AND b.acting_id = app_user_id()
                    AND app_may('assessment.write', b.commune_id)) THEN
    RAISE EXCEPTION 'not found' USING ERRCODE = 'HH001';
  END IF;
  PERFORM 1 FROM assessment a JOIN import_registration i ON i.assessment_id = a.id WHERE i.batch_id = p_batch ORDER BY a.id FOR UPDATE OF a;
  -- The list of registrations is written by the web role: what lies elsewhere or is another person's is not taken from it.
  IF EXISTS (SELECT 1 FROM assessment a JOIN import_registration i ON i.assessment_id = a.id JOIN import_batch b ON b.id = i.batch_id
              WHERE i.batch_id = p_batch AND (a.commune_id NOT IN (SELECT app_units('assessment.write')) OR a.created_by IS DISTINCT FROM b.written_by
                 OR a.state <> 'REGISTERED' OR a.version <> 1 OR a.answers <> '{}'
                 OR EXISTS (SELECT 1 FROM evidence_link l WHERE l.assessment_id = a.id))) THEN
    RAISE EXCEPTION 'work stands on it' USING ERRCODE = 'HH002';
  END IF;
  DELETE FROM assessment a USING import_registration i WHERE i.batch_id = p_batch AND i.assessment_id = a.id;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  DELETE FROM import_registration i WHERE i.batch_id = p_batch;
  RETURN v_count;
END $$;

-- Takes away the figures that a batch being undone was the first to enter; those it changed are put back by the application.
CREATE FUNCTION import_withdraw_figures(p_batch uuid) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_count int;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM import_batch b WHERE b.id = p_batch AND b.state = 'UNDOING' AND b.acting_id = app_user_id()
                    AND app_may('figure.write', b.commune_id)) THEN
    RAISE EXCEPTION 'not found' USING ERRCODE = 'HH001';
  END IF;
  -- What is to go is written by the web role: figures of places that are not the asker's stay.
  DELETE FROM figure f USING import_batch b CROSS JOIN LATERAL jsonb_to_recordset(b.base -> 'entered') x("unitId" int, year int, key text, version int)
   WHERE b.id = p_batch AND (f.unit_id, f.year, f.key, f.version) = (x."unitId", x.year, x.key, 1) AND x.version = 1
     AND f.entered_by = b.written_by AND f.unit_id IN (SELECT app_units('figure.write'));
  GET DIAGNOSTICS v_count = ROW_COUNT;
  RETURN v_count;
END $$;

-- Which of the hashes belong to people outside of what the asker may see: that the number is taken is said, not by whom.
CREATE FUNCTION import_taken_elsewhere(p_commune int, p_hashes bytea[]) RETURNS SETOF bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT i.hash FROM identity_number i JOIN subject s ON s.id = i.subject_id
   WHERE app_may('registry.write', p_commune) AND i.hash = ANY (p_hashes) AND i.is_current
     AND s.unit_id NOT IN (SELECT app_units('registry.identity'))
$$;

REVOKE EXECUTE ON FUNCTION import_claim(), import_fail(uuid, text, text), import_note_start(uuid), import_note_failure(uuid), import_expire(),
  import_withdraw_registrations(uuid), import_withdraw_figures(uuid), import_taken_elsewhere(int, bytea[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION import_claim(), import_fail(uuid, text, text), import_note_start(uuid), import_note_failure(uuid), import_expire(),
  import_withdraw_registrations(uuid), import_withdraw_figures(uuid), import_taken_elsewhere(int, bytea[]) TO hieuhoc_app;
