from collections.abc import AsyncIterator

import pytest

from core.app import running
from core.settings import load
from core.store.engine import rows
from core.store.scope import nobody
from core.store.tables import TABLES

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def instance(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[None]:
    async with running(load({}, data_dir=tmp_path_factory.mktemp("sl")), worker=False):
        yield


async def test_every_column_declared_is_in_the_database_and_the_other_way_round(instance: None) -> None:
    async with nobody():
        # As the owner: columns nobody but the audit may read are invisible to the application's role.
        await rows("SET LOCAL ROLE NONE")
        found = await rows(
            "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns "
            "WHERE table_schema = 'public' AND table_name NOT LIKE 'procrastinate%' AND table_name <> 'migration'"
        )
    database = {
        (row["table_name"], row["column_name"]): (row["data_type"], row["is_nullable"] == "YES")
        for row in found
    }
    types = {"timestamptz": "timestamp with time zone"}
    declared = {
        (table._meta.tablename, column._meta.db_column_name): (
            types.get(column.column_type.lower(), column.column_type.lower()),
            column._meta.null,
        )
        for table in TABLES
        for column in table._meta.columns
    }
    assert declared == database
