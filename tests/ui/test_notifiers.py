"""Settings > Plugins: an admin sets e-mail up against a real mail server, and nobody else sees or changes it."""

from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest
from cryptography.fernet import Fernet
from reflex.istate.data import RouterData

from core.clock import new_id
from core.services import access, channels, members, plugins
from core.services.access import Actor
from core.store import channels as stored
from core.store import records
from core.store.scope import tenant
from core.store.vault import Vault
from tests.plugins.notify_email.mailserver import Inbox, open_inbox
from tests.ui.conftest import Tab, World
from ui.state.notifiers import NotifiersState
from ui.state.session import Session

pytestmark = pytest.mark.anyio
PASSWORD = "a short sentence"
TYPED = {"confirm": "E-mail"}


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """A tenant of its own for one test, with who is signed in there."""

    admin: Actor
    cookie: str
    recruiter_cookie: str


async def _cookie(email: str) -> str:
    return f"{access.COOKIE}={await access.sign_in(email, PASSWORD)}"


@pytest.fixture
async def office(world: World) -> Office:
    number = new_id().hex
    admin = await access.add_tenant("Quay", "Ines Prado", f"ines.{number}@example.org", PASSWORD)
    await members.add_member(admin, "Rae", f"rae.{number}@example.org", "recruiter", PASSWORD)
    return Office(
        admin=admin,
        cookie=await _cookie(admin.email),
        recruiter_cookie=await _cookie(f"rae.{number}@example.org"),
    )


@pytest.fixture
async def inbox() -> AsyncIterator[Inbox]:
    found = await open_inbox(sign_in=True)
    yield found
    await found.close()


def form(inbox: Inbox, **more: str) -> dict[str, str]:
    """What the browser sends of the form."""
    return {
        "host": "127.0.0.1",
        "port": str(inbox.port),
        "security": "none",
        "username": inbox.user,
        "password": inbox.password,
        "sender": "shortlist@quay.example",
        "sender_name": "Shortlist",
        **more,
    }


async def opened(tab: Tab, cookie: str, key: str = "email") -> Any:
    """The notifier's page in a tab."""
    page = tab(NotifiersState, cookie)
    address = {
        "asPath": f"/settings/plugins/notifiers/{key}",
        "headers": {"cookie": cookie},
        "token": "tab-1",
    }
    page.router = RouterData.from_router_data(address)
    await NotifiersState.load_one.fn(page)
    return page


async def call(handler: Any, page: Any, *values: Any) -> list[str]:
    """What the browser was told to do."""
    return [str(event.args) async for event in handler.fn(page, *values) if event is not None]


def errors(page: Any) -> dict[str, str]:
    return {field["name"]: field["error"] for field in page.fields if field["error"]}


async def listed(tab: Tab, cookie: str) -> list[tuple[str, str]]:
    page = tab(NotifiersState, cookie)
    await NotifiersState.load.fn(page)
    return [(row["title"], row["state_label"]) for row in page.rows]


async def test_an_admin_tries_and_saves_the_settings(office: Office, tab: Tab, inbox: Inbox) -> None:
    assert await listed(tab, office.cookie) == [("E-mail", "Not set up")]
    page = await opened(tab, office.cookie)
    assert (page.one["state_label"], page.one["stored"]) == ("Not set up", False)
    assert "Nothing is saved yet" in str(await call(NotifiersState.check, page, form(inbox)))
    assert await listed(tab, office.cookie) == [("E-mail", "Not set up")]
    assert "Checked and saved" in str(await call(NotifiersState.save, page, form(inbox)))
    assert (page.one["state_label"], page.busy, page.trouble) == ("In use", "", "")
    assert await listed(tab, office.cookie) == [("E-mail", "In use")]


async def test_a_stored_password_reaches_no_browser_and_stays_when_left_empty(
    office: Office, tab: Tab, inbox: Inbox
) -> None:
    page = await opened(tab, office.cookie)
    await call(NotifiersState.save, page, form(inbox))
    assert "Checked and saved" in str(
        await call(NotifiersState.save, page, form(inbox, password="", sender_name="Quay"))
    )
    again = await opened(tab, office.cookie)
    shown = {field["name"]: (field["value"], field["kept"]) for field in again.fields}
    assert (shown["password"], shown["sender_name"][0]) == (("", True), "Quay")
    assert inbox.password not in repr(page.get_value("fields")) + repr(again.dict())


