"""Deciding on the board: by mouse, by keyboard, from the menu, together with others."""

import base64
import re
import time
from collections.abc import Callable
from typing import Any, Final

import pytest
from playwright.sync_api import Locator, Page, expect

from core.sdk.testing.cast import make_cast, paper
from tests.journeys.conftest import PATIENCE

ADMIN = "ada@example.org"
HIDDEN: Final = "Ten years of everything this job asks for"
Visit = Callable[..., Page]


def board(visit: Visit, who: str = ADMIN, job: int = 0, width: int = 1440) -> Page:
    page = visit("/jobs", who, width=width)
    page.locator(".row-link").nth(job).click()
    expect(page.locator("[data-column] [data-card]").first).to_be_visible(timeout=60_000)
    expect(page.get_by_text("still being scored")).to_have_count(0, timeout=60_000)
    return page


def column(page: Page, name: str) -> Locator:
    return page.locator(f"[data-column={name}]")


def someone(page: Page, name: str) -> str:
    """The id of the first card of a column."""
    found = column(page, name).locator("[data-card]").first.get_attribute("data-card")
    assert found
    return found


def card(page: Page, identifier: str) -> Locator:
    return page.locator(f"[data-card='{identifier}']:not([data-leaving])")


def stands_in(page: Page, identifier: str, name: str) -> None:
    expect(column(page, name).locator(f"[data-card='{identifier}']")).to_be_visible()


def eventually(condition: Callable[[], Any], seconds: float = 30) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.2)
    raise AssertionError("it did not happen in time")


def test_a_dropped_card_stays_where_it_is_for_everybody_and_is_noted_in_the_ats(
    visit: Visit, connected: Any
) -> None:
    mine, other = board(visit), board(visit)
    who = someone(mine, "not_qualified")
    written = len(connected.twin.rows("notes"))
    card(mine, who).drag_to(column(mine, "qualified"))
    stands_in(mine, who, "qualified")
    stands_in(other, who, "qualified")
    mine.reload()
    stands_in(mine, who, "qualified")
    eventually(lambda: len(connected.twin.rows("notes")) > written)


def test_the_keyboard_alone_moves_opens_and_takes_back(visit: Visit, connected: Any) -> None:
    page = board(visit)
    who = someone(page, "not_qualified")
    card(page, who).focus()
    page.keyboard.press("Alt+ArrowRight")
    stands_in(page, who, "pre_qualified")
    expect(card(page, who)).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Moved")).to_contain_text("Pre-Qualified")
    page.keyboard.press("Control+z")
    stands_in(page, who, "not_qualified")
    card(page, who).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".panel h2").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".panel")).to_have_count(0)
    expect(card(page, who)).to_be_focused()


def test_the_menu_moves_a_card_without_dragging(visit: Visit, connected: Any) -> None:
    page = board(visit)
    who = someone(page, "qualified")
    card(page, who).get_by_role("button", name=re.compile("^Move .* to")).click()
    page.get_by_role("menuitem", name="Needs a look").click()
    stands_in(page, who, "needs_a_look")
    page.get_by_role("button", name="Undo").click()
    stands_in(page, who, "qualified")


def test_many_picked_cards_move_at_once(visit: Visit, connected: Any) -> None:
    page = board(visit, job=1)
    cards = column(page, "not_qualified").locator("[data-card]")
    both = [str(cards.nth(place).get_attribute("data-card")) for place in (0, 1)]
    for who in both:
        card(page, who).focus()
        page.keyboard.press("Space")
    page.get_by_role("region", name="Picked cards").get_by_role("button", name="Pre-Qualified").click()
    for who in both:
        stands_in(page, who, "pre_qualified")


def test_a_new_application_appears_scored_on_an_open_board(visit: Visit, connected: Any) -> None:
    page = board(visit)
    title = page.locator("h1").inner_text()
    job = next(row["id"] for row in connected.twin.rows("jobs") if row["name"] == title)
    connected.twin.act(
        "apply", job_id=job, candidate={"first_name": "Nova", "last_name": "Lindgren"}, files=[_resume()]
    )
    expect(page.get_by_text("Nova Lindgren")).to_be_visible(timeout=60_000)


