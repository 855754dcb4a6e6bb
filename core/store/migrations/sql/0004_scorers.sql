-- Which scorer a tenant uses and how each is set up; scores of a second scorer that nobody decides by;
-- and which of its scores an application shows.

CREATE TABLE scorer_setup (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL DEFAULT shortlist_tenant(),
    scorer text NOT NULL DEFAULT '',
    -- 'board', 'beside', or nothing.
    use text NOT NULL DEFAULT '',
    settings jsonb NOT NULL DEFAULT '{}',
    secrets bytea NOT NULL DEFAULT '',
    changed_at timestamptz NOT NULL
);

-- A table of its own: what reads scores for the board, the bands, receipts or the ATS cannot find these.
CREATE TABLE shadow_score (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL DEFAULT shortlist_tenant(),
    application uuid NOT NULL REFERENCES application ON DELETE CASCADE,
    beside uuid NOT NULL REFERENCES score ON DELETE CASCADE,
    scorer text NOT NULL DEFAULT '',
    scorer_version text NOT NULL DEFAULT '',
    input_digest text NOT NULL DEFAULT '',
    score integer,
    band text NOT NULL DEFAULT '',
    sheet jsonb NOT NULL DEFAULT '{}',
    -- What sets it apart from the score beside it: every other match, how far the bands are from each other.
    differences jsonb NOT NULL DEFAULT '[]',
    distance integer NOT NULL DEFAULT 0,
    disagrees boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL
);

-- No foreign key: scores are never deleted but with their application, and a check of each would cost a look
-- through all applications.
ALTER TABLE application ADD COLUMN shown_score uuid;
UPDATE application a SET shown_score = (
    SELECT s.id FROM score s JOIN rubric r ON r.id = s.rubric
    WHERE s.application = a.id ORDER BY r.version DESC, s.created_at DESC, s.id DESC LIMIT 1
);

CREATE UNIQUE INDEX scorer_setup_one ON scorer_setup (tenant_id, scorer);
CREATE UNIQUE INDEX scorer_setup_use ON scorer_setup (tenant_id, use) WHERE use <> '';
CREATE UNIQUE INDEX shadow_score_one ON shadow_score (beside, scorer, scorer_version);
CREATE INDEX shadow_score_of_application ON shadow_score (application);

-- The choice stood among the plugins' switches before.
INSERT INTO scorer_setup (id, tenant_id, scorer, use, changed_at)
    SELECT gen_random_uuid(), tenant_id, settings->>'scorer', 'board', changed_at
    FROM plugin_setting WHERE plugin = 'scorer' AND settings->>'scorer' <> '';
DELETE FROM plugin_setting WHERE plugin = 'scorer';

DO $$
DECLARE
    guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY['scorer_setup', 'shadow_score']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
        EXECUTE format(
            'CREATE POLICY one_tenant ON %I USING (tenant_id = (SELECT shortlist_tenant()))
             WITH CHECK (tenant_id = (SELECT shortlist_tenant()))', guarded);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO shortlist_app', guarded);
    END LOOP;
END
$$;

REVOKE UPDATE, DELETE ON shadow_score FROM shortlist_app;