@pytest.mark.parametrize("elsewhere", [{"host": "localhost"}, {"username": "somebody-else"}])
async def test_a_stored_password_goes_to_no_other_server_and_to_no_other_user(
    office: Office, tab: Tab, inbox: Inbox, elsewhere: dict[str, str]
) -> None:
    page = await opened(tab, office.cookie)
    await call(NotifiersState.save, page, form(inbox))
    shown = {field["name"]: field["again"] for field in page.fields}
    assert shown["password"] == "“Mail server” or “User name”"
    for handler in (NotifiersState.check, NotifiersState.save):
        await call(handler, page, form(inbox, password="", **elsewhere))
        assert list(errors(page)) == ["password"]
        assert "Enter it again, or remove it" in errors(page)["password"]
    (email,) = await channels.list_channels(office.admin)
    assert (email.values["host"], email.values["username"]) == ("127.0.0.1", inbox.user)
    assert "Checked and saved" in str(await call(NotifiersState.save, page, form(inbox, **elsewhere)))


async def test_an_optional_password_is_removed_without_forgetting_the_rest(
    office: Office, tab: Tab, inbox: Inbox
) -> None:
    relay = await open_inbox()
    page = await opened(tab, office.cookie)
    await call(NotifiersState.save, page, form(inbox))
    without = form(relay, password="", username="")
    NotifiersState.drop_secret.fn(page, "password")
    NotifiersState.keep_secret.fn(page, "password")
    await call(NotifiersState.save, page, without)
    assert list(errors(page)) == ["password"], "it is kept after all"
    NotifiersState.drop_secret.fn(page, "password")
    assert "Nothing is saved yet" in str(await call(NotifiersState.check, page, without))
    assert page.fields[4]["removing"], "trying the settings saves nothing"
    assert "Checked and saved" in str(await call(NotifiersState.save, page, without))
    (email,) = await channels.list_channels(office.admin)
    assert (email.secret_set, email.values["sender"]) == ({"password": False}, "shortlist@quay.example")
    assert not any(field["kept"] or field["removing"] for field in page.fields)
    await relay.close()


async def test_a_typed_password_wins_over_its_removal(office: Office, tab: Tab, inbox: Inbox) -> None:
    page = await opened(tab, office.cookie)
    await call(NotifiersState.save, page, form(inbox))
    NotifiersState.drop_secret.fn(page, "password")
    assert "Checked and saved" in str(await call(NotifiersState.save, page, form(inbox)))
    (email,) = await channels.list_channels(office.admin)
    assert email.secret_set == {"password": True}


async def test_what_is_wrong_stands_at_the_head_and_beside_its_field(
    office: Office, tab: Tab, inbox: Inbox
) -> None:
    page = await opened(tab, office.cookie)
    told = await call(NotifiersState.save, page, form(inbox, host=" ", port="many"))
    assert errors(page) == {"host": "Mail server is needed.", "port": "Port must be a whole number."}
    assert "Correct the marked fields" in page.trouble
    assert "outcome" in str(told), "the focus goes to what went wrong"
    inbox.replies["MAIL"] = "553 not your address"
    await call(NotifiersState.check, page, form(inbox, sender="somebody@else.example"))
    assert list(errors(page)) == ["sender"]
    assert "belongs to the user name" in page.trouble
    assert next(f["value"] for f in page.fields if f["name"] == "sender") == "somebody@else.example"
    assert await listed(tab, office.cookie) == [("E-mail", "Not set up")]


async def test_a_refused_password_is_said_in_words_and_does_not_count_as_stored(
    office: Office, tab: Tab, inbox: Inbox
) -> None:
    page = await opened(tab, office.cookie)
    await call(NotifiersState.save, page, form(inbox, password="canary-wrong-33"))
    assert "refused the user name or password" in page.trouble
    assert not any(field["kept"] for field in page.fields if field["kind"] == "secret")
    assert "canary-wrong-33" not in repr(page.dict())


async def test_settings_are_forgotten_only_when_the_name_was_typed(
    office: Office, tab: Tab, inbox: Inbox
) -> None:
    page = await opened(tab, office.cookie)
    await call(NotifiersState.save, page, form(inbox))
    for typed in ({}, {"confirm": ""}, {"confirm": "Email"}):
        assert "confirm" in str((await NotifiersState.forget.fn(page, typed)).args)
        assert "Type “E-mail”" in page.unconfirmed
    assert await listed(tab, office.cookie) == [("E-mail", "In use")]
    await NotifiersState.forget.fn(page, {"confirm": " e-mail "})
    assert (page.one["state_label"], page.one["stored"], page.unconfirmed) == ("Not set up", False, "")
    assert all(field["value"] in {"", field_default(field["name"])} for field in page.fields)
    assert await listed(tab, office.cookie) == [("E-mail", "Not set up")]


def field_default(name: str) -> str:
    return {"port": "587", "security": "starttls", "sender_name": "Shortlist"}.get(name, "")


