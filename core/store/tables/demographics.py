"""What applicants said of themselves. Only the role of `core.store.demographics` may read or write it."""

from piccolo.table import Table

from core.store.tables.base import ENGINE, UUID, Text, Timestamptz, key, to


class Demographic(Table, tablename="demographic", db=ENGINE):
    """An applicant's own, voluntary answers about one application; empty text is no answer."""

    id = key()
    tenant_id = UUID(default=None)
    application = to("Application")
    sex = Text(default="")
    race_ethnicity = Text(default="")
    imported_at = Timestamptz()
