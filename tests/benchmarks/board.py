"""A board with thousands of applications in a real browser: to open it, to move a card, bytes of a move.

    python tests/benchmarks/board.py --applications 5000

The applications are put into the database of a served instance, scored, all of one job. "Open" is from the
address to the first card, the page loaded before; "move" is from the key to the card drawn and saved in its
new column, and until a second browser shows it there. Bytes are those of the websocket.
"""

import argparse
import asyncio
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from instance import EMAIL, PASSWORD, percentile, prepare, served, settings_in, somebody, stored_job
from playwright.sync_api import Browser, Page, expect, sync_playwright

from core.app import running
from core.clock import now
from core.domain.words import category_for
from core.screening import Assessed, Thresholds, settle
from core.screening.cards import card_of
from core.sdk.records import Application
from core.sdk.scorer import Evidence, Judgement, Requirement, Rubric
from core.services.access import Actor
from core.settings import Settings
from core.store import mirror, scores
from core.store.scope import tenant

MOVES = 30
PAGE = 500
REQUIREMENTS = tuple(
    Requirement(id=f"r{n}", text=text, category="hard_skill", must_have=n < 3, weight=3)
    for n, text in enumerate(("Apache Spark", "SQL", "Airflow", "Terraform", "Kafka"))
)


def main() -> None:
    """Run it and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--applications", type=int, default=5000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sl") as folder:
        settings = settings_in(folder)
        actor, _ = prepare(settings, None)
        job = asyncio.run(_fill(settings, actor, options.applications))
        with served(settings), sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            _measure(browser, settings.url, job, options.applications)
            browser.close()


async def _fill(settings: Settings, actor: Actor, count: int) -> UUID:
    async with running(settings, worker=False), tenant(actor.tenant_id):
        connection, job = await stored_job()
        rubric = await scores.add_rubric(job, REQUIREMENTS, source_digest="", member=None)
        for start in range(0, count, PAGE):
            numbers = range(start, min(start + PAGE, count))
            await mirror.store_people(connection, [somebody(number) for number in numbers])
            await mirror.store_applications(connection, [_application(number) for number in numbers])
            for due in await scores.due(job, PAGE):
                await _score(due, rubric.id)
        return job


def _application(number: int) -> Application:
    applied = now() - timedelta(days=number % 60)
    return Application(
        id=f"a{number}",
        job_id="j1",
        person_id=f"p{number}",
        state="active",
        status_name="Review",
        applied_at=applied,
    )


async def _score(due: scores.Due, rubric: UUID) -> None:
    number = sum(due.name.encode()) * 7919 % 3125
    matches = [("met", "partly", "not_stated", "not_met", "met")[number // 5**n % 5] for n in range(5)]
    judgements = tuple(_judgement(r.id, match) for r, match in zip(REQUIREMENTS, matches, strict=True))
    sheet = settle(Rubric(requirements=REQUIREMENTS), judgements, Thresholds(), characters=3000)
    await scores.add(
        due.id,
        rubric=rubric,
        scorer="rubric",
        scorer_version="1",
        input_digest=due.name,
        status=sheet.status,
        score=sheet.score,
        band=sheet.band,
        sheet=msgspec.json.encode(Assessed(sheet=sheet, judgements=judgements)),
    )
    await scores.settle(
        due.id,
        wanted=due.wanted,
        score=sheet.score,
        band=sheet.band,
        category=category_for(sheet.band),
        card=msgspec.json.encode(card_of(REQUIREMENTS, sheet)),
        changed=True,
    )


def _judgement(requirement: str, match: str) -> Judgement:
    if match == "not_stated":
        return Judgement(requirement_id=requirement, match="not_stated", reason="The text does not say.")
    evidence = (Evidence(source="resume", quote="Ran it", start=0, end=6),)
    return Judgement(requirement_id=requirement, match=match, reason="It is there.", evidence=evidence)  # type: ignore[arg-type]  # one of ours


def _measure(browser: Browser, url: str, job: UUID, count: int) -> None:
    mine, other = _signed_in(browser, url), _signed_in(browser, url)
    frames: list[int] = []
    mine.on("websocket", lambda socket: socket.on("framereceived", lambda data: frames.append(len(data))))
    mine.on("websocket", lambda socket: socket.on("framesent", lambda data: frames.append(len(data))))
    opened = []
    for _ in range(5):
        mine.goto("/help")
        frames.clear()
        opened.append(_timed(lambda: _open(mine, job)))
    mine.wait_for_timeout(1000)
    print(f"{count} applications of one job, {mine.locator('[data-card]').count()} cards drawn")
    print(f"{'open':34} p50 {percentile(opened, 0.5):6.2f} s  {sum(frames) / 1024:8.1f} KiB")
    _open(other, job)
    moved, seen, sizes = [], [], []
    for _ in range(MOVES):
        # From the top of a column to the left one, where its score puts it on top again.
        card = mine.locator("[data-column=qualified] [data-card]").first.get_attribute("data-card")
        target = f"[data-column=pre_qualified] [data-card='{card}']"
        mine.locator(f"[data-card='{card}']").focus()
        frames.clear()
        begun = time.perf_counter()
        mine.keyboard.press("Alt+ArrowLeft")
        expect(mine.locator(target)).to_be_visible()
        moved.append(time.perf_counter() - begun)
        expect(other.locator(target)).to_be_visible()
        seen.append(time.perf_counter() - begun)
        mine.wait_for_timeout(700)
        sizes.append(float(sum(frames)))
    for name, values in (("move, saved and drawn", moved), ("move, drawn in the other browser", seen)):
        print(f"{name:34} p50 {percentile(values, 0.5):6.2f} s  p95 {percentile(values, 0.95):6.2f} s")
    kib = [size / 1024 for size in sizes]
    print(f"{'bytes of a move':34} p50 {percentile(kib, 0.5):6.1f} KiB  p95 {percentile(kib, 0.95):6.1f} KiB")


def _signed_in(browser: Browser, url: str) -> Page:
    context = browser.new_context(base_url=url, viewport={"width": 1440, "height": 900})
    form = {"email": EMAIL, "password": PASSWORD}
    context.request.post("/auth/login", form=form, headers={"Origin": url})
    return context.new_page()


def _open(page: Page, job: UUID) -> None:
    page.goto(f"/jobs/{job}")
    expect(page.locator("[data-card]").first).to_be_visible()


def _timed(once: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    once()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
