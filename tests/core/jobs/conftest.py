from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from core.app import running
from core.clock import new_id
from core.services.runtime import Runtime
from core.settings import load


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def runtime(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[Runtime]:
    async with running(load({}, data_dir=tmp_path_factory.mktemp("sl")), worker=False) as found:
        yield found


@pytest.fixture
def tenant_id() -> UUID:
    return new_id()
