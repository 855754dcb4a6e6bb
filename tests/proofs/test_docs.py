"""What the documents say is true: names exist, links lead somewhere, the example runs."""

import ast
import re
import shlex
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final, get_args

import msgspec
import pytest
from click.testing import CliRunner

from core.cli import cli
from core.registry import ScorerHost, load_catalog
from core.screening.verify import verify
from core.sdk import Material, Misconfigured, Notice, Requirement, Rubric, Source, errors
from core.sdk.fields import FieldKind
from core.sdk.hooks import Hooks
from core.settings import PREFIX, Settings

ROOT: Final = Path(__file__).parents[2]
DOCS: Final = ROOT / "docs"
PAGES: Final = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md")))
EXAMPLE: Final = DOCS / "examples" / "shortlist-example"
KEY: Final = "shortlist_example"
SETTINGS: Final = {f"{PREFIX}{field.name.upper()}" for field in msgspec.structs.fields(Settings)}
JOB: Final = "Data Engineer\n\nRequirements\n- SQL\n- Kafka or RabbitMQ\n- Terraform\n"
RESUME: Final = (
    "Experience\nData Engineer, Quay Systems, 01/2018 - present\n"
    "Ran Kafka clusters that carry all orders of the company in four countries.\n"
    "Tuned SQL queries for finance and three other departments, and wrote the handbook for those on call.\n"
    "Taught two classes a year about query plans, indexes and how to read them.\n"
)


def text(*path: str) -> str:
    return ROOT.joinpath(*path).read_text("utf-8")


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def fenced(page: str) -> Iterator[str]:
    """The lines of a page's code blocks."""
    for block in re.findall(r"^```\w*\n(.*?)^```", page, re.MULTILINE | re.DOTALL):
        yield from block.splitlines()


def test_every_setting_stands_in_the_manual_with_its_default() -> None:
    rows = dict(re.findall(rf"^\| `({PREFIX}\w+)` \| (.*) \|$", text("docs", "operating.md"), re.MULTILINE))
    assert set(rows) == SETTINGS
    for field in msgspec.structs.fields(Settings):
        key, default, _ = (cell.strip() for cell in rows[PREFIX + field.name.upper()].split(" | ", 2))
        assert key == f"`{field.name}`"
        if isinstance(field.default, bool):
            assert default == f"`{str(field.default).lower()}`"
        elif isinstance(field.default, int) or (field.default and isinstance(field.default, str)):
            assert default == f"`{field.default}`"


def test_no_page_names_a_setting_that_does_not_exist() -> None:
    known = SETTINGS | {f"{PREFIX}CONFIG"}
    named = {page.name: set(re.findall(rf"{PREFIX}[A-Z_]*[A-Z]", page.read_text("utf-8"))) for page in PAGES}
    assert {page: names - known for page, names in named.items() if names - known} == {}


def test_every_command_is_described_and_every_described_command_exists() -> None:
    pages = "\n".join(page.read_text("utf-8") for page in PAGES)
    code = "\n".join([*re.findall(r"`([^`\n]+)`", pages), *fenced(pages)])
    named = set(re.findall(r"(?:^|[ /])shortlist ([a-z]+)", code, re.MULTILINE))
    assert named == set(cli.commands)


def test_every_option_that_is_named_exists() -> None:
    for page in PAGES:
        for command, rest in re.findall(r"`shortlist (\w+)([^`\n]*)`", page.read_text("utf-8")):
            known = {option for parameter in cli.commands[command].params for option in parameter.opts}
            assert set(re.findall(r"--[a-z-]+", rest)) <= known, f"{page.name}: shortlist {command}{rest}"


def test_every_hook_error_and_kind_of_field_is_described() -> None:
    page = text("docs", "plugins.md")
    hooks = {name for name in vars(Hooks) if not name.startswith("_")}
    raised = {name for name, value in vars(errors).items() if isinstance(value, type)} - {"ConnectorError"}
    for name in hooks | raised | set(get_args(FieldKind)):
        assert re.search(rf"^\| `{name}` \|", page, re.MULTILINE), name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if re.match(r"https?:", target):
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        assert found.exists(), target
        assert found.is_relative_to(ROOT), target
        assert not anchor or anchor in anchors(found), target


