"""A mirror kept by reading ends like the account, whatever happens meanwhile and wherever we are killed."""

import random
from typing import Any

import pytest

from core.sdk import Application, Document, Page, Selection
from plugins.greenhouse.bundling import Bundling
from plugins.greenhouse.names import Names
from plugins.greenhouse.reading import Reading

from .conftest import MakeRig, Rig

pytestmark = pytest.mark.anyio
STAGES = ("Application Review", "Phone Screen", "Technical Interview", "Face to Face", "Offer")


class Mirror:
    """What a host would keep: records by id, and the cursor that was stored with them."""

    def __init__(self) -> None:
        self.cursor = ""
        self.applications: dict[str, Application] = {}
        self.documents: dict[str, Document] = {}

    def keep(self, page: Page) -> None:
        self.cursor = page.cursor
        for record in page.records:
            if isinstance(record, Application):
                self.applications[record.id] = record
            elif isinstance(record, Document):
                self.documents[record.id] = record


def reading(rig: Rig, per_page: int) -> Reading:
    harvest = rig.connector._harvest
    bundling = Bundling(harvest, Names(harvest, rig.context.log))
    return Reading(harvest, bundling, rig.clock.now, per_page=per_page)


def something_happens(rig: Rig, dice: random.Random) -> None:
    """One act of somebody at Greenhouse, time passing, or cursors expiring."""
    row = dice.choice(
        [r for r in rig.twin.rows("applications") if r["job_id"] and r["status"] == "in_process"]
    )
    act = dice.choice(("apply", "move", "reject", "edit", "attach", "wait", "expire"))
    if act == "apply":
        who = {"first_name": "New", "last_name": f"Person {dice.random()}"}
        file = {"filename": "cv.txt", "content": "Y3Y="}
        rig.twin.act("apply", job_id=row["job_id"], candidate=who, files=[file])
    elif act == "move":
        rig.twin.act("move", id=row["id"], stage=dice.choice(STAGES))
    elif act == "reject":
        rig.twin.act("reject", id=row["id"])
    elif act == "edit":
        rig.twin.act("edit_candidate", id=row["candidate_id"], values={"title": f"Title {dice.random()}"})
    elif act == "attach":
        rig.twin.act("attach", id=row["id"], file={"filename": "more.txt", "content": "bQ=="})
    elif act == "wait":
        rig.twin.advance(dice.choice((1, 60, 400)))
    else:
        rig.twin.expire_cursors()


async def read_until_killed(rig: Rig, mirror: Mirror, dice: random.Random, selection: Selection) -> None:
    async for page in reading(rig, per_page=2).pages(mirror.cursor, selection):
        if dice.random() < 0.3:
            return  # killed before the page was stored
        mirror.keep(page)
        for _ in range(dice.randrange(3)):
            something_happens(rig, dice)


@pytest.mark.parametrize("seed", range(12))
async def test_the_mirror_ends_like_the_account(make_rig: MakeRig, twin: Any, seed: int) -> None:
    twin.configure(rate_limit=False, children_touch_parents=seed % 3 == 0)
    dice, mirror = random.Random(seed), Mirror()
    selection = make_rig().select("Backend Engineer", "Sales Lead")
    for _ in range(6):
        await read_until_killed(make_rig(off=dice.choice((-120.0, 0.0, 120.0))), mirror, dice, selection)
    async for page in reading(make_rig(), per_page=2).pages(mirror.cursor, selection):
        mirror.keep(page)
    rows = [row for row in twin.rows("applications") if str(row["job_id"]) in selection.job_ids]
    states = {"in_process": "active", "rejected": "rejected"}
    assert {key: found.state for key, found in mirror.applications.items()} == {
        str(row["id"]): states[row["status"]] for row in rows
    }
    active = {str(row["id"]): row["stage_name"] for row in rows if row["status"] == "in_process"}
    assert {key: mirror.applications[key].status_name for key in active} == active
    attached = {str(row["id"]) for row in twin.rows("attachments")}
    assert attached <= set(mirror.documents), "what was replaced is told by nobody"
