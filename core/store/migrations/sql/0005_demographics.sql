-- What applicants said of themselves, for the bias audit and for nothing else.
--
-- The role the product works as, shortlist_app, has no rights here at all: a query of a scorer, a sync or a
-- screen fails. The audit changes to shortlist_audit for its own statements, and may then see no more of an
-- application than its ids, job and dates, and its score, band and decision.

DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'shortlist_audit') THEN
        CREATE ROLE shortlist_audit NOLOGIN;
    END IF;
    IF NOT pg_has_role(current_user, 'shortlist_audit', 'MEMBER') THEN
        EXECUTE format('GRANT shortlist_audit TO %I', current_user);
    END IF;
END
$$;

CREATE TABLE demographic (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL DEFAULT shortlist_tenant(),
    application uuid NOT NULL REFERENCES application ON DELETE CASCADE,
    sex text NOT NULL DEFAULT '',
    race_ethnicity text NOT NULL DEFAULT '',
    imported_at timestamptz NOT NULL
);

CREATE UNIQUE INDEX demographic_one ON demographic (application);

ALTER TABLE demographic ENABLE ROW LEVEL SECURITY;
CREATE POLICY one_tenant ON demographic USING (tenant_id = (SELECT shortlist_tenant()))
    WITH CHECK (tenant_id = (SELECT shortlist_tenant()));

GRANT SELECT, INSERT, UPDATE, DELETE ON demographic TO shortlist_audit;
GRANT SELECT (id, tenant_id, job, external_id, score, band, category, decided, applied_at, arrived_at, removed_at)
    ON application TO shortlist_audit;
