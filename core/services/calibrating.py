"""What a team's own decisions say of its scores, once there are enough of them."""

from core.screening.calibration import Calibration, Range, calibrate
from core.services.access import Actor, require
from core.store import decided
from core.store.scope import tenant

__all__ = ["Calibration", "Range", "calibration"]


async def calibration(actor: Actor) -> Calibration | None:
    """How often the team found applications of each range of scores qualified; None while too few."""
    require(actor, "edit_rubric")
    async with tenant(actor.tenant_id):
        found = await decided.with_scores()
    return calibrate(found)
