-- The first schema: tables, their guards, and the doors through them.
--
-- Every table but web_session carries tenant_id and is guarded by row-level security. The application
-- connects as shortlist_app, which owns nothing, so the guard binds it. The few questions that must be
-- asked before a tenant is known (who signs in, whose webhook is this) go through the door_ functions.

DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'shortlist_app') THEN
        CREATE ROLE shortlist_app NOLOGIN;
    END IF;
    -- Who is a member already need not have the right to make members.
    IF NOT pg_has_role(current_user, 'shortlist_app', 'MEMBER') THEN
        EXECUTE format('GRANT shortlist_app TO %I', current_user);
    END IF;
END
$$;

CREATE FUNCTION shortlist_tenant() RETURNS uuid LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('shortlist.tenant', true), '')::uuid $$;

CREATE TABLE tenant (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL DEFAULT shortlist_tenant(),
    name text NOT NULL DEFAULT '',
    demo boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL
);

CREATE TABLE member (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL DEFAULT shortlist_tenant(),
    email text NOT NULL DEFAULT '' UNIQUE,
    name text NOT NULL DEFAULT '',
    role text NOT NULL DEFAULT '',
    password_hash text NOT NULL DEFAULT '',
    active boolean NOT NULL DEFAULT true,
    failed_logins text NOT NULL DEFAULT '',
    last_seen_at timestamptz,
    created_at timestamptz NOT NULL
);

CREATE TABLE web_session (
    key text PRIMARY KEY,
    value bytea NOT NULL DEFAULT '',
    expires_at timestamptz
);

CREATE TABLE plugin_setting (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL DEFAULT shortlist_tenant(),
    plugin text NOT NULL DEFAULT '',
    enabled boolean NOT NULL DEFAULT false,
    settings jsonb NOT NULL DEFAULT '{}',
    secrets bytea NOT NULL DEFAULT '',
    changed_at timestamptz NOT NULL
);

CREATE TABLE connection (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL DEFAULT shortlist_tenant(),
    connector text NOT NULL DEFAULT '',
    title text NOT NULL DEFAULT '',
    account text NOT NULL DEFAULT '',
    settings jsonb NOT NULL DEFAULT '{}',
    secrets bytea NOT NULL DEFAULT '',
    token bytea NOT NULL DEFAULT '',
    users jsonb NOT NULL DEFAULT '[]',
    subscriptions bytea NOT NULL DEFAULT '',
    state text NOT NULL DEFAULT 'new',
    state_text text NOT NULL DEFAULT '',
    fix text NOT NULL DEFAULT '',
    state_since timestamptz NOT NULL,
    include_rejected boolean NOT NULL DEFAULT true,
    write_back boolean NOT NULL DEFAULT true,
    waiting_until timestamptz,
    last_synced_at timestamptz,
    webhook_seen_at timestamptz,
    created_at timestamptz NOT NULL
);

CREATE TABLE synced (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL DEFAULT shortlist_tenant(),
    connection uuid NOT NULL REFERENCES connection ON DELETE CASCADE,
    stream text NOT NULL DEFAULT '',
    cursor text NOT NULL DEFAULT '',
    complete boolean NOT NULL DEFAULT false,
    done integer NOT NULL DEFAULT 0,
    total integer,
    read_at timestamptz NOT NULL
);

CREATE TABLE sync_problem (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL DEFAULT shortlist_tenant(),
    connection uuid NOT NULL REFERENCES connection ON DELETE CASCADE,
    reference text NOT NULL DEFAULT '',
    message text NOT NULL DEFAULT '',
    seen_at timestamptz NOT NULL
);

CREATE TABLE delivery (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL DEFAULT shortlist_tenant(),
    connection uuid NOT NULL REFERENCES connection ON DELETE CASCADE,
    dedupe_key text NOT NULL DEFAULT '',
    event text NOT NULL DEFAULT '',
    body bytea NOT NULL DEFAULT '',
    headers jsonb NOT NULL DEFAULT '{}',
    hints jsonb NOT NULL DEFAULT '[]',
    received_at timestamptz NOT NULL,
    handled_at timestamptz
);

