"""Builds the screens once and keeps the result in the package, so that running needs no Node."""

import fcntl
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from core.errors import Broken

ROOT: Final = Path(__file__).resolve().parents[1]
WEB: Final = ROOT / "ui" / "_web"
_STAMP: Final = WEB / "sources.sha256"
_WORK: Final = ROOT / ".web"
_LOCK: Final = ROOT / "reflex.lock"
_SECONDS: Final = 900


class BuildFailed(Broken):
    """The screens could not be built; the message ends with what the builder said last."""


def ensure_frontend(*, quiet: bool = False) -> Path:
    """The folder with the compiled screens, built first if it is missing or older than its sources."""
    digest = _digest()
    if _current(digest):
        return WEB
    if not (ROOT / "pyproject.toml").is_file():
        raise BuildFailed(
            "The package was installed without its screens.", "Install a wheel made with `pip wheel`."
        )
    with (ROOT / ".web.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _current(digest):
            if not quiet:
                print("Building the screens (about a minute the first time)...", file=sys.stderr, flush=True)
            _build()
            # The build itself may bring the lock up to date.
            _keep(_digest())
    return WEB


def _current(digest: str) -> bool:
    return _STAMP.is_file() and (_STAMP.read_text() == digest or not (ROOT / "pyproject.toml").is_file())


def _sources() -> Iterator[Path]:
    yield ROOT / "rxconfig.py"
    for pattern in ("*.py", "*.jsx", "*.css", "*.svg"):
        yield from (p for p in (ROOT / "ui").rglob(pattern) if WEB not in p.parents)
    yield from _LOCK.glob("*")


def _digest() -> str:
    total = hashlib.sha256()
    for path in sorted(path for path in _sources() if path.is_file()):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def _build() -> None:
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "REFLEX_USE_NPM": "1",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "REFLEX_DIR": str(_WORK / "tools"),
        "NPM_CONFIG_REGISTRY": _registry(),
        "NPM_CONFIG_AUDIT": "false",
        "NPM_CONFIG_FUND": "false",
        "SHORTLIST_BUILDING": "1",
    }
    environment.pop("REFLEX_WEB_WORKDIR", None)
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"]
    locked = {path: path.read_bytes() for path in _LOCK.glob("*.json")}
    try:
        code, output = _run(command, environment)
    finally:
        _undo_reordering(locked)
    if code:
        said = "\n".join(output.strip().splitlines()[-30:])
        raise BuildFailed(f"The screens could not be built.\n{said}", "Mend that and start again.")


def _run(command: list[str], environment: dict[str, str]) -> tuple[int, str]:
    """Run to the end; returns exit code and output. Whoever interrupts it ends Node below it too."""
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        output, _ = process.communicate(timeout=_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise BuildFailed(
            f"Building the screens took longer than {_SECONDS} seconds and was ended.", "Try again."
        ) from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return process.returncode, output


def _undo_reordering(locked: dict[Path, bytes]) -> None:
    """Reflex and npm write the lock anew with every build; another order or source of a file is no change."""
    for path, before in locked.items():
        if path.is_file() and _pinned(path.read_bytes()) == _pinned(before):
            path.write_bytes(before)


def _pinned(lock: bytes) -> dict[str, Any]:
    """What a lock holds fast: versions and checksums, wherever they are downloaded from."""
    found: dict[str, Any] = json.loads(lock)
    for package in found.get("packages", {}).values():
        package.pop("resolved", None)
    return found


def _registry() -> str:
    """The registry npm is set up for: named outright, so that Reflex does not go and measure others."""
    npm = shutil.which("npm", path=str(Path(sys.executable).parent)) or shutil.which("npm") or "npm"
    asked = subprocess.run(
        [npm, "config", "get", "registry"], capture_output=True, text=True, timeout=60, check=False
    )
    return asked.stdout.strip()


def _keep(digest: str) -> None:
    shutil.rmtree(WEB, ignore_errors=True)
    (WEB / "build").mkdir(parents=True)
    shutil.copytree(_WORK / "build" / "client", WEB / "build" / "client")
    if (_WORK / "backend").is_dir():
        shutil.copytree(_WORK / "backend", WEB / "backend")
    shutil.copy2(ROOT / "rxconfig.py", WEB / "rxconfig.py")
    _STAMP.write_text(digest)


if __name__ == "__main__":
    print(ensure_frontend())
