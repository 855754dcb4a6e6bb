"""Lists: newest id first, page by page behind an opaque cursor."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import Any

import msgspec

from plugins.greenhouse.twin.account import Account, Row, Table, is_number, stamp
from plugins.greenhouse.twin.filters import Bound, Criteria, criteria
from plugins.greenhouse.twin.refusals import unprocessable
from plugins.greenhouse.twin.resources import Resource
from plugins.greenhouse.twin.settings import TwinSettings

_DEFAULT, _MOST = 100, 500
_REMEMBERED = 10_000
_FEW = 0.2
"""Below this share of the table, sorting the candidates beats walking the table."""


class Cursor(msgspec.Struct, kw_only=True):
    """The decoded form of a cursor, field by field as recorded from production."""

    query: dict[str, str | int]
    per_page: int
    id: int
    page: int
    original_request_id: str

    def encode(self) -> str:
        return urlsafe_b64encode(msgspec.json.encode(self)).decode()


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One page of rows, the fields asked for, and the cursor of the next page if there is one."""

    rows: list[Row]
    fields: tuple[str, ...]
    next: str = ""


class Lister:
    """Answers list requests and remembers when each listing began, because cursors expire."""

    def __init__(self, account: Account, clock: Callable[[], datetime]) -> None:
        self._account = account
        self._clock = clock
        self._began: OrderedDict[str, datetime] = OrderedDict()

    def expire_cursors(self) -> None:
        """Make all cursors given out so far unusable."""
        self._began = OrderedDict(
            (key, datetime.min.replace(tzinfo=self._clock().tzinfo)) for key in self._began
        )

    def page(
        self,
        resource: Resource,
        query: dict[str, str],
        settings: TwinSettings,
        *,
        request_id: str,
        subject: int = 0,
    ) -> Page:
        """One page as the subject sees it; raises 422 for parameters the endpoint refuses."""
        cursor = self._cursor(query, settings)
        if cursor is None:
            cursor = Cursor(
                query={k: int(v) if k == "per_page" and is_number(v) else v for k, v in query.items()},
                per_page=_per_page(query.get("per_page", str(_DEFAULT))),
                id=0,
                page=1,
                original_request_id=request_id,
            )
            self._remember(request_id)
        asked = {name: str(value) for name, value in cursor.query.items()}
        fields = _fields(resource, asked.pop("fields", ""))
        asked.pop("per_page", None)
        wanted = criteria(self._account, resource, settings, asked)
        if resource.name == "jobs" and not settings.confidential_jobs:
            team = self._jobs_of(subject)
            wanted.tests.append(lambda row: not row["confidential"] or row["id"] in team)
        rows = self._take(resource, wanted, cursor)
        following = rows[cursor.per_page :]
        if following:
            cursor.id, cursor.page = following[0]["id"], cursor.page + 1
        return Page(rows=rows[: cursor.per_page], fields=fields, next=cursor.encode() if following else "")

    def _jobs_of(self, user_id: int) -> set[int]:
        teams = ("job_owners", "job_hiring_managers")
        return {row["job_id"] for name in teams for row in self._account.where(name, user_id=user_id)}

    def _remember(self, request_id: str) -> None:
        self._began[request_id] = self._clock()
        while len(self._began) > _REMEMBERED:
            self._began.popitem(last=False)

    def _cursor(self, query: dict[str, str], settings: TwinSettings) -> Cursor | None:
        if "cursor" not in query:
            return None
        if len(query) > 1:
            raise unprocessable("When passing a cursor, do not include other query params.")
        try:
            text = query["cursor"]
            cursor = msgspec.json.decode(urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=Cursor)
        except (ValueError, msgspec.MsgspecError):
            raise unprocessable({"cursor": "is invalid"}) from None
        began = self._began.get(cursor.original_request_id, self._clock())
        if began + timedelta(seconds=settings.cursor_seconds) < self._clock():
            raise unprocessable({"cursor": "has expired"})
        return cursor

    def _take(self, resource: Resource, wanted: Criteria, cursor: Cursor) -> list[Row]:
        table = self._account.tables[resource.name]
        hidden = self._account.hidden(resource.name, stamp(self._clock()))
        rows: list[Row] = []
        for row_id in _walk(table, wanted, cursor.id):
            row = table.rows[row_id]
            if row_id not in hidden and wanted.admits(row):
                rows.append(row)
                if len(rows) > cursor.per_page:
                    break
        return rows


def _per_page(text: str) -> int:
    if not is_number(text) or int(text) < 1:
        raise unprocessable({"per_page": f"`{text}` number is less than: 1"})
    if int(text) > _MOST:
        raise unprocessable({"per_page": f"`{text}` number is greater than: {_MOST}"})
    return int(text)


def _fields(resource: Resource, text: str) -> tuple[str, ...]:
    names = tuple(name for name in text.split(",") if name)
    if len(names) > 50:
        raise unprocessable({"fields": "array size is greater than: 50"})
    known = {*resource.fields, *(("job_interview_stage_id",) if resource.name == "applications" else ())}
    for name in names:
        if name not in known:
            raise unprocessable({"fields": f"`{name}` is not a field of this resource"})
    return names


def _walk(table: Table, wanted: Criteria, start: int) -> Iterator[int]:
    """Ids that may be wanted, newest first, from `start` (0: the newest) on."""
    narrowed = _narrowed(table, wanted)
    if narrowed is not None and len(narrowed) < _FEW * len(table.ids):
        known = (i for i in narrowed if i in table.rows and (not start or i <= start))
        yield from sorted(known, reverse=True)
        return
    last = bisect_right(table.ids, start) if start else len(table.ids)
    for position in range(last - 1, -1, -1):
        if narrowed is None or table.ids[position] in narrowed:
            yield table.ids[position]


def _narrowed(table: Table, wanted: Criteria) -> AbstractSet[int] | None:
    """The ids the indexes leave, None when no index helps."""
    sets: list[AbstractSet[int]] = [] if wanted.ids is None else [set(wanted.ids)]
    for field, values in wanted.keys.items():
        index: dict[Any, set[int]] = table.indexed(field) or {}
        found = [index.get(value, set()) for value in values]
        sets.append(found[0] if len(found) == 1 else set().union(*found))
    low, high = _span(table, wanted.bounds.get("updated_at", []))
    if high - low < _FEW * len(table.ids):
        sets.append({row_id for _, row_id in table.by_update[low:high]})
    if not sets:
        return None
    smallest, *others = sorted(sets, key=len)
    return {row_id for row_id in smallest if all(row_id in other for other in others)} if others else smallest


def _span(table: Table, bounds: list[Bound]) -> tuple[int, int]:
    low, high = 0, len(table.by_update)
    for bound in bounds:
        before = bisect_left(table.by_update, (bound.value, 0))
        after = bisect_right(table.by_update, (bound.value, 2**63))
        if bound.operator in {"gt", "gte"}:
            low = max(low, before if bound.operator == "gte" else after)
        else:
            high = min(high, after if bound.operator == "lte" else before)
    return low, max(low, high)
