"""What people read while the server is away, and that it goes away by itself."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.core.cli.conftest import Command
from ui.build import ensure_frontend


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Command]:
    ensure_frontend(quiet=True)
    command = Command(tmp_path / "data", "serve")
    yield command
    command.clean()


def test_a_lost_connection_is_told_in_our_words_until_it_is_back(browser: Browser, server: Command) -> None:
    server.until(server.healthy)
    page = browser.new_page(base_url=server.url)
    page.goto("/setup")
    expect(page.get_by_label("Organisation")).to_be_visible()
    page.get_by_label("Organisation").fill("Quay Systems")
    assert server.end(signal.SIGTERM) == 0
    expect(page.get_by_role("alert")).to_contain_text("connection to Shortlist is lost")
    expect(page.get_by_text("websocket")).to_have_count(0)
    expect(page.get_by_text("Cannot connect to server")).to_have_count(0)
    again = Command(server.folder, "serve", SHORTLIST_PORT=str(server.port))
    try:
        expect(page.get_by_text("connection to Shortlist is lost")).to_have_count(0, timeout=60_000)
        expect(page.get_by_label("Organisation")).to_have_value("Quay Systems")
    finally:
        again.clean()
    page.close()