CREATE TABLE job (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL DEFAULT shortlist_tenant(),
    connection uuid NOT NULL REFERENCES connection ON DELETE CASCADE,
    external_id text NOT NULL DEFAULT '',
    title text NOT NULL DEFAULT '',
    department text NOT NULL DEFAULT '',
    location text NOT NULL DEFAULT '',
    state text NOT NULL DEFAULT 'open',
    url text NOT NULL DEFAULT '',
    description_html text NOT NULL DEFAULT '',
    statuses jsonb NOT NULL DEFAULT '[]',
    opened_at timestamptz,
    updated_at timestamptz,
    selected boolean NOT NULL DEFAULT false,
    pre_qualified_from integer NOT NULL DEFAULT 40,
    qualified_from integer NOT NULL DEFAULT 70,
    problem text NOT NULL DEFAULT '',
    seen_at timestamptz NOT NULL,
    removed_at timestamptz
);

CREATE TABLE person (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL DEFAULT shortlist_tenant(),
    connection uuid NOT NULL REFERENCES connection ON DELETE CASCADE,
    external_id text NOT NULL DEFAULT '',
    name text NOT NULL DEFAULT '',
    initials text NOT NULL DEFAULT '',
    details jsonb NOT NULL DEFAULT '{}',
    digest text NOT NULL DEFAULT '',
    merged_into text NOT NULL DEFAULT '',
    updated_at timestamptz,
    removed_at timestamptz,
    changed_at timestamptz NOT NULL
);

CREATE TABLE application (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL DEFAULT shortlist_tenant(),
    connection uuid NOT NULL REFERENCES connection ON DELETE CASCADE,
    job uuid NOT NULL REFERENCES job ON DELETE CASCADE,
    person uuid NOT NULL REFERENCES person ON DELETE CASCADE,
    external_id text NOT NULL DEFAULT '',
    state text NOT NULL DEFAULT 'active',
    status_id text NOT NULL DEFAULT '',
    status_name text NOT NULL DEFAULT '',
    details jsonb NOT NULL DEFAULT '{}',
    digest text NOT NULL DEFAULT '',
    category text,
    category_since timestamptz NOT NULL,
    decided boolean NOT NULL DEFAULT false,
    band text,
    score integer,
    card jsonb NOT NULL DEFAULT '{}',
    version integer NOT NULL DEFAULT 0,
    wanted integer NOT NULL DEFAULT 0,
    settled integer NOT NULL DEFAULT 0,
    stale boolean NOT NULL DEFAULT false,
    applied_at timestamptz,
    updated_at timestamptz,
    arrived_at timestamptz NOT NULL,
    removed_at timestamptz
);

CREATE TABLE document (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL DEFAULT shortlist_tenant(),
    connection uuid NOT NULL REFERENCES connection ON DELETE CASCADE,
    person uuid NOT NULL REFERENCES person ON DELETE CASCADE,
    application uuid REFERENCES application ON DELETE CASCADE,
    external_id text NOT NULL DEFAULT '',
    kind text NOT NULL DEFAULT '',
    filename text NOT NULL DEFAULT '',
    details jsonb NOT NULL DEFAULT '{}',
    fetch_state text NOT NULL DEFAULT 'wanted',
    fetch_error text NOT NULL DEFAULT '',
    sha256 text NOT NULL DEFAULT '',
    size integer NOT NULL DEFAULT 0,
    media_type text NOT NULL DEFAULT '',
    reading text NOT NULL DEFAULT '',
    explanation text NOT NULL DEFAULT '',
    created_at timestamptz,
    removed_at timestamptz
);

CREATE TABLE document_text (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL DEFAULT shortlist_tenant(),
    sha256 text NOT NULL DEFAULT '',
    reading text NOT NULL DEFAULT '',
    kind text NOT NULL DEFAULT '',
    pages integer NOT NULL DEFAULT 0,
    text text NOT NULL DEFAULT '',
    lines jsonb NOT NULL DEFAULT '[]',
    hidden jsonb NOT NULL DEFAULT '[]',
    explanation text NOT NULL DEFAULT '',
    read_at timestamptz NOT NULL
);

