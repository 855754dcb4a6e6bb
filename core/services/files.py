"""The original files of candidates, for members who may see them."""

from uuid import UUID

import msgspec

from core.errors import NotFound
from core.services.access import Actor, require
from core.services.runtime import runtime
from core.store import documents, records
from core.store.scope import tenant


class Original(msgspec.Struct, frozen=True, kw_only=True):
    """A file's bytes as they came, with what its content says it is."""

    filename: str
    media_type: str
    data: bytes


async def original(actor: Actor, document_id: UUID) -> Original:
    """The file itself; raises NotFound when it is not kept."""
    require(actor, "see")
    async with tenant(actor.tenant_id):
        found = await documents.get(document_id)
        if found is None or not found["sha256"]:
            raise NotFound("This file is not kept here.", "Open it in the ATS.")
        await records.audit(actor.email, "document opened", str(document_id))
    data = await runtime().files.read(actor.tenant_id, found["sha256"])
    return Original(filename=found["filename"], media_type=found["media_type"], data=data)
