-- Identity numbers of citizens (CCCD, or the old nine digits): a keyed hash to find by and to be unique by, and the number
-- itself under a key the database never sees. No lock on anything that is in use but a trigger on subject.
CREATE TABLE identity_number (
  subject_id UUID NOT NULL,
  hash BYTEA NOT NULL,
  cipher BYTEA NOT NULL,
  is_current BOOLEAN NOT NULL DEFAULT true,
  version INTEGER NOT NULL DEFAULT 1,
  CONSTRAINT identity_number_pkey PRIMARY KEY (subject_id),
  CONSTRAINT identity_number_subject_id_fkey FOREIGN KEY (subject_id) REFERENCES subject (id) ON DELETE CASCADE ON UPDATE RESTRICT,
  CONSTRAINT identity_number_hash_check CHECK (octet_length(hash) = 32),
  -- Key id, nonce and tag stand before the digits: what is shorter is no sealed number, what is longer no number.
  CONSTRAINT identity_number_cipher_check CHECK (octet_length(cipher) IN (38, 41))
);
-- One living person a number; the entries of those who left or died may keep theirs.
CREATE UNIQUE INDEX identity_number_hash_key ON identity_number (hash) WHERE is_current;

-- Current while the citizen is followed, whoever writes the row.
CREATE FUNCTION set_identity_current() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_title text; v_active_to date;
BEGIN
  SELECT title, active_to INTO v_title, v_active_to FROM subject WHERE id = NEW.subject_id;
  IF v_title IS DISTINCT FROM 'CITIZEN' THEN
    RAISE EXCEPTION 'only a citizen has an identity number' USING ERRCODE = 'HH002';
  END IF;
  NEW.is_current := v_active_to IS NULL;
  RETURN NEW;
END $$;
CREATE TRIGGER identity_number_current BEFORE INSERT OR UPDATE OF subject_id, hash, is_current ON identity_number
  FOR EACH ROW EXECUTE FUNCTION set_identity_current();

CREATE FUNCTION follow_identity_of_subject() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE identity_number SET is_current = NEW.active_to IS NULL WHERE subject_id = NEW.id;
  RETURN NULL;
EXCEPTION WHEN unique_violation THEN
  -- Taken back into the register while somebody else holds the number. Its own code: a duplicate entry is another matter.
  RAISE EXCEPTION 'identity number is taken' USING ERRCODE = 'HH006';
END $$;
CREATE TRIGGER subject_identity_current AFTER UPDATE OF active_to ON subject FOR EACH ROW
  WHEN (NEW.title = 'CITIZEN' AND (OLD.active_to IS NULL) IS DISTINCT FROM (NEW.active_to IS NULL))
  EXECUTE FUNCTION follow_identity_of_subject();

REVOKE EXECUTE ON FUNCTION set_identity_current(), follow_identity_of_subject() FROM PUBLIC;

-- Only who may see identity numbers reads the rows at all, sealed as they are; who writes the register writes them.
GRANT SELECT, INSERT, DELETE ON identity_number TO hieuhoc_app;
GRANT UPDATE (hash, cipher, version) ON identity_number TO hieuhoc_app;
ALTER TABLE identity_number ENABLE ROW LEVEL SECURITY;
CREATE POLICY identity_number_read ON identity_number FOR SELECT TO hieuhoc_app USING (
  subject_unit(subject_id) IN (SELECT app_units('registry.identity')));
CREATE POLICY identity_number_insert ON identity_number FOR INSERT TO hieuhoc_app WITH CHECK (
  subject_unit(subject_id) IN (SELECT app_units('registry.write')));
CREATE POLICY identity_number_update ON identity_number FOR UPDATE TO hieuhoc_app
  USING (subject_unit(subject_id) IN (SELECT app_units('registry.write')))
  WITH CHECK (subject_unit(subject_id) IN (SELECT app_units('registry.write')));
CREATE POLICY identity_number_delete ON identity_number FOR DELETE TO hieuhoc_app USING (
  subject_unit(subject_id) IN (SELECT app_units('registry.write')));
