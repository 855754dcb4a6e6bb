"""Rubrics and scores. Both are only ever added to."""

from piccolo.table import Table

from core.store.tables.base import ENGINE, JSONB, UUID, Integer, Text, Timestamptz, key, to


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
    created_at = Timestamptz()