def _resume() -> dict[str, str]:
    text = (
        "Nova Lindgren\nExperience\nCustomer Support Specialist, Quay Systems, 2019 - present\n"
        "Answered customers in German and English every day and kept every ticket in Zendesk.\n"
        "Settled complaints of business customers and wrote guides for the help centre.\n"
        "Languages\nGerman (native), English (C1)\n"
    )
    return _file("nova.txt", text.encode(), "text/plain")


def _file(name: str, content: bytes, media_type: str) -> dict[str, str]:
    encoded = base64.b64encode(content).decode()
    return {"filename": name, "type": "resume", "content": encoded, "content_type": media_type}


def test_hidden_words_are_read_by_keyboard_and_by_touch(visit: Visit, connected: Any) -> None:
    page = board(visit)
    title = page.locator("h1").inner_text()
    job = next(row["id"] for row in connected.twin.rows("jobs") if row["name"] == title)
    hidden = paper.one_column(make_cast(applications=3, jobs=3).applications[0].person, 1, hidden=HIDDEN)
    someone_new = {"first_name": "Vera", "last_name": "Moreau"}
    connected.twin.act(
        "apply", job_id=job, candidate=someone_new, files=[_file("vera.pdf", hidden, "application/pdf")]
    )
    page.get_by_text("Vera Moreau").click(timeout=60_000)
    page.get_by_role("link", name="Full page").click()
    page.get_by_role("tab", name="X-ray").click()
    words = page.locator(".unseen-words")
    expect(words).to_contain_text(HIDDEN)
    expect(words).to_contain_text("the colour of its background")
    mark = page.get_by_role("button", name="Hidden text, the colour of its background")
    page.get_by_role("tab", name="Original").focus()
    page.keyboard.press("Tab")
    expect(mark).to_be_focused()
    expect(mark).to_have_attribute("aria-pressed", "true")


def test_what_is_tried_moves_nobody_until_it_is_applied(visit: Visit, connected: Any) -> None:
    page, other = board(visit, job=2), board(visit, job=2)
    before = page.locator(".column-head .count").all_inner_texts()
    page.get_by_role("button", name="What if").click()
    trial = page.get_by_role("complementary", name="What if")
    expect(trial.get_by_role("status")).to_have_text("Nobody would move")
    place = weighty(trial)
    weight = trial.get_by_label("Weight: ").nth(place)

    weight.fill("0")
    expect(trial.get_by_role("alert")).to_have_text("The weight must lie between 1 and 100.")
    expect(trial.locator(".outcome tbody td:nth-child(3)")).to_have_text(["–"] * 4)
    expect(trial.get_by_role("button", name="Apply")).to_be_disabled()
    weight.fill("90")
    expect(trial.get_by_role("status")).to_have_text(re.compile(r"^\d+ applications? would move$"))
    assert trial.locator(".outcome tbody td:nth-child(2)").all_inner_texts() == before
    then = trial.locator(".outcome tbody td:nth-child(3)").all_inner_texts()
    assert then != before
    moved = trial.locator(".movers li")
    name, way = (moved.first.locator("span").nth(place).inner_text() for place in (0, 2))
    assert page.locator(".column-head .count").all_inner_texts() == before, "nobody has moved yet"

    trial.get_by_role("button", name="Apply as new version").click()
    expect(page.get_by_text("Saved as version 2.")).to_be_visible()
    expect(trial).to_have_count(0)
    for each in (page, other):
        expect(each.locator(".column-head .count")).to_have_text(then, timeout=PATIENCE)
        landed = each.locator(
            ".column", has=each.get_by_role("heading", name=way.removeprefix("to "), exact=True)
        )
        expect(landed.locator("[data-card]:not([data-leaving])", has_text=name).first).to_be_visible()
    page.get_by_role("link", name="Requirements").click()
    expect(page.locator("main").get_by_text("Version 2")).to_be_visible()
    expect(page.get_by_label("Weight").nth(place)).to_have_value("90")


