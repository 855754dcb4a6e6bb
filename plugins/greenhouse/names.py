"""Names behind ids of the whole account: nice to have, so a scope that is missing only leaves them empty."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from typing import Final

import structlog

from core.sdk import Forbidden, NotFound
from plugins.greenhouse.client import BATCH, Harvest, Row, ids_of

OPTION_FIELDS: Final = (
    "school_name_custom_field_option_id",
    "degree_custom_field_option_id",
    "discipline_custom_field_option_id",
)
_OPTION_KEYS: Final = ("school_name", "degree", "discipline")


class Names:
    """Looks names up once per connector at work."""

    def __init__(self, harvest: Harvest, log: structlog.stdlib.BoundLogger) -> None:
        self._harvest = harvest
        self._log = log
        self._known: dict[str, dict[str, str]] = {}
        self._options: dict[str, str] = {}

    async def of(self, resource: str) -> Mapping[str, str]:
        """Id to name of a whole resource; empty when the credential may not list it."""
        if resource not in self._known:
            rows = await self.optional(self._harvest.every(resource), resource)
            self._known[resource] = _named(rows)
        return self._known[resource]

    async def of_education(self, rows: Sequence[Row]) -> Mapping[str, str]:
        """Names of the schools, degrees and disciplines in the rows: a few by id, many by reading all."""
        wanted = {found for field in OPTION_FIELDS for found in ids_of(rows, field)} - set(self._options)
        if not wanted:
            return self._options
        found: list[Row] = []
        if len(wanted) <= BATCH:
            asked = {"ids": ",".join(sorted(wanted))}
            found += await self.optional(
                self._harvest.every("custom_field_options", asked), "custom_field_options"
            )
        else:
            for key in _OPTION_KEYS:
                listing = self._harvest.every("custom_field_options", {"custom_field_key": key})
                found += await self.optional(listing, "custom_field_options")
        self._options |= dict.fromkeys(wanted, "") | _named(found)
        return self._options

    async def optional(self, rows: AsyncIterator[Row], feature: str) -> list[Row]:
        """All rows; none when the credential may not read them or the account lacks them."""
        try:
            return [row async for row in rows]
        except (Forbidden, NotFound):
            self._log.warning("not permitted, left out", feature=feature)
            return []


def _named(rows: Iterable[Row]) -> dict[str, str]:
    return {str(row.get("id")): str(row.get("name") or "").replace("\x00", "") for row in rows}
