from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from core import clock
from core.app import running
from core.services import access, channels, members, plugins
from core.services.runtime import Runtime
from core.settings import load
from core.store.engine import rows
from core.store.scope import nobody
from tests.core.services.notices.stage import FIELDS, NOTIFIERS, SETTINGS, Stage


@pytest.fixture(scope="module")
async def instance(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[Runtime]:
    folder: Path = tmp_path_factory.mktemp("plugins")
    for name, fields in (("plain", "()"), ("locked", FIELDS)):
        (folder / f"{name}.py").write_text(NOTIFIERS.replace("NAME", name).replace("FIELDS", fields))
    settings = load(
        {}, data_dir=tmp_path_factory.mktemp("sl"), plugins_dir=folder, public_url="https://hire.example.org/"
    )
    async with running(settings, worker=False) as runtime:
        yield runtime


@pytest.fixture
async def stage(instance: Runtime) -> AsyncIterator[Stage]:
    """Two tenants of their own for every test; in the first both notifiers are on and set up."""
    number = clock.new_id().hex
    mine = await access.add_tenant("Quay", "Chiara Lenz", f"chiara.{number}@example.org", "a short sentence")
    other = await access.add_tenant("Harbour", "Omar", f"omar.{number}@example.org", "a short sentence")
    colleague = await members.add_member(
        mine, "Rae", f"rae.{number}@example.org", "recruiter", "a short sentence"
    )
    for name in ("plain", "locked"):
        await plugins.set_enabled(mine, name, True)
        module: Any = instance.catalog.manager.get_plugin(name)
        for kept in (module.sent, module.tried, module.made, module.troubles):
            kept.clear()
    await channels.save_channel(mine, "locked", SETTINGS)
    yield Stage(runtime=instance, mine=mine, colleague=colleague.id, other=other)
    async with nobody():
        await rows("DELETE FROM procrastinate_jobs RETURNING id")
