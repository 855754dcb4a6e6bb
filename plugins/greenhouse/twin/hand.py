"""The hand that fills an account: it acts like everybody else, on a clock that stands where the story is."""

from collections.abc import Iterable
from datetime import datetime
from mimetypes import guess_type
from typing import Any

from core.sdk.testing.twin import TwinClock
from plugins.greenhouse.twin import people, pipeline, postings
from plugins.greenhouse.twin.account import Account, Content, Row
from plugins.greenhouse.twin.furniture import furnish
from plugins.greenhouse.twin.settings import TwinSettings
from plugins.greenhouse.twin.world import World


class Hand:
    """Seeds through the same acts as everybody, on a clock that stands where the story is."""

    def __init__(self, start: datetime) -> None:
        self.account = Account()
        self._start = start
        self.clock = TwinClock(start, frozen=True)
        self.world = World(self.account, TwinSettings(), self.clock)
        furnish(self.account, start)

    def until(self, moment: datetime) -> None:
        """Go on to the moment; never back, so that ids and times rise together."""
        self.clock.advance(max(0.0, (moment - self.clock()).total_seconds()))

    def first(self, resource: str, **values: Any) -> int:
        row = self.account.first(resource, **values)
        assert row, f"The furniture has no {resource} like {values}."
        return int(row["id"])

    def job(self, *, title: str, content: str, location: str = "", department: str = "") -> Row:
        """An open job with a recruiter and a hiring manager."""
        known = self.account.first("departments", name=department or "Engineering")
        if known is None:
            known = self.account.add("departments", self.clock(), name=department)
        job = postings.open_job(
            self.world,
            title=title,
            content=content,
            location=location,
            department_id=known["id"],
            office_ids=[self.first("offices", name="Berlin")],
            requisition_id=f"REQ-{len(self.account.tables['jobs'].ids) + 1:03d}",
            custom_fields={"employment_type": "Full-time"},
        )
        recruiter, manager = (
            self.first("users", first_name="Chiara"),
            self.first("users", first_name="Dmitri"),
        )
        self.account.add(
            "job_owners",
            self.clock(),
            job_id=job["id"],
            user_id=recruiter,
            type="recruiter",
            responsible=True,
        )
        self.account.add("job_hiring_managers", self.clock(), job_id=job["id"], user_id=manager)
        role = self.first("user_roles", role_type="job_admin")
        for user in (recruiter, manager):
            self.account.add(
                "user_job_permissions", self.clock(), job_id=job["id"], user_id=user, role_id=role
            )
        return job

    def apply(
        self, candidate_id: int, job: Row, *, files: Iterable[tuple[str, str, Content]], **values: Any
    ) -> Row:
        """An application through the job's post, with files of (type, filename, bytes)."""
        post = self.account.first("job_posts", job_id=job["id"])
        row = pipeline.apply(
            self.world,
            candidate_id=candidate_id,
            job_id=job["id"],
            job_post_id=post["id"] if post else None,
            recruiter_id=self.first("users", first_name="Chiara"),
            **values,
        )
        for kind, filename, content in files:
            media_type = guess_type(filename)[0] or "application/octet-stream"
            people.attach(
                self.world, row, kind=kind, filename=filename, media_type=media_type, content=content
            )
        return row
