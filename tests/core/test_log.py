"""Planted secrets and candidates' texts never come out of the log, whichever way they go in."""

import io
import json
import logging
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest
import structlog

from core import log

SECRET = "canary-7f3a91-secret"
MAIL = "amara.rivera@example.org"
ANSWER_IS_IN = "kept"


class Credentials(msgspec.Struct, frozen=True, kw_only=True):
    client: str
    api_key: str


class Odd:
    def __repr__(self) -> str:
        raise RuntimeError("no words for it")


@pytest.fixture(params=["json", "console"])
def written(request: pytest.FixtureRequest) -> Iterator[Callable[[], str]]:
    root, kept = logging.getLogger(), logging.getLogger().handlers[:]
    level, stream = root.level, io.StringIO()
    log.configure(request.param, "debug", stream=stream)
    yield stream.getvalue
    root.handlers[:] = kept
    root.setLevel(level)
    logging.captureWarnings(False)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def logger() -> Any:
    return structlog.stdlib.get_logger("tests")


HIDDEN_BY_KEY_OR_SHAPE: tuple[dict[str, Any], ...] = (
    {"authorization": SECRET},
    {"client_secret": SECRET},
    {"X-Api-Key": SECRET},
    {"set_cookie": [SECRET]},
    {"headers": {"Authorization": f"Basic {SECRET}"}},
    {"nested": {"deep": [{"access_token": SECRET}]}},
    {"credentials": Credentials(client="acme", api_key=SECRET)},
    {"held": (Credentials(client="acme", api_key=SECRET),)},
    {"sent": f"Authorization: Bearer {SECRET}"},
    {"url": f"https://ats.example/v3/jobs?page=2&token={SECRET}"},
    {"url": f"postgresql://owner:{SECRET}@db.example/shortlist"},
    {"raw": SECRET.encode()},
    {"said": f'the answer was {{"password": "{SECRET}"}}'},
    {"said": f"api_key={SECRET}, region=eu"},
    {"resume_text": SECRET},
    {"text": SECRET},
    {"candidate_email": SECRET},
    {"phones": [SECRET]},
    {"last_name": SECRET},
)


@pytest.mark.parametrize("event", HIDDEN_BY_KEY_OR_SHAPE, ids=lambda event: next(iter(event)))
def test_a_secret_is_hidden_by_its_key_or_its_shape(
    written: Callable[[], str], event: dict[str, Any]
) -> None:
    logger().info("something happened", outcome=ANSWER_IS_IN, **event)
    assert SECRET not in written()
    assert ANSWER_IS_IN in written()


@pytest.fixture
def protected() -> str:
    value = 'canary "protected" %value/91'
    log.protect(value)
    return value


@pytest.mark.parametrize(
    "say",
    [
        lambda value: logger().info(f"said {value} aloud"),
        lambda value: logger().info("said %s aloud", value),
        lambda value: logger().info("said", words=[{"inner": value}]),
        lambda value: logger().info("said", words={value: 1}),
        lambda value: logger().info("said", thing=ValueError(value)),
        lambda value: logger().info("said", url="https://x.example/?q=canary%20%22protected%22%20%25value%2F91"),
        lambda value: logging.getLogger("a.library").warning("said %s aloud", value),
        lambda value: warnings.warn(f"said {value} aloud", stacklevel=1),
        lambda value: [structlog.contextvars.bind_contextvars(request=value), logger().info("said")],
    ],
    ids=["message", "argument", "nested", "as a key", "exception", "quoted", "library", "warning", "bound"],
)  # fmt: skip
def test_a_protected_value_is_hidden_wherever_it_comes_from(
    written: Callable[[], str], protected: str, say: Callable[[str], object]
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        say(protected)
    assert written()
    for spelling in (protected, json.dumps(protected)[1:-1], "canary%20"):
        assert spelling not in written()


@pytest.mark.parametrize("name", ["tests", "a.library"])
def test_tracebacks_show_where_but_neither_secrets_nor_locals(
    written: Callable[[], str], protected: str, name: str
) -> None:
    local_only = "local-variable-value-41"
    source = logger() if name == "tests" else logging.getLogger(name)
    try:
        try:
            raise KeyError(f"inner {protected} {len(local_only)}")
        except KeyError as error:
            raise RuntimeError(f"password={SECRET} of {MAIL}") from error
    except RuntimeError:
        source.exception("it broke")
    output = written()
    assert "test_log.py" in output
    assert "RuntimeError" in output
    for planted in (protected, SECRET, MAIL):
        assert planted not in output
    assert output.count(local_only) <= 1, "the source line may show, a dump of locals may not"


def test_an_object_that_cannot_be_shown_does_not_break_the_line() -> None:
    assert log.redact(None, "info", {"event": "odd", "thing": Odd()}) == {"event": "odd", "thing": "[Odd]"}


def test_tenant_and_job_are_bound_to_every_line(written: Callable[[], str]) -> None:
    with structlog.contextvars.bound_contextvars(tenant="t-1", job="j-9"):
        logger().info("one")
        logging.getLogger("a.library").warning("two")
    assert [("t-1" in line, "j-9" in line) for line in written().splitlines()] == [(True, True)] * 2


def test_json_lines_are_json_with_level_time_and_logger() -> None:
    kept, stream = logging.getLogger().handlers[:], io.StringIO()
    try:
        log.configure("json", "info", stream=stream)
        logger().debug("too quiet")
        logger().info("loud enough", count=3)
    finally:
        logging.getLogger().handlers[:] = kept
        logging.captureWarnings(False)
        structlog.reset_defaults()
    (line,) = stream.getvalue().splitlines()
    event = json.loads(line)
    assert (event["event"], event["level"], event["logger"], event["count"]) == (
        "loud enough",
        "info",
        "tests",
        3,
    )
    assert event["timestamp"].endswith("Z")


def test_ordinary_words_stay() -> None:
    sentence = "Greenhouse answered with error 503 for page 12 of jobs; the pass took 3 tries at 09:30."
    assert log.hide(sentence) == sentence


def test_short_values_are_not_protected_because_they_would_blot_out_words() -> None:
    log.protect("page")
    assert log.hide("page 12") == "page 12"
