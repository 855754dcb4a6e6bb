"""Every setting of the instance, read once from the environment and an optional TOML file.

A setting `data_dir` is read from SHORTLIST_DATA_DIR, or from the key `data_dir` of the file that
SHORTLIST_CONFIG names (default: `shortlist.toml` in the data directory). The environment wins.
`docs/operating.md` lists all of them for those who run an instance.
"""

import difflib
import os
import tempfile
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from core.errors import Broken, Invalid

PREFIX = "SHORTLIST_"
_MANUAL = "docs/operating.md"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Settings of one instance. Paths are absolute; times are seconds."""

    data_dir: Path
    """Where the embedded database, documents and keys live."""
    database_url: str = ""
    """postgresql://owner:password@host/name of an external server; empty starts the embedded one."""
    host: str = "127.0.0.1"
    """Address to listen on."""
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 8300
    """Port to listen on."""
    public_url: str = ""
    """Address people and ATSs reach this instance under; empty means http://host:port."""
    keys: str = ""
    """Comma-separated Fernet keys, newest first; empty keeps one in the data directory."""
    log_format: Literal["console", "json"] = "console"
    """How log lines look."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """What is logged."""
    plugins_dir: Path | None = None
    """A folder of one-file plugins, for trying things out."""
    plugins: str = ""
    """Comma-separated plugin keys tenants may use; empty allows all that are installed."""
    worker: bool = True
    """Whether the web process also works off the queue."""
    worker_concurrency: Annotated[int, msgspec.Meta(ge=1, le=64)] = 6
    """Jobs worked on at once by one process."""
    readers: Annotated[int, msgspec.Meta(ge=1, le=32)] = 1
    """Processes that read documents."""
    session_hours: Annotated[int, msgspec.Meta(ge=1, le=8760)] = 12
    """How long a session lasts without use."""
    metrics_token: str = ""
    """Bearer token that /metrics asks for; empty answers to callers on this machine only."""

    @property
    def url(self) -> str:
        """The address of this instance without a trailing slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def allowed_plugins(self) -> frozenset[str] | None:
        """Plugin keys the operator allows; None allows all."""
        names = frozenset(name.strip() for name in self.plugins.split(",") if name.strip())
        return names or None


def load(environment: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
    """Read the settings; raises Invalid naming the setting that cannot be used."""
    environment = os.environ if environment is None else environment
    given: dict[str, Any] = {
        name: environment[PREFIX + name.upper()] for name in _NAMES if PREFIX + name.upper() in environment
    }
    given |= overrides
    values = {**_from_file(environment, given), **given}
    values["data_dir"] = _folder(values.get("data_dir") or _default_data_dir(environment))
    values["plugins_dir"] = _folder(values["plugins_dir"]) if values.get("plugins_dir") else None
    try:
        return msgspec.convert(values, Settings, strict=False)
    except msgspec.ValidationError as error:
        what, _, where = str(error).rpartition(" - at ")
        name = where.strip("`").removeprefix("$.")
        raise Invalid(
            f"The setting {name} ({PREFIX}{name.upper()}) cannot be used: {what}.",
            f"{_MANUAL} says what each setting takes.",
        ) from error


def unknown(environment: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """A sentence about each variable that looks like a setting and is none, with the one it may have meant."""
    environment = os.environ if environment is None else environment
    known = {_variable(name) for name in (*_NAMES, "config")}
    return tuple(
        f"{name} is no setting and does nothing. "
        f"{_meant([name.removeprefix(PREFIX).lower()], spelt=_variable)}{_MANUAL} lists them all."
        for name in sorted(environment)
        if name.startswith(PREFIX) and name not in known
    )


def make_data_dir(settings: Settings) -> None:
    """Make the data directory; raises Broken when it cannot be written."""
    folder = settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Asking the file system, since root may write everywhere but on what is mounted read-only.
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Broken(
            f"The data directory {folder} cannot be written: {(error.strerror or str(error)).lower()}.",
            "Make it writable for this user, or choose another with SHORTLIST_DATA_DIR.",
        ) from error


_NAMES = tuple(field.name for field in msgspec.structs.fields(Settings))


def _folder(path: Any) -> Path:
    return Path(str(path)).expanduser().absolute()


def _default_data_dir(environment: Mapping[str, str]) -> str:
    base = environment.get("XDG_DATA_HOME") or str(Path(environment.get("HOME", "~")) / ".local" / "share")
    return str(Path(base) / "shortlist")


def _from_file(environment: Mapping[str, str], given: Mapping[str, Any]) -> dict[str, Any]:
    named = environment.get(PREFIX + "CONFIG")
    path = _folder(named or Path(given.get("data_dir") or _default_data_dir(environment)) / "shortlist.toml")
    if not path.is_file():
        if named:
            raise Invalid(f"{PREFIX}CONFIG names {path}, which is no file.", "Correct the path.")
        return {}
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid(
            f"{path.name} is not valid TOML: {error}.", "Correct the file and start again."
        ) from error
    strange = sorted(found.keys() - set(_NAMES))
    if strange:
        raise Invalid(
            f"{path.name} has settings that do not exist: {', '.join(strange)}.",
            f"{_meant(strange)}{_MANUAL} lists them all.",
        )
    return found


def _meant(strange: Sequence[str], *, spelt: Callable[[str], str] = str) -> str:
    near = [spelt(name) for wrong in strange for name in difflib.get_close_matches(wrong, _NAMES, n=1)]
    return f"Perhaps {', '.join(near)} was meant; " if near else ""


def _variable(name: str) -> str:
    return PREFIX + name.upper()
