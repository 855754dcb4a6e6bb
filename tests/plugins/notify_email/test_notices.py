"""The whole way of a notice: an ATS refuses us, and everybody on the staff has one e-mail."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from uuid import UUID

import msgspec
import pytest

from core.app import running
from core.clock import new_id
from core.errors import Invalid
from core.services import access, channels, connections, members, notices, plugins, tasks
from core.services.access import Actor
from core.settings import load
from core.store.engine import rows
from core.store.scope import nobody, tenant
from plugins.greenhouse.twin.seed import seed_from_documents
from plugins.greenhouse.twin.serve import TwinServer

pytestmark = pytest.mark.anyio


class Team(msgspec.Struct, frozen=True, kw_only=True):
    """A tenant of its own: an admin, a recruiter, and a hiring manager who is not on the staff."""

    admin: Actor
    recruiter: str

    @property
    def staff(self) -> set[str]:
        return {self.admin.email, self.recruiter}

    async def notify(self, title: str) -> None:
        async with tenant(self.admin.tenant_id):
            await notices.notify([self.admin.member_id], title, body="Look.", link="/board")

    async def states(self) -> list[str]:
        async with tenant(self.admin.tenant_id):
            return [row["state"] for row in await rows("SELECT state FROM sending ORDER BY id")]

    async def tasks(self) -> list[str]:
        return [task.title for task in await tasks.list_tasks(self.admin) if task.kind == "notifier"]


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def instance(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[None]:
    settings = load({}, data_dir=tmp_path_factory.mktemp("sl"), public_url="https://hire.example.org")
    async with running(settings, worker=True):
        yield


@pytest.fixture
async def team(instance: None) -> Team:
    number = new_id().hex
    admin = await access.add_tenant("Quay", "Chiara Lenz", f"chiara.{number}@example.org", "a short sentence")
    recruiter = f"rae.{number}@example.org"
    await members.add_member(admin, "Rae", recruiter, "recruiter", "a short sentence")
    await members.add_member(admin, "Mo", f"mo.{number}@example.org", "hiring_manager", "a short sentence")
    return Team(admin=admin, recruiter=recruiter)


async def until(condition: Callable[[], Awaitable[Any]], seconds: float = 40.0) -> Any:
    """Wait for what the worker does by itself."""
    async with asyncio.timeout(seconds):
        while not (found := await condition()):  # noqa: ASYNC110  # it does not tell us
            await asyncio.sleep(0.1)
        return found


def relay(inbox: Any, **more: str) -> dict[str, str]:
    return {
        "host": "127.0.0.1",
        "port": str(inbox.port),
        "security": "none",
        "sender": "shortlist@quay.example",
        **more,
    }


def recipients(inbox: Any) -> list[str]:
    return sorted(str(message["To"]) for message in inbox.messages)


async def settled(team: Team, sent: int) -> None:
    """That many notices have been sent, and none waits."""

    async def all_sent() -> bool:
        return await team.states() == ["sent"] * sent

    await until(all_sent)


async def test_a_connection_that_needs_attention_is_one_e_mail_to_each_of_the_staff(
    team: Team, serve: Any
) -> None:
    inbox = await serve(sign_in=True)
    sign_in = {"username": inbox.user, "password": inbox.password}
    await channels.save_channel(team.admin, "email", relay(inbox, **sign_in))
    account = seed_from_documents([("Data Engineer", "<p>Python</p>")], {"Data Engineer": []})
    with TwinServer(account) as twin:
        twin.configure(rate_limit=False)
        connection = await _connected(team, twin)
        await until(lambda: _state(team, connection, "active"))
        await settled(team, 2)
        twin.credential(revoked=True)
        twin.revoke_tokens()
        await connections.sync_now(team.admin, connection)
        await until(lambda: _state(team, connection, "needs_attention"))
        await settled(team, 4)
        await connections.sync_now(team.admin, connection)
        await asyncio.sleep(2.0)
    told = [message for message in inbox.messages if "needs attention" in message["Subject"]]
    assert {str(message["To"]) for message in told} == team.staff
    assert len(told) == 2
    assert len({message["Message-ID"] for message in inbox.messages}) == len(inbox.messages) == 4
    text = told[0].get_content()
    assert f"https://hire.example.org/settings/integrations/{connection}" in text
    assert (await connections.connection(team.admin, connection)).state_text in text


async def _connected(team: Team, twin: TwinServer) -> UUID:
    values = {
        "client_id": twin.client_id,
        "client_secret": twin.client_secret,
        "acting_user": twin.subject_id,
        "webhook_secret": "a webhook secret",
        "api_url": f"{twin.url}/v3",
        "token_url": f"{twin.url}/token",
        "files_url": f"http://{twin.files_host}",
    }
    connection = await connections.connect(team.admin, "greenhouse", values)
    choices = await connections.job_choices(team.admin, connection)
    await connections.configure(team.admin, connection, job_ids=[choice.id for choice in choices])
    return connection


async def _state(team: Team, connection: UUID, wanted: str) -> bool:
    return (await connections.connection(team.admin, connection)).state == wanted


async def test_a_mail_server_that_was_down_gets_the_notice_once_when_it_is_up(team: Team, serve: Any) -> None:
    inbox = await serve()
    await channels.save_channel(team.admin, "email", relay(inbox))
    await inbox.close()
    await team.notify("While it is down")

    async def tried() -> bool:
        async with tenant(team.admin.tenant_id):
            return bool(await rows("SELECT 1 FROM sending WHERE state = 'waiting' AND attempts > 0"))

    await until(tried)
    assert await team.tasks() == []
    again = await serve(port=inbox.port)
    await settled(team, 1)
    await asyncio.sleep(1.0)
    assert (recipients(inbox), recipients(again)) == ([], [team.admin.email])


async def test_an_address_that_is_refused_for_now_holds_up_nobody_else(team: Team, serve: Any) -> None:
    inbox = await serve()
    await channels.save_channel(team.admin, "email", relay(inbox))
    inbox.replies["RCPT"] = "450 Later"
    await team.notify("First")

    async def tried() -> bool:
        async with tenant(team.admin.tenant_id):
            return bool(await rows("SELECT 1 FROM sending WHERE attempts > 0"))

    await until(tried)
    inbox.replies.clear()
    await team.notify("Second")
    await settled(team, 2)
    assert [message["Subject"] for message in inbox.messages] == ["Second", "First"]


async def test_a_password_that_is_no_longer_good_is_one_task_until_a_new_one_is_saved(
    team: Team, serve: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = await serve(sign_in=True)
    sign_in = {"username": inbox.user, "password": inbox.password}
    await channels.save_channel(team.admin, "email", relay(inbox, **sign_in))
    monkeypatch.setattr(type(inbox), "password", "changed-at-the-provider")
    await team.notify("First")
    await team.notify("Second")
    assert await until(team.tasks) == ["Notices do not arrive: E-mail"]
    with pytest.raises(Invalid):
        await channels.save_channel(team.admin, "email", {"password": "another-wrong-one"})
    assert recipients(inbox) == []
    await channels.save_channel(team.admin, "email", {"password": "changed-at-the-provider"})
    await settled(team, 2)
    assert recipients(inbox) == [team.admin.email] * 2
    assert await team.tasks() == []


async def test_a_team_without_a_mail_server_or_with_e_mail_off_sends_none(team: Team, serve: Any) -> None:
    inbox = await serve()
    other = await access.add_tenant("Harbour", "Omar", f"{new_id().hex}@example.org", "a short sentence")
    await channels.save_channel(other, "email", relay(inbox))
    await team.notify("Not set up")
    await plugins.set_enabled(other, "notify_email", False)
    async with tenant(other.tenant_id):
        await notices.notify([other.member_id], "Switched off")
    await until(_idle)
    assert recipients(inbox) == []
    assert [row.title for row in await notices.list_notices(other)] == ["Switched off"]


async def _idle() -> bool:
    async with nobody():
        return not await rows("SELECT 1 FROM procrastinate_jobs WHERE task_name IN ('notify', 'carry')")
