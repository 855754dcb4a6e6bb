"""A scorer that looks for the requirement's own words, and a notifier that writes files."""

from collections.abc import Iterable

from core.sdk import Field, NotifierEntry, ScorerEntry, hookimpl

from .keywords import KeywordScorer
from .outbox import Outbox


@hookimpl
def shortlist_scorers() -> Iterable[ScorerEntry]:
    """One scorer."""
    yield ScorerEntry(
        key="keyword",
        title="Keyword scorer",
        description="Looks for the words of each requirement, letter by letter. Knows no synonyms.",
        make=KeywordScorer,
    )


@hookimpl
def shortlist_notifiers() -> Iterable[NotifierEntry]:
    """One channel."""
    folder = Field(name="folder", label="Folder", help="Each notice becomes a text file in this folder.")
    yield NotifierEntry(key="outbox", title="Files in a folder", fields=(folder,), make=Outbox)
