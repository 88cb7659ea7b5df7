-- Rows and progress of a list stand in the commune of their batch, and no other; old identity numbers go when undoing can no
-- longer need them. The keys are checked once over tables that hold a week of rows: a short exclusive lock.
ALTER TABLE import_batch ADD CONSTRAINT import_batch_id_commune_id_key UNIQUE (id, commune_id);
ALTER TABLE import_row DROP CONSTRAINT import_row_batch_id_fkey,
  ADD CONSTRAINT import_row_batch_id_commune_id_fkey FOREIGN KEY (batch_id, commune_id)
    REFERENCES import_batch (id, commune_id) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE import_progress DROP CONSTRAINT import_progress_batch_id_fkey,
  ADD CONSTRAINT import_progress_batch_id_commune_id_key UNIQUE (batch_id, commune_id),
  ADD CONSTRAINT import_progress_batch_id_commune_id_fkey FOREIGN KEY (batch_id, commune_id)
    REFERENCES import_batch (id, commune_id) ON DELETE CASCADE ON UPDATE RESTRICT;

-- Once a list is written, the rows left out learn which household the rest of theirs came to be in.
GRANT UPDATE (household_id) ON import_row TO hieuhoc_app;

-- After seven days the file, its look and the rows go, whatever became of the batch; what was never decided is over. After
-- thirty days, or when the batch is taken back, the identity numbers it wrote over go too.
-- Gives back the keys of the files that are to go from the store.
CREATE OR REPLACE FUNCTION import_expire() RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_ids uuid[];
BEGIN
  DELETE FROM import_identity i USING import_batch b
   WHERE b.id = i.batch_id
     AND (b.state IN ('UNDONE', 'DISCARDED') OR b.state IN ('WRITTEN', 'FAILED') AND b.written_at < now() - interval '30 days');

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

-- What triggers call is nobody's to call.
REVOKE EXECUTE ON FUNCTION register_keep_home(), register_keep_subject(), register_keep_detail() FROM PUBLIC;
