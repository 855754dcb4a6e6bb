"""Rubrics, scores and receipts, which are only ever added to, and judgements kept to be used again."""

from piccolo.table import Table

from core.store.tables.base import ENGINE, JSONB, UUID, Boolean, Integer, Text, Timestamptz, key, to


class Rubric(Table, tablename="rubric", db=ENGINE):
    """A job's requirements at one version; `source_digest` is the job text they were extracted from."""

    id = key()
    tenant_id = UUID(default=None)
    job = to("Job")
    version = Integer()
    requirements = JSONB(default="[]")
    source_digest = Text(default="")
    member_id = UUID(null=True, default=None)
    created_at = Timestamptz()


class Score(Table, tablename="score", db=ENGINE):
    """One score: the sum of points under one rubric version by one scorer, with all its evidence."""

    id = key()
    tenant_id = UUID(default=None)
    application = to("Application")
    rubric = to("Rubric")
    scorer = Text()
    scorer_version = Text()
    input_digest = Text()
    status = Text()
    score = Integer(null=True, default=None)
    band = Text()
    sheet = JSONB()
    asks = JSONB(default="[]")
    created_at = Timestamptz()


class ShadowScore(Table, tablename="shadow_score", db=ENGINE):
    """What a second scorer says beside a score; nobody decides by it. `distance` counts bands between them."""

    id = key()
    tenant_id = UUID(default=None)
    application = to("Application")
    beside = to("Score")
    scorer = Text()
    scorer_version = Text()
    input_digest = Text()
    score = Integer(null=True, default=None)
    band = Text()
    sheet = JSONB()
    differences = JSONB(default="[]")
    distance = Integer(default=0)
    disagrees = Boolean(default=False)
    created_at = Timestamptz()


class Receipt(Table, tablename="receipt", db=ENGINE):
    """The signed record a score can be proved with, word for word as it was signed."""

    id = key()
    tenant_id = UUID(default=None)
    score = to("Score")
    content = Text()
    made_at = Timestamptz()


class Judged(Table, tablename="judged", db=ENGINE):
    """How one scorer judged an application's present texts, by requirement; `matches` is `kept` in short."""

    id = key()
    tenant_id = UUID(default=None)
    application = to("Application")
    scorer = Text()
    scorer_version = Text()
    input_key = Text()
    characters = Integer(default=0)
    matches = JSONB(default="{}")
    kept = JSONB(default="{}")
    judged_at = Timestamptz()