CREATE TABLE rubric (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL DEFAULT shortlist_tenant(),
    job uuid NOT NULL REFERENCES job ON DELETE CASCADE,
    version integer NOT NULL DEFAULT 0,
    requirements jsonb NOT NULL DEFAULT '[]',
    source_digest text NOT NULL DEFAULT '',
    member_id uuid,
    created_at timestamptz NOT NULL
);

CREATE TABLE score (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL DEFAULT shortlist_tenant(),
    application uuid NOT NULL REFERENCES application ON DELETE CASCADE,
    rubric uuid NOT NULL REFERENCES rubric ON DELETE CASCADE,
    scorer text NOT NULL DEFAULT '',
    scorer_version text NOT NULL DEFAULT '',
    input_digest text NOT NULL DEFAULT '',
    status text NOT NULL DEFAULT '',
    score integer,
    band text NOT NULL DEFAULT '',
    sheet jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL
);

CREATE TABLE decision (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL DEFAULT shortlist_tenant(),
    application uuid NOT NULL REFERENCES application ON DELETE CASCADE,
    member uuid NOT NULL REFERENCES member ON DELETE CASCADE,
    from_category text NOT NULL DEFAULT '',
    to_category text NOT NULL DEFAULT '',
    reason text NOT NULL DEFAULT '',
    undoes uuid,
    made_at timestamptz NOT NULL
);

CREATE TABLE comment (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL DEFAULT shortlist_tenant(),
    application uuid NOT NULL REFERENCES application ON DELETE CASCADE,
    member uuid NOT NULL REFERENCES member ON DELETE CASCADE,
    body text NOT NULL DEFAULT '',
    made_at timestamptz NOT NULL
);

CREATE TABLE write_back (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL DEFAULT shortlist_tenant(),
    connection uuid NOT NULL REFERENCES connection ON DELETE CASCADE,
    application uuid NOT NULL REFERENCES application ON DELETE CASCADE,
    version integer NOT NULL DEFAULT 0,
    kind text NOT NULL DEFAULT '',
    key text NOT NULL DEFAULT '',
    preview text NOT NULL DEFAULT '',
    payload jsonb NOT NULL DEFAULT '{}',
    state text NOT NULL DEFAULT 'waiting',
    attempts integer NOT NULL DEFAULT 0,
    error text NOT NULL DEFAULT '',
    retryable boolean NOT NULL DEFAULT true,
    reference text NOT NULL DEFAULT '',
    acting_user text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    written_at timestamptz
);

CREATE TABLE notification (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL DEFAULT shortlist_tenant(),
    member uuid NOT NULL REFERENCES member ON DELETE CASCADE,
    title text NOT NULL DEFAULT '',
    body text NOT NULL DEFAULT '',
    link text NOT NULL DEFAULT '',
    made_at timestamptz NOT NULL,
    seen_at timestamptz
);

CREATE TABLE task (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL DEFAULT shortlist_tenant(),
    kind text NOT NULL DEFAULT '',
    subject text NOT NULL DEFAULT '',
    job_id uuid,
    title text NOT NULL DEFAULT '',
    body text NOT NULL DEFAULT '',
    link text NOT NULL DEFAULT '',
    made_at timestamptz NOT NULL,
    settled_at timestamptz,
    settled_by uuid
);

CREATE TABLE audit (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL DEFAULT shortlist_tenant(),
    actor text NOT NULL DEFAULT '',
    action text NOT NULL DEFAULT '',
    subject text NOT NULL DEFAULT '',
    details jsonb NOT NULL DEFAULT '{}',
    at timestamptz NOT NULL
);

-- What must be unique, and the indexes screens live on.

