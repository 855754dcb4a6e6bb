"""Every table of the application, one area a file.

Each table has `tenant_id` and is guarded by row-level security, except those named in `UNTENANTED`.
"""

from piccolo.table import Table

from core.store.tables.ats import Application, Document, DocumentText, Job, Person
from core.store.tables.connections import Connection, Delivery, Synced, SyncProblem
from core.store.tables.decisions import Comment, Decision, WriteBack
from core.store.tables.demographics import Demographic
from core.store.tables.people import Member, Tenant, WebSession
from core.store.tables.plugins import PluginSetting, ScorerSetup
from core.store.tables.records import Audit, Notification, Task
from core.store.tables.screening import Judged, Receipt, Rubric, Score, ShadowScore
from core.store.tables.telling import Channel, Event, Sending

TABLES: tuple[type[Table], ...] = (
    Tenant,
    Member,
    WebSession,
    PluginSetting,
    ScorerSetup,
    Connection,
    Synced,
    SyncProblem,
    Delivery,
    Job,
    Person,
    Application,
    Document,
    DocumentText,
    Rubric,
    Score,
    ShadowScore,
    Receipt,
    Judged,
    Decision,
    Comment,
    WriteBack,
    Notification,
    Task,
    Audit,
    Channel,
    Sending,
    Event,
    Demographic,
)

UNTENANTED: frozenset[str] = frozenset({"web_session"})

__all__ = ["TABLES", "UNTENANTED"]
