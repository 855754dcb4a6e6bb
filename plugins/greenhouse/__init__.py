"""Greenhouse, through Harvest v3: reads jobs, candidates and resumes; writes scores and notes back."""

from collections.abc import Iterable

from core.sdk import ConnectorEntry, WebhookSetup, hookimpl
from plugins.greenhouse.connector import GreenhouseConnector
from plugins.greenhouse.fields import EVENTS, FIELDS, PREREQUISITES, WEBHOOK_STEPS, hosts


@hookimpl
def shortlist_connectors() -> Iterable[ConnectorEntry]:
    """The Greenhouse connector."""
    yield ConnectorEntry(
        key="greenhouse",
        title="Greenhouse",
        fields=FIELDS,
        make=GreenhouseConnector,
        hosts=hosts,
        writes=("fields", "note"),
        prerequisites=PREREQUISITES,
        webhooks=WebhookSetup(automatic=False, steps=WEBHOOK_STEPS, events=EVENTS),
        poll_seconds=60,
    )
