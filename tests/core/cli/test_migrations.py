"""A first migration on somebody's own PostgreSQL: with the rights it needs, and when it fails."""

import asyncio
from collections.abc import Callable, Iterator

import asyncpg
import pytest

from core.settings import load
from core.store.engine import Database
from tests.core.cli.conftest import Start

MakeDatabase = Callable[..., str]


@pytest.fixture(scope="module")
def make_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeDatabase]:
    """Makes a database whose owner may create roles and no more, and gives its address."""
    folder = tmp_path_factory.mktemp("own")
    server = Database(load({}, data_dir=folder))
    server.start()
    asyncio.run(_run(server.dsn, "CREATE ROLE shortlist LOGIN CREATEROLE"))

    def make(name: str, *statements: str) -> str:
        url = f"postgresql://shortlist@/{name}?host={folder}/pg"
        asyncio.run(_run(server.dsn, f"CREATE DATABASE {name} OWNER shortlist"))
        asyncio.run(_run(url, *statements))
        return url

    yield make
    server.stop()


async def _run(dsn: str, *statements: str) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


def test_an_owner_who_may_create_roles_is_all_it_takes(start: Start, make_database: MakeDatabase) -> None:
    url = make_database("enough")
    migrated = start("migrate", SHORTLIST_DATABASE_URL=url)
    assert migrated.end() == 0, migrated.said
    asyncio.run(_run(url, "SET ROLE shortlist_audit; SELECT sex FROM demographic"))
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        asyncio.run(_run(url, "SET ROLE shortlist_app; SELECT sex FROM demographic"))
    worker = start("worker", SHORTLIST_DATABASE_URL=url)
    worker.until(lambda: "Working" in worker.said)


@pytest.mark.parametrize(
    ("name", "statement", "said"),
    [
        ("taken", "CREATE TABLE tenant (id int)", "already exists"),
        ("cut_off", "ALTER DATABASE cut_off SET transaction_timeout = '20ms'", "transaction timeout"),
    ],
)
def test_a_migration_that_fails_says_so_in_two_lines(
    start: Start, make_database: MakeDatabase, name: str, statement: str, said: str
) -> None:
    migrate = start("migrate", SHORTLIST_DATABASE_URL=make_database(name, statement))
    assert migrate.end() == 1
    happened, todo = migrate.said.strip().splitlines()
    assert happened.startswith("A migration failed and was undone: ")
    assert said in happened
    assert todo == "Mend that and run `shortlist migrate` again."
