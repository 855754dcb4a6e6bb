-- What a score can be proved with, and what makes a changed rubric cheap: its signed receipt, every
-- requirement's judgement to be used again, and the questions whose answers could change its band.

CREATE TABLE receipt (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL DEFAULT shortlist_tenant(),
    score uuid NOT NULL REFERENCES score ON DELETE CASCADE,
    -- Text, not jsonb: what was signed must come out as it went in.
    content text NOT NULL DEFAULT '',
    made_at timestamptz NOT NULL
);

CREATE TABLE judged (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL DEFAULT shortlist_tenant(),
    application uuid NOT NULL REFERENCES application ON DELETE CASCADE,
    scorer text NOT NULL DEFAULT '',
    scorer_version text NOT NULL DEFAULT '',
    input_key text NOT NULL DEFAULT '',
    characters integer NOT NULL DEFAULT 0,
    -- Beside the whole results, because a what-if reads thousands of these and no quotes.
    matches jsonb NOT NULL DEFAULT '{}',
    kept jsonb NOT NULL DEFAULT '{}',
    judged_at timestamptz NOT NULL
);

ALTER TABLE score ADD COLUMN asks jsonb NOT NULL DEFAULT '[]';

CREATE UNIQUE INDEX receipt_one ON receipt (score);
CREATE UNIQUE INDEX judged_one ON judged (application, scorer);

DO $$
DECLARE
    guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY['receipt', 'judged']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
        EXECUTE format(
            'CREATE POLICY one_tenant ON %I USING (tenant_id = (SELECT shortlist_tenant()))
             WITH CHECK (tenant_id = (SELECT shortlist_tenant()))', guarded);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO shortlist_app', guarded);
    END LOOP;
END
$$;

REVOKE UPDATE, DELETE ON receipt FROM shortlist_app;
