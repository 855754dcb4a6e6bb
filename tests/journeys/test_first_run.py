"""From an empty database to a scored board, and who may go where."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

ADMIN = "ada@example.org"
Visit = Callable[..., Page]


def test_the_first_admin_connects_an_ats_and_finds_everybody_scored(visit: Visit, connected: Any) -> None:
    page = visit("/jobs", ADMIN)
    expect(page.locator(".row-link")).to_have_count(3)
    expect(page.get_by_text(re.compile(r"3 jobs, 2\d applications"))).to_be_visible()
    page.get_by_role("button", name=re.compile("Notices")).click()
    expect(
        page.get_by_text(re.compile("Greenhouse.*connected|connected.*Greenhouse", re.I)).first
    ).to_be_visible()


def test_a_stranger_is_asked_to_sign_in_and_then_led_back(visit: Visit, connected: Any) -> None:
    page = visit("/settings/plugins")
    expect(page).to_have_url(re.compile("/login"))
    page.get_by_label("E-mail address").fill(ADMIN)
    page.get_by_label("Password").fill("a wrong password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("not right")
    expect(page.get_by_label("E-mail address")).to_have_value(ADMIN)
    expect(page.get_by_label("Password")).to_have_value("")
    expect(page.get_by_label("Password")).to_be_focused()
    page.get_by_label("Password").fill("a short sentence")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/settings/plugins"))


def test_a_hiring_manager_reads_and_comments_but_changes_nothing(visit: Visit, connected: Any) -> None:
    page = visit("/settings/members", ADMIN)
    page.get_by_label("Name").fill("Hal Manager")
    page.get_by_label("E-mail address").fill("hal@example.org")
    page.locator("select[name=role]").select_option("hiring_manager")
    page.get_by_label("First password").fill("another sentence")
    page.get_by_role("button", name="Add member").click()
    expect(page.get_by_text("hal@example.org")).to_be_visible()

    manager = visit("/settings/plugins", "hal@example.org", "another sentence")
    expect(manager.get_by_role("heading", name="Only admins change settings")).to_be_visible()
    manager.goto("/jobs")
    manager.locator(".row-link").first.click()
    manager.get_by_role("link", name="Requirements").click()
    expect(manager.get_by_text("Recruiters and admins of your team change them.")).to_be_visible()
    expect(manager.locator(".demands tbody tr").first).to_be_visible()
    expect(manager.locator("main").locator("input, select, textarea, button, fieldset")).to_have_count(0)


def test_switching_a_plugin_off_and_on_again(visit: Visit, connected: Any) -> None:
    page = visit("/settings/plugins", ADMIN)
    switch = page.get_by_role("switch", name=re.compile("E-mail"))
    expect(switch).to_be_checked()
    switch.click()
    expect(switch).not_to_be_checked()
    page.reload()
    expect(switch).not_to_be_checked()
    switch.click()
    expect(switch).to_be_checked()


def test_a_changed_requirement_scores_everybody_again(visit: Visit, connected: Any) -> None:
    page = visit("/jobs", ADMIN)
    page.locator(".row-link").nth(2).click()
    expect(page.locator("[data-card]").first).to_be_visible()
    page.get_by_role("link", name="Requirements").click()
    page.get_by_label("Weight").first.fill("9")
    page.get_by_label("Weight").first.blur()
    page.get_by_role("button", name="Save as new version").click()
    expect(page.locator("main").get_by_text("Version 2")).to_be_visible()
