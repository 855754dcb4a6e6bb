"""What people decided, beside the score that stood before them when they did."""

from core.screening.calibration import Decided
from core.store.engine import rows


async def with_scores() -> list[Decided]:
    """The last decision on each application of the tenant; without those taken back or put off."""
    found = await rows(
        """
        WITH last AS (
            SELECT DISTINCT ON (application) application, to_category, made_at, undoes
            FROM decision ORDER BY application, made_at DESC, id DESC
        )
        SELECT s.score, last.to_category = 'qualified' AS qualified
        FROM last JOIN LATERAL (
            SELECT score FROM score WHERE application = last.application AND created_at <= last.made_at
            ORDER BY created_at DESC, id DESC LIMIT 1
        ) s ON s.score IS NOT NULL
        WHERE last.undoes IS NULL AND last.to_category IN ('qualified', 'pre_qualified', 'not_qualified')
        """
    )
    return [Decided(row["score"], row["qualified"]) for row in found]