CREATE UNIQUE INDEX plugin_setting_one ON plugin_setting (tenant_id, plugin);
CREATE UNIQUE INDEX synced_one ON synced (connection, stream);
CREATE UNIQUE INDEX sync_problem_one ON sync_problem (connection, reference);
CREATE UNIQUE INDEX delivery_one ON delivery (connection, dedupe_key);
CREATE INDEX delivery_unhandled ON delivery (connection, received_at) WHERE handled_at IS NULL;
CREATE UNIQUE INDEX job_one ON job (connection, external_id);
CREATE UNIQUE INDEX person_one ON person (connection, external_id);
CREATE UNIQUE INDEX application_one ON application (connection, external_id);
CREATE UNIQUE INDEX document_one ON document (connection, external_id);
CREATE INDEX application_board ON application (job, category, score DESC NULLS LAST, id)
    WHERE removed_at IS NULL;
CREATE INDEX application_of_person ON application (person);
CREATE INDEX application_waiting ON application (job, id)
    WHERE wanted > settled AND removed_at IS NULL;
CREATE INDEX document_of_person ON document (person, kind);
CREATE INDEX document_wanted ON document (connection, id)
    WHERE fetch_state = 'wanted' AND removed_at IS NULL;
CREATE UNIQUE INDEX document_text_one ON document_text (tenant_id, sha256);
CREATE UNIQUE INDEX rubric_one ON rubric (job, version);
CREATE UNIQUE INDEX score_one ON score (application, rubric, scorer, scorer_version, input_digest);
CREATE INDEX decision_of_application ON decision (application, made_at);
CREATE INDEX comment_of_application ON comment (application, made_at);
CREATE UNIQUE INDEX write_back_one ON write_back (connection, kind, key);
CREATE INDEX write_back_of_application ON write_back (application, version);
CREATE INDEX write_back_waiting ON write_back (connection, id) WHERE state = 'waiting';
CREATE INDEX notification_of_member ON notification (member, made_at DESC);
CREATE UNIQUE INDEX task_open_one ON task (tenant_id, kind, subject) WHERE settled_at IS NULL;

-- The guard.

DO $$
DECLARE
    guarded text;
BEGIN
    FOR guarded IN
        SELECT table_name FROM information_schema.columns
        WHERE table_schema = current_schema() AND column_name = 'tenant_id'
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', guarded);
        EXECUTE format(
            'CREATE POLICY one_tenant ON %I USING (tenant_id = (SELECT shortlist_tenant()))
             WITH CHECK (tenant_id = (SELECT shortlist_tenant()))', guarded);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO shortlist_app', guarded);
    END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE, DELETE ON web_session TO shortlist_app;
REVOKE UPDATE, DELETE ON audit, score, rubric, decision FROM shortlist_app;

-- The doors: fixed questions, answered with the owner's eyes.

CREATE FUNCTION door_sign_in(address text)
RETURNS TABLE (id uuid, tenant_id uuid, password_hash text, active boolean, failed_logins text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS
$$ SELECT id, tenant_id, password_hash, active, failed_logins FROM member WHERE email = lower(address) $$;

CREATE FUNCTION door_has_members() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS
$$ SELECT EXISTS (SELECT 1 FROM member) $$;

CREATE FUNCTION door_connection_tenant(connection_id uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS
$$ SELECT tenant_id FROM connection WHERE id = connection_id $$;

CREATE FUNCTION door_tenants() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS
$$ SELECT id FROM tenant $$;

CREATE FUNCTION door_waiting()
RETURNS TABLE (documents bigint, applications bigint, write_backs bigint, deliveries bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS
$$
    SELECT (SELECT count(*) FROM document WHERE fetch_state = 'wanted' AND removed_at IS NULL),
        (SELECT count(*) FROM application WHERE wanted > settled AND removed_at IS NULL),
        (SELECT count(*) FROM write_back WHERE state = 'waiting'),
        (SELECT count(*) FROM delivery WHERE handled_at IS NULL)
$$;

REVOKE ALL ON FUNCTION door_sign_in, door_has_members, door_connection_tenant, door_tenants, door_waiting
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door_sign_in, door_has_members, door_connection_tenant, door_tenants, door_waiting
    TO shortlist_app;