def weighty(trial: Locator) -> int:
    """The place of a requirement whose weight decides where people stand."""
    rows = trial.locator(".trial-rows tbody tr")
    for place in range(rows.count()):
        rows.nth(place).get_by_label("Weight: ").fill("90")
        expect(rows.nth(place).get_by_text("so far weight")).to_be_visible()
        if trial.get_by_role("status").inner_text() != "Nobody would move":
            return place
        trial.get_by_role("button", name="Start over").click()
        expect(rows.nth(place).get_by_text("so far weight")).to_have_count(0)
    raise AssertionError("no weight moves anybody")


def test_a_quote_leads_to_its_place_in_the_resume(visit: Visit, connected: Any) -> None:
    page = board(visit)
    card(page, someone(page, "qualified")).locator(".card-name").click()
    quote = page.locator(".panel .quote").first
    words = quote.inner_text().split("“")[1].split("”")[0]
    quote.click()
    mark = page.locator(".panel mark")
    expect(mark).to_be_visible()
    expect(mark).to_have_text(words)


def test_the_points_on_a_profile_add_up_to_its_score(visit: Visit, connected: Any) -> None:
    page = board(visit)
    card(page, someone(page, "qualified")).locator(".card-name").click()
    expect(page.locator(".panel .sum tfoot")).to_be_visible()
    rows = page.locator(".panel .sum tbody td:last-child").all_inner_texts()
    points = sum(int(text.split("/")[0]) for text in rows if "/" in text)
    assert str(points) == page.locator(".panel .score.huge").inner_text()


def test_the_menu_by_keyboard_leaves_the_keys_on_the_card(visit: Visit, connected: Any) -> None:
    page = board(visit)
    who = someone(page, "not_qualified")
    card(page, who).focus()
    page.keyboard.press("m")
    expect(page.get_by_role("menuitem").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(card(page, who)).to_be_focused()
    page.keyboard.press("m")
    page.keyboard.press("Enter")
    stands_in(page, who, "pre_qualified")
    expect(card(page, who)).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Moved")).to_contain_text("Pre-Qualified")


def test_what_is_decided_faster_than_the_server_answers_is_all_kept(visit: Visit, connected: Any) -> None:
    page = board(visit, job=1)
    cards = column(page, "not_qualified").locator("[data-card]")
    people = [cards.nth(place).get_attribute("data-card") or "" for place in range(2)]
    for who in people:
        card(page, who).focus()
        page.keyboard.press("Alt+ArrowRight")
    for who in people:
        stands_in(page, who, "pre_qualified")
    page.reload()
    for who in people:
        stands_in(page, who, "pre_qualified")


@pytest.mark.parametrize("width", [390, 1024, 1440])
def test_no_page_is_wider_than_its_screen(visit: Visit, connected: Any, width: int) -> None:
    page = board(visit, width=width)
    pages = [page.url, f"{page.url}/requirements", "/jobs", "/review", "/settings/integrations"]
    pages += ["/settings/integrations/new", "/settings/plugins", "/settings/plugins/notifiers/email"]
    pages += ["/settings/scoring", "/settings/scoring/scorers/llm", "/settings/audit"]
    people = [card.get_attribute("data-card") for card in page.locator("[data-card]").all()]
    pages += [f"/applications/{people[place]}" for place in (0, -1)]
    for path in (*pages, "/settings/members", "/help"):
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator(".skeleton")).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        # What the page's own scrolling hides is as far away.
        assert page.locator("main").evaluate("main => main.scrollWidth <= main.clientWidth"), path
        nameless = page.evaluate(
            "[...document.querySelectorAll('button, a[href], input, select, textarea')].filter(e => e.type != 'hidden'"
            " && !(e.innerText || e.ariaLabel || e.title || e.labels?.length || e.value)).map(e => e.outerHTML)"
        )
        assert nameless == [], path
