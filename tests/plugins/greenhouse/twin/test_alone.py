"""The twin as strangers meet it: `shortlist twin greenhouse`, a program of its own."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from plugins.greenhouse.twin.resources import resources

_COMMAND = [sys.executable, "-m", "core.cli", "twin", "greenhouse", "--applications", "12", "--jobs", "2"]


@pytest.fixture(scope="module")
def alone() -> Iterator[dict[str, str]]:
    """What the twin says about itself, by its labels; it must end by Ctrl-C without a complaint."""
    command = [*_COMMAND, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        said: dict[str, str] = {}
        for line in process.stdout:
            label, _, value = line.strip().partition("  ")
            said[label] = value.strip().split(" ")[0]
            if label == "Act as user":
                break
        yield said
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "Traceback" not in errors


def test_whoever_was_told_no_more_than_it_prints_reads_every_list(alone: dict[str, str]) -> None:
    form = {"grant_type": "client_credentials", "sub": alone["Act as user"]}
    transport = httpx.HTTPTransport(retries=5)
    with httpx.Client(transport=transport, timeout=10) as client:
        answer = client.post(alone["Tokens"], auth=(alone["Client id"], alone["Client secret"]), data=form)
        client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        for name, resource in resources().items():
            page = client.get(f"{alone['Harvest v3']}/{name}", params={"per_page": 500})
            assert page.status_code == 200, page.text
            assert [problem for row in page.json() for problem in resource.problems(row)] == []
        link = client.get(f"{alone['Harvest v3']}/attachments", params={"per_page": 1}).json()[0]["url"]
    assert urlsplit(link).hostname != urlsplit(alone["Harvest v3"]).hostname
    assert httpx.get(link).content


def test_a_port_in_use_is_said_in_words() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = subprocess.run(
            [*_COMMAND, "--port", port], check=False, capture_output=True, text=True, timeout=60
        )
    assert ended.returncode == 1
    assert f"Port {port} cannot be used" in ended.stderr + ended.stdout
    assert "Traceback" not in ended.stderr
    assert "Harvest v3" not in ended.stdout
