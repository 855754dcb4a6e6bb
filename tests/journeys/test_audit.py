"""An admin audits: answers in, a report on the screen, and the same report from the files an auditor gets."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from click.testing import CliRunner
from playwright.sync_api import Page, expect

from core.cli import cli
from tests.journeys.conftest import ADMIN

HEAD = "application_id,sex,race_ethnicity\n"


def test_answers_become_a_report_that_its_files_prove(
    visit: Callable[..., Page], connected: Any, tmp_path: Path
) -> None:
    page = visit("/settings/audit", ADMIN)
    expect(page.get_by_text("There are none yet.")).to_be_visible()
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    api = httpx.Client(base_url=connected.url, cookies=cookies)
    jobs = [job["id"] for job in api.get("/api/jobs").json()]
    boards = [column for job in jobs for column in api.get(f"/api/jobs/{job}/board").json()]
    found = [card["id"] for column in boards for card in column["cards"]]
    lines = [f"{name},{'female' if place % 2 else 'male'},\n" for place, name in enumerate(found)]
    answers, bad = tmp_path / "answers.csv", tmp_path / "bad.csv"
    answers.write_text(HEAD + "".join(lines))
    bad.write_text(HEAD + "".join(lines[:3]) + "nobody,male,\n")

    refused = api.post("/api/audits/answers", content=bad.read_bytes())
    api.close()
    assert refused.json()["fields"] == {"Line 5": "There is no application “nobody” here."}
    page.locator("input[type=file]").set_input_files(answers)
    expect(page.get_by_text(f"{len(found)} applications have answers.")).to_be_visible()

    page.get_by_label("Smallest category shown").fill("1")
    page.get_by_role("button", name="Make report").click()
    sex = page.locator(".audit-part", has_text="Sex").first
    expect(sex.get_by_role("row", name="Female")).to_contain_text(str(len(found) // 2))
    files = {}
    for name in ("Rows as CSV", "Report as JSON"):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        files[name] = tmp_path / name
        download.value.save_as(files[name])

    audited = CliRunner().invoke(cli, ["audit", str(files["Rows as CSV"]), "--min-cell", "1", "--json"])
    assert json.loads(audited.stdout) == json.loads(files["Report as JSON"].read_text())["report"]

    page.get_by_role("button", name="Delete all answers").click()
    page.get_by_role("button", name="Delete all answers").click()
    expect(page.get_by_text("There are none yet.")).to_be_visible()
