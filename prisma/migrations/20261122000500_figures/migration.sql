-- Entered figures with the day of their source and every version they had; figures by file; published results. `figure` gets
-- two nullable columns (no rewrite, a short exclusive lock).
ALTER TABLE figure
  ADD COLUMN dated_on DATE,
  ADD COLUMN published_no INTEGER;

CREATE TABLE published_result (
  no INTEGER NOT NULL,
  place TEXT NOT NULL,
  level TEXT NOT NULL,
  province TEXT,
  unit_id INTEGER,
  unit_tie TEXT NOT NULL,
  period TEXT NOT NULL,
  period_kind TEXT NOT NULL,
  period_from INTEGER,
  period_to INTEGER,
  model TEXT NOT NULL,
  population TEXT,
  total INTEGER,
  registered INTEGER,
  recognised INTEGER,
  rate_published DECIMAL(6,2),
  rate_decimals INTEGER,
  denominator_published TEXT,
  registered_share DECIMAL(6,2),
  approximate TEXT,
  is_older_title BOOLEAN NOT NULL DEFAULT false,
  is_model_inferred BOOLEAN NOT NULL DEFAULT false,
  note TEXT,
  confidence TEXT NOT NULL,
  source TEXT NOT NULL,
  CONSTRAINT published_result_pkey PRIMARY KEY (no),
  CONSTRAINT published_result_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT published_result_unit_tie_check CHECK (unit_tie IN ('TIED', 'AMBIGUOUS', 'ENDED', 'UNNAMED', 'PART', 'REGION') AND (unit_tie = 'TIED') = (unit_id IS NOT NULL)),
  CONSTRAINT published_result_period_check CHECK (period_kind IN ('YEAR', 'YEARS', 'PART_YEAR', 'UP_TO', 'UNKNOWN') AND (period_kind = 'UNKNOWN') = (period_to IS NULL))
);
CREATE INDEX published_result_unit_id_idx ON published_result (unit_id);
ALTER TABLE figure ADD CONSTRAINT figure_published_no_fkey FOREIGN KEY (published_no) REFERENCES published_result (no) ON DELETE RESTRICT ON UPDATE RESTRICT;

-- Every version of a figure: what was entered, from where, by whom. Written by the trigger alone.
CREATE TABLE figure_version (
  unit_id INTEGER NOT NULL,
  year INTEGER NOT NULL,
  key TEXT NOT NULL,
  version INTEGER NOT NULL,
  value DECIMAL(14,2),
  source TEXT NOT NULL,
  dated_on DATE,
  published_no INTEGER,
  entered_by UUID,
  entered_at TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT figure_version_pkey PRIMARY KEY (unit_id, year, key, version),
  CONSTRAINT figure_version_figure_fkey FOREIGN KEY (unit_id, year, key) REFERENCES figure (unit_id, year, key) ON DELETE CASCADE ON UPDATE RESTRICT
);

INSERT INTO figure_version (unit_id, year, key, version, value, source, dated_on, published_no, entered_by, entered_at)
SELECT unit_id, year, key, version, value, source, dated_on, published_no, entered_by, entered_at FROM figure;

-- What a person enters is no longer what was published.
CREATE FUNCTION figure_own() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.entered_by IS NOT NULL THEN NEW.published_no := NULL; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER figure_own BEFORE INSERT OR UPDATE ON figure FOR EACH ROW EXECUTE FUNCTION figure_own();

CREATE FUNCTION keep_figure_version() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO figure_version (unit_id, year, key, version, value, source, dated_on, published_no, entered_by, entered_at)
  SELECT unit_id, year, key, version, value, source, dated_on, published_no, entered_by, entered_at FROM written;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION keep_figure_version() FROM PUBLIC;
CREATE TRIGGER figure_keep_inserted AFTER INSERT ON figure REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION keep_figure_version();
CREATE TRIGGER figure_keep_updated AFTER UPDATE ON figure REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION keep_figure_version();

-- One file of figures: what it would write (checked), has written, or no longer holds (undone). `cells`: unit, key, value and the
-- version the check saw; after writing, the version the file made.
CREATE TABLE figure_batch (
  id UUID NOT NULL,
  unit_id INTEGER NOT NULL,
  year INTEGER NOT NULL,
  source TEXT NOT NULL,
  dated_on DATE NOT NULL,
  state TEXT NOT NULL DEFAULT 'CHECKED',
  cells JSONB NOT NULL,
  problems JSONB NOT NULL,
  unchanged INTEGER NOT NULL,
  created_by UUID NOT NULL,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  changed_at TIMESTAMPTZ(3),
  CONSTRAINT figure_batch_pkey PRIMARY KEY (id),
  CONSTRAINT figure_batch_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT figure_batch_state_check CHECK (state IN ('CHECKED', 'WRITTEN', 'UNDONE'))
);
CREATE INDEX figure_batch_unit_id_created_at_idx ON figure_batch (unit_id, created_at);

GRANT UPDATE (dated_on) ON figure TO hieuhoc_app;
GRANT SELECT ON published_result, figure_version TO hieuhoc_app;
GRANT SELECT, INSERT ON figure_batch TO hieuhoc_app;
GRANT UPDATE (state, cells, changed_at) ON figure_batch TO hieuhoc_app;

ALTER TABLE figure_version ENABLE ROW LEVEL SECURITY;
CREATE POLICY figure_version_read ON figure_version FOR SELECT TO hieuhoc_app USING (unit_id IN (SELECT app_units('dashboard.read')));

ALTER TABLE figure_batch ENABLE ROW LEVEL SECURITY;
CREATE POLICY figure_batch_read ON figure_batch FOR SELECT TO hieuhoc_app USING (unit_id IN (SELECT app_units('figure.write')));
CREATE POLICY figure_batch_insert ON figure_batch FOR INSERT TO hieuhoc_app WITH CHECK (
  created_by = app_user_id() AND unit_id IN (SELECT app_units('figure.write')));
CREATE POLICY figure_batch_update ON figure_batch FOR UPDATE TO hieuhoc_app
  USING (unit_id IN (SELECT app_units('figure.write'))) WITH CHECK (unit_id IN (SELECT app_units('figure.write')));
