"""A whole instance in a process of its own, a twin, and real browsers, for journeys people make."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import msgspec
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from core.cli.demo import credentials
from core.sdk.testing.cast import make_cast
from plugins.greenhouse.twin.seed import seed_account
from plugins.greenhouse.twin.serve import TwinServer
from ui.build import ensure_frontend

ADMIN, PASSWORD = "ada@example.org", "a short sentence"
SECRET = "journey-webhook-secret"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
HERE = Path(__file__).parent
PATIENCE = 150_000
"""Milliseconds for what may take its time on a busy machine: the model loads, everybody is scored."""

expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    skip = pytest.mark.skip(reason="there is no Chromium on this machine")
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.timeout(480))
            if CHROMIUM is None:
                item.add_marker(skip)


class Instance(msgspec.Struct, frozen=True, kw_only=True):
    """Where Shortlist and its twin answer."""

    url: str
    twin: TwinServer


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """Shortlist as the first visitor finds it, and an ATS with three jobs beside it."""
    ensure_frontend(quiet=True)
    account = seed_account(make_cast(applications=24, jobs=3))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "SHORTLIST_DATA_DIR": str(tmp_path_factory.mktemp("instance")),
        "SHORTLIST_PORT": str(port),
        "SHORTLIST_LOG_LEVEL": "error",
    }
    command = [sys.executable, "-m", "core.cli", "serve"]
    with TwinServer(account) as twin, subprocess.Popen(command, env=environment) as process:
        try:
            _answers(f"http://127.0.0.1:{port}")
            yield Instance(url=f"http://127.0.0.1:{port}", twin=twin)
        finally:
            process.terminate()
            process.wait(60)


def _answers(url: str) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        try:
            if httpx.get(f"{url}/health", timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    raise TimeoutError("Shortlist did not start")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Ends with its file: Playwright keeps a loop running, beside which no other test can run its own."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def visit(browser: Browser, instance: Instance) -> Iterator[Callable[..., Page]]:
    """Opens a page in a browser of its own, signed in as whom it is told; fails on errors of scripts."""
    contexts: list[BrowserContext] = []
    broken: list[str] = []

    def open_page(path: str, who: str = "", password: str = PASSWORD, width: int = 1440) -> Page:
        context = browser.new_context(
            base_url=instance.url,
            viewport={"width": width, "height": 900},
            permissions=["clipboard-read", "clipboard-write"],
        )
        contexts.append(context)
        if who:
            form = {"email": who, "password": password}
            context.request.post("/auth/login", form=form, headers={"Origin": instance.url})
        page = context.new_page()
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.on("console", lambda said: broken.append(said.text) if said.type == "error" else None)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert broken == []


@pytest.fixture(scope="module")
def connected(browser: Browser, instance: Instance) -> Instance:
    """The team's first quarter of an hour, by hand: set up, connect, choose jobs, see people scored."""
    context = browser.new_context(base_url=instance.url, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto("/")
    set_up(page)
    connect(page, instance.twin)
    instance.twin.webhooks(f"{instance.url}/webhooks/{page.url.rpartition('/')[2]}", SECRET)
    expect(page.get_by_text("Everything is in sync.")).to_be_visible(timeout=PATIENCE)
    page.goto("/jobs")
    for place in range(3):
        page.locator(".row-link").nth(place).click()
        expect(page.locator("[data-column] [data-card]").first).to_be_visible(timeout=PATIENCE)
        expect(page.get_by_text("still being scored")).to_have_count(0, timeout=PATIENCE)
        page.goto("/jobs")
    context.close()
    return instance


def set_up(page: Page) -> None:
    expect(page).to_have_url(re.compile("/setup$"))
    for label, text in (
        ("Organisation", "Quay Systems"),
        ("Your name", "Ada Admin"),
        ("E-mail address", ADMIN),
        ("Password", PASSWORD),
    ):
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Create and sign in").click()
    expect(page.get_by_role("heading", name="No jobs yet")).to_be_visible()


def connect(page: Page, twin: TwinServer) -> None:
    page.get_by_role("link", name="Add integration").click()
    page.get_by_role("button", name="Greenhouse").click()
    page.get_by_text("More settings").click()
    entries = credentials(twin) | {"webhook_secret": SECRET}
    for name, value in (entries | {"client_secret": "not the secret"}).items():
        page.locator(f"input[name={name}]").fill(value)
    page.get_by_role("button", name="Check connection").click()
    expect(page.get_by_role("alert").first).to_contain_text("secret")
    page.locator("input[name=client_secret]").fill(entries["client_secret"])
    page.get_by_role("button", name="Check connection").click()
    expect(page.get_by_text("Every permission is there.")).to_be_visible()
    page.get_by_role("button", name="Connect to ATS").click()
    expect(page.get_by_text("3 of 3 chosen")).to_be_visible()
    page.get_by_role("button", name="Start screening").click()
    expect(page.get_by_text("Active").first).to_be_visible()
