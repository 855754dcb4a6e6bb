"""Write endpoints as a table: what each accepts, the scope it needs, what it does."""

from collections.abc import Callable
from typing import Any

import msgspec

from plugins.greenhouse.twin.account import Row
from plugins.greenhouse.twin.refusals import unprocessable
from plugins.greenhouse.twin.resources import Kind, parse_kinds
from plugins.greenhouse.twin.world import World


class WriteCall(msgspec.Struct, frozen=True, kw_only=True):
    """One write: the world, the acting user, the id in the path (0 for none) and the checked body."""

    world: World
    user: Row
    row_id: int
    body: dict[str, Any]

    def known(self, resource: str, name: str) -> Row | None:
        """The row a body field points at, None when the field is absent; raises 422 for an unknown id."""
        row_id = self.body.get(name)
        if row_id is None:
            return None
        row = self.world.account.get(resource, row_id)
        if row is None:
            raise unprocessable({name: f"`{row_id}` does not exist"})
        return row

    def named(self, resource: str, name: str) -> Row:
        """The row a required body field points at; raises 422."""
        row = self.known(resource, name)
        if row is None:
            raise unprocessable({name: "is missing"})
        return row

    def shown(self, resource: str, row: Row) -> Row:
        """The row as sent."""
        return self.world.presenter().one(resource, row)


Run = Callable[[WriteCall], tuple[int, Any]]


class Write(msgspec.Struct, frozen=True, kw_only=True):
    """One endpoint; `resource` is what an id in the path must exist in."""

    resource: str
    scope: str
    accepts: dict[str, Kind]
    requires: set[str]
    run: Run


WRITES: dict[tuple[str, str], Write] = {}


def write(method: str, path: str, action: str, body: str = "") -> Callable[[Run], Run]:
    """Register an endpoint; `body` is in the form of `parse_kinds`, with `!` marking what is required."""
    resource = path.split("/", maxsplit=1)[0]

    def register(run: Run) -> Run:
        WRITES[method, path] = Write(
            resource=resource,
            scope=f"harvest:{resource}:{action}",
            accepts=parse_kinds(body.replace("!", "")),
            requires={token.replace("=", ":").split(":")[0] for token in body.split() if token.endswith("!")},
            run=run,
        )
        return run

    return register
