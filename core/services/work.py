"""The tasks of the queue by name."""

from collections.abc import Awaitable, Callable
from typing import Final
from uuid import UUID

from core.services.events import tell
from core.services.intake import take_in
from core.services.notifying import carry, spread
from core.services.rubrics import extract_rubric
from core.services.scoring import score_job
from core.services.shadowing import shadow_job
from core.services.sync import follow_hints, sync
from core.services.writing import write_back

TASKS: Final[dict[str, Callable[[UUID, UUID], Awaitable[None]]]] = {
    "sync": sync,
    "follow_hints": follow_hints,
    "intake": take_in,
    "rubric": extract_rubric,
    "score": score_job,
    "shadow": shadow_job,
    "write_back": write_back,
    "tell": tell,
    "notify": spread,
    "carry": carry,
}
