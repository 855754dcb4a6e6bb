import pytest
from cryptography.fernet import Fernet

from core.clock import new_id
from core.errors import Broken
from core.store.vault import Vault


def test_a_seal_opens_for_its_own_tenant_only() -> None:
    vault, mine, other = Vault((Fernet.generate_key().decode(),)), new_id(), new_id()
    seal = vault.seal(mine, {"secret": "canary-secret"})
    assert b"canary" not in seal
    assert vault.open(mine, seal, dict[str, str]) == {"secret": "canary-secret"}
    with pytest.raises(Broken):
        vault.open(other, seal, dict[str, str])


def test_after_rotation_the_old_key_can_go() -> None:
    old, new, tenant = Fernet.generate_key().decode(), Fernet.generate_key().decode(), new_id()
    seal = Vault((old,)).seal(tenant, "token")
    both = Vault((new, old))
    assert both.open(tenant, seal, str) == "token"
    assert Vault((new,)).open(tenant, both.rotate(seal), str) == "token"
    with pytest.raises(Broken):
        Vault((new,)).open(tenant, seal, str)


def test_a_key_of_another_form_is_refused_in_words_and_not_repeated() -> None:
    with pytest.raises(Broken, match="SHORTLIST_KEYS") as refused:
        Vault((Fernet.generate_key().decode(), "canary-key"))
    assert "canary" not in str(refused.value)
