"""What happens to jobs and job posts."""

from typing import Any

from plugins.greenhouse.twin import people
from plugins.greenhouse.twin.account import Row, stamp
from plugins.greenhouse.twin.world import World

STAGES = ("Application Review", "Phone Screen", "Technical Interview", "Face to Face", "Offer")


def open_job(
    world: World,
    *,
    title: str,
    content: str,
    location: str = "",
    stages: tuple[str, ...] = STAGES,
    **values: Any,
) -> Row:
    """A job with stages, an opening and a live post; tells `job_created` and `job_post_created`."""
    account, now = world.account, world.clock()
    defaults = {"status": "open", "opened_at": stamp(now), "confidential": False}
    job = account.add("jobs", now, **(defaults | values | {"name": title}))
    for order, name in enumerate(stages):
        stage = account.add(
            "job_interview_stages", now, job_id=job["id"], name=name, sort_order=order, active=True
        )
        step = account.add(
            "job_interviews",
            now,
            job_id=job["id"],
            job_interview_stage_id=stage["id"],
            sort_order=0,
            scheduling_type="offer" if name == "Offer" else "none" if order == 0 else "needs_scheduling",
            name=name,
            active=True,
        )
        account.add("interview_kits", now, job_id=job["id"], job_interview_id=step["id"])
    account.add("openings", now, job_id=job["id"], opened_at=stamp(now), sort_order=0, open=True)
    post = _post(world, job, content, location)
    world.announce("job_created", world.bodies().job(job))
    world.announce("job_post_created", world.bodies().job_post(post))
    return job


def _post(world: World, job: Row, content: str, location: str) -> Row:
    account, now = world.account, world.clock()
    post = account.add(
        "job_posts",
        now,
        title=job["name"],
        active=True,
        live=True,
        first_published_at=stamp(now),
        content=content,
        language="en",
        public_url=f"https://boards.greenhouse.io/{account.subdomain}/jobs/{job['id']}",
        job_id=job["id"],
        job_board_id=4_000_001_002,
        questions=[_question("Why do you want to work with us?", "long_text")],
    )
    account.add(
        "job_post_locations",
        now,
        plain_text_location=location or None,
        type="free_text",
        job_post_id=post["id"],
    )
    return post


def _question(label: str, kind: str) -> dict[str, Any]:
    return {
        "id": None,
        "description": None,
        "answer_type": kind,
        "required": False,
        "private": False,
        "label": label,
        "name": label.lower().replace(" ", "_"),
        "options": [],
    }


def edit_job(world: World, job_id: int, values: dict[str, Any]) -> Row:
    """Change a job; closing and opening set their moments. Tells `job_updated`."""
    now = world.clock()
    moments: dict[str, dict[str, Any]] = {"closed": {"closed_at": stamp(now)}, "open": {"closed_at": None}}
    job = world.account.change("jobs", job_id, now, **(moments.get(values.get("status", ""), {}) | values))
    world.announce("job_updated", world.bodies().job(job))
    return job


def edit_post(world: World, post_id: int, values: dict[str, Any]) -> Row:
    """Change a job post; `active=False` is how Greenhouse deletes one."""
    post = world.account.change("job_posts", post_id, world.clock(), **values)
    body = world.bodies().job_post(post)
    if post["active"]:
        world.announce("job_post_updated", body)
    else:
        world.announce("job_post_deleted", {"job_post": body})
    return post


def delete_job(world: World, job_id: int) -> None:
    """Remove a job with its stages, posts and applications; tells `job_deleted`."""
    account = world.account
    job = account.tables["jobs"].rows[job_id]
    for application in list(account.where("applications", job_id=job_id)):
        people.drop_application(world, application["id"])
    for resource in (
        "job_interview_stages",
        "job_interviews",
        "interview_kits",
        "job_posts",
        "openings",
        "job_owners",
        "job_hiring_managers",
    ):
        for row in list(account.where(resource, job_id=job_id)):
            account.remove(resource, row["id"])
    account.remove("jobs", job_id)
    world.announce("job_deleted", {"job": {"id": job_id, "name": job["name"]}})