def anchors(page: Path) -> set[str]:
    """What headings may be linked by."""
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_the_readme_runs_the_tests_as_ci_does() -> None:
    install = [line for line in fenced(text("README.md")) if "-m pytest" in line]
    assert len(install) == 1
    assert text(".ci", "run").splitlines()[-1] == install[0]


def test_every_decision_has_a_line_in_the_list() -> None:
    pages = {page.name for page in (DOCS / "decisions").glob("*.md")} - {"README.md"}
    assert set(re.findall(r"\]\((\w+\.md)\)", text("docs", "decisions", "README.md"))) == pages


def test_the_manual_can_be_found() -> None:
    for page in ("README.md", "CONTRIBUTING.md"):
        for target in ("docs/index.md", "docs/operating.md", "docs/plugins.md"):
            assert f"({target})" in text(page), f"{page} does not link to {target}"


def test_the_example_imports_the_sdk_and_nothing_else_of_ours() -> None:
    for path in (EXAMPLE / KEY).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                assert all(alias.name.split(".")[0] in sys.stdlib_module_names for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                module = node.module or ""
                assert module == "core.sdk" or module.split(".")[0] in sys.stdlib_module_names, path.name


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_the_examples_scorer_judges_in_the_scorers_process() -> None:
    catalog = load_catalog(plugins_dir=EXAMPLE, only=frozenset({KEY}))
    (info,) = catalog.plugins
    assert (info.state, info.problem, info.entries) == ("ready", "", ("keyword", "outbox"))
    asked: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("SQL", ()),
        ("a broker", ("NATS", "Kafka")),
        ("Go", ()),
    )
    rubric = Rubric(
        requirements=tuple(
            Requirement(id=words, text=words, category="hard_skill", must_have=True, alternatives=others)
            for words, others in asked
        )
    )
    material = Material(
        id="1",
        sources=(Source(name="resume", text="Gopher. Ran kafka and MySQL; wrote SQL."),),
        as_of=date(2026, 3, 2),
    )
    host = ScorerHost(plugins_dir=EXAMPLE, only=frozenset({KEY}))
    try:
        (judged,) = await host.judge("keyword", {}, rubric, [material])
    finally:
        await host.close()
    verify(rubric, material, judged)
    assert [judgement.match for judgement in judged] == ["met", "met", "not_stated"]
    assert [quote.quote for judgement in judged for quote in judgement.evidence] == ["SQL", "kafka"]
    assert judged[0].evidence[0].start == 35


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_the_examples_notifier_shows_a_notice_once(tmp_path: Path) -> None:
    entry = load_catalog(plugins_dir=EXAMPLE, only=frozenset({KEY})).notifiers["outbox"].entry
    notice = Notice(key="n1", recipient="rae@example.org", subject="A task", body="Look.", link="http://x/1")
    with pytest.raises(Misconfigured) as refused:
        await entry.make({"folder": str(tmp_path / "missing")}).check()
    assert refused.value.field in {field.name for field in entry.fields}
    notifier = entry.make({"folder": str(tmp_path)})
    await notifier.check()
    await notifier.send(notice)
    await notifier.send(notice)
    assert ["rae@example.org" in text(str(file)) for file in files(tmp_path)] == [True]


def test_the_manuals_command_for_trying_a_scorer_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (line,) = [line for line in fenced(text("docs", "plugins.md")) if "shortlist score" in line]
    setting, _, *arguments = shlex.split(line)
    name, _, value = setting.partition("=")
    job, resume = tmp_path / "job.txt", tmp_path / "resume.txt"
    job.write_text(JOB)
    resume.write_text(RESUME)
    given = {"job.txt": str(job), "resume.pdf": str(resume)}
    monkeypatch.setenv(name, str(ROOT / value))
    outcome = CliRunner().invoke(cli, [*(given.get(word, word) for word in arguments), "--json"])
    assert outcome.exit_code == 0, outcome.output
    (result,) = msgspec.json.decode(outcome.stdout)
    assert [row["match"] for row in result["requirements"]] == ["met", "met", "not_stated"]
