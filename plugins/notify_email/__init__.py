"""Notices by e-mail, over any SMTP server."""

from collections.abc import Iterable

from core.sdk import NotifierEntry, hookimpl
from plugins.notify_email.fields import FIELDS
from plugins.notify_email.notifier import EmailNotifier


@hookimpl
def shortlist_notifiers() -> Iterable[NotifierEntry]:
    """The e-mail channel."""
    yield NotifierEntry(key="email", title="E-mail", fields=FIELDS, make=EmailNotifier)
