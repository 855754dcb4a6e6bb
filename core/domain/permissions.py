"""Which role may do what."""

from typing import Final, Literal

from core.domain.words import Role

Action = Literal["see", "comment", "move", "edit_rubric", "write_back", "prove", "manage"]

_MAY: Final[dict[Role, frozenset[Action]]] = {
    "admin": frozenset({"see", "comment", "move", "edit_rubric", "write_back", "prove", "manage"}),
    "recruiter": frozenset({"see", "comment", "move", "edit_rubric", "write_back", "prove"}),
    "hiring_manager": frozenset({"see", "comment"}),
}


def may(role: Role, action: Action) -> bool:
    """True when the role includes the action; unknown roles may do nothing."""
    return action in _MAY.get(role, frozenset())