async def test_a_recruiter_sees_nothing_and_changes_nothing(office: Office, tab: Tab, inbox: Inbox) -> None:
    await call(NotifiersState.save, await opened(tab, office.cookie), form(inbox))
    assert await listed(tab, office.recruiter_cookie) == []
    page = await opened(tab, office.recruiter_cookie)
    assert (page.one["key"], page.fields) == ("", [])
    assert (await page.get_state(Session)).problem
    page.one = {**page.one, "key": "email", "title": "E-mail"}
    for handler in (NotifiersState.check, NotifiersState.save):
        assert "outcome" in str(await call(handler, page, form(inbox, host="elsewhere.example")))
        assert page.trouble
    assert "error" in str((await NotifiersState.forget.fn(page, TYPED)).args)
    (email,) = await channels.list_channels(office.admin)
    assert (email.values["host"], email.in_use) == ("127.0.0.1", True)


async def test_an_admin_who_is_signed_out_is_sent_to_sign_in(office: Office, tab: Tab, inbox: Inbox) -> None:
    page = await opened(tab, office.cookie)
    page.router = tab(NotifiersState).router
    for handler in (NotifiersState.check, NotifiersState.save):
        assert "/login" in str(await call(handler, page, form(inbox)))
    assert "/login" in str((await NotifiersState.forget.fn(page, TYPED)).args)
    assert await listed(tab, office.cookie) == [("E-mail", "Not set up")]


async def test_another_team_sees_nothing_of_it_and_forgets_only_its_own(
    office: Office, world: World, tab: Tab, inbox: Inbox
) -> None:
    await call(NotifiersState.save, await opened(tab, office.cookie), form(inbox))
    assert await listed(tab, world.cookie) == [("E-mail", "Not set up")]
    page = await opened(tab, world.cookie)
    assert inbox.user not in repr(page.dict())
    assert "not set up" in str((await NotifiersState.forget.fn(page, TYPED)).args)
    assert await listed(tab, office.cookie) == [("E-mail", "In use")]


async def test_a_tab_that_changes_hands_keeps_nothing_of_who_was_there_before(
    office: Office, tab: Tab, inbox: Inbox
) -> None:
    page = await opened(tab, office.cookie)
    await call(NotifiersState.save, page, form(inbox))
    await NotifiersState.load.fn(page)
    assert page.rows
    page.router = tab(NotifiersState, office.recruiter_cookie).router
    await NotifiersState.load.fn(page)
    await NotifiersState.load_one.fn(page)
    assert (page.rows, page.one["key"], page.fields) == ([], "", [])


async def test_a_plugin_that_is_off_is_not_listed_and_its_page_says_so(
    office: Office, tab: Tab, inbox: Inbox
) -> None:
    page = await opened(tab, office.cookie)
    await call(NotifiersState.save, page, form(inbox))
    await plugins.set_enabled(office.admin, "notify_email", False)
    assert await listed(tab, office.cookie) == []
    await call(NotifiersState.save, page, form(inbox))
    assert "Switch it on" in page.trouble
    page = await opened(tab, office.cookie)
    assert (page.one["state_label"], page.one["enabled"], page.one["stored"]) == ("Switched off", False, True)


async def test_what_keeps_notices_from_arriving_is_told_until_settings_that_work_are_saved(
    office: Office, tab: Tab, inbox: Inbox
) -> None:
    page = await opened(tab, office.cookie)
    await call(NotifiersState.save, page, form(inbox))
    async with tenant(office.admin.tenant_id):
        await records.open_task(channels.TASK, "email", "Notices do not arrive: E-mail", body="It said no.")
    assert await listed(tab, office.cookie) == [("E-mail", "Needs attention")]
    page = await opened(tab, office.cookie)
    assert page.one["text"] == "It said no."
    await call(NotifiersState.save, page, form(inbox))
    assert page.one["state_label"] == "In use"


async def test_a_lost_key_is_told_and_the_password_asked_for_again(
    office: Office, tab: Tab, inbox: Inbox
) -> None:
    lost = Vault((Fernet.generate_key().decode(),))
    async with tenant(office.admin.tenant_id):
        sealed = lost.seal(office.admin.tenant_id, {"password": inbox.password})
        await stored.save("email", form(inbox), sealed)
    page = await opened(tab, office.cookie)
    assert page.one["unreadable"]
    assert not any(field["kept"] for field in page.fields)
    await call(NotifiersState.save, page, form(inbox))
    assert not page.one["unreadable"]


async def test_an_address_of_no_notifier_says_so(office: Office, tab: Tab) -> None:
    page = await opened(tab, office.cookie, "pigeon")
    assert "not installed" in (await page.get_state(Session)).problem
