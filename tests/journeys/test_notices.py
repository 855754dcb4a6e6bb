"""An admin sets e-mail up by keyboard alone, and what happens next arrives at a real mail server."""

import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from anyio.from_thread import start_blocking_portal
from playwright.sync_api import Page, expect

from tests.journeys.conftest import ADMIN, PATIENCE, Instance, connect, set_up
from tests.plugins.notify_email.mailserver import Inbox, open_inbox

Visit = Callable[..., Page]


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with start_blocking_portal() as portal:
        found = portal.call(partial(open_inbox, sign_in=True))
        yield found
        portal.call(found.close)


def test_e_mail_is_set_up_on_its_page_and_the_next_notice_arrives(
    visit: Visit, instance: Instance, inbox: Inbox
) -> None:
    page = visit("/")
    set_up(page)
    page.goto("/settings/plugins")
    page.get_by_role("link", name="Set up E-mail").press("Enter")
    expect(page.get_by_text("Not set up")).to_be_visible()
    _type_settings(page, inbox, password="wrong-by-one-letter")
    page.keyboard.press("Enter")
    refused = page.get_by_role("alert").filter(has_text="refused the user name or password")
    expect(refused).to_be_visible()
    expect(page.locator("#outcome")).to_be_focused()
    expect(page.locator("input[name=host]")).to_have_value("127.0.0.1")

    page.locator("input[name=password]").fill(inbox.password)
    page.get_by_role("button", name="Check only").press("Enter")
    expect(page.get_by_text("Nothing is saved yet.")).to_be_visible()
    expect(refused).to_have_count(0)
    page.get_by_role("button", name="Check and save").press("Enter")
    expect(page.get_by_text("In use")).to_be_visible()
    page.reload()
    expect(page.locator("input[name=password]")).to_have_value("")
    expect(page.locator("input[name=password]")).to_have_attribute(
        "placeholder", "Kept. Leave empty to keep it."
    )

    page.goto("/settings/integrations")
    connect(page, instance.twin)
    _until(lambda: bool(inbox.messages))
    assert inbox.messages[0]["Subject"] == "Greenhouse is connected"
    assert (inbox.messages[0]["To"], inbox.messages[0]["From"]) == (ADMIN, "Quay <notices@quay.example>")
    assert f"{instance.url}/settings/integrations/" in inbox.messages[0].get_content()

    page.goto("/settings/plugins/notifiers/email")
    page.get_by_role("button", name="Forget settings").press("Enter")
    expect(page.get_by_text("Type “E-mail” here")).to_be_visible()
    expect(page.get_by_label("to confirm")).to_be_focused()
    page.keyboard.type("E-mail")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Not set up")).to_be_visible()
    expect(page.locator("input[name=host]")).to_have_value("")


def _type_settings(page: Page, inbox: Inbox, *, password: str) -> None:
    page.locator("input[name=host]").focus()
    for text in ("127.0.0.1", str(inbox.port), "None", inbox.user, password, "notices@quay.example"):
        page.keyboard.press("Control+a")
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # unfolds the settings few need
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("Quay")


def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE / 1000
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.2)
