"""Our small React components as Reflex sees them; their behaviour is in board.jsx and parts.jsx."""

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML  # type: ignore[import-untyped]

_BOARD = rx.asset("board.jsx", shared=True).importable_path
_PARTS = rx.asset("parts.jsx", shared=True).importable_path


# Reflex reads the shape of an event from the subscript of its annotation, which no type checker follows.
class _OnBoard(rx.NoSSRComponent):
    library = _BOARD
    lib_dependencies: list[str] = [  # noqa: RUF012  # Reflex reads it as a field
        "@atlaskit/pragmatic-drag-and-drop@4.0.0",
        "@atlaskit/pragmatic-drag-and-drop-auto-scroll@3.2.1",
    ]


class _Part(rx.NoSSRComponent):
    library = _PARTS


class BoardCard(_OnBoard):
    """A card that can be focused and, unless locked, dragged."""

    tag = "BoardCard"
    card_id: rx.Var[str]
    column_id: rx.Var[str]
    score: rx.Var[str]
    locked: rx.Var[bool]


class BoardColumn(_OnBoard):
    """A column that takes cards; `total` counts those not shown as well."""

    tag = "BoardColumn"
    column_id: rx.Var[str]
    total: rx.Var[int]


def _moved(card: rx.Var[str], column: rx.Var[str]) -> tuple[rx.Var[str], rx.Var[str]]:
    return (card, column)


def _text(text: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (text,)


class Board(_OnBoard):
    """The board: says which card was moved where, opened or picked, by mouse or keyboard.

    A new `settled` tells it that the last move is over, however it ended.
    """

    tag = "Board"
    settled: rx.Var[int]
    locked: rx.Var[bool]
    on_move: rx.EventHandler[_moved]  # type: ignore[type-arg, valid-type]
    on_open: rx.EventHandler[_text]  # type: ignore[type-arg, valid-type]
    on_pick: rx.EventHandler[_text]  # type: ignore[type-arg, valid-type]
    on_undo: rx.EventHandler[rx.event.no_args_event_spec]  # type: ignore[type-arg, valid-type]
    on_help: rx.EventHandler[rx.event.no_args_event_spec]  # type: ignore[type-arg, valid-type]


class Popover(_Part):
    """A button with a floating panel: the first child is the button's face, the rest is the panel."""

    tag = "Popover"
    label: rx.Var[str]
    face: rx.Var[str]
    panel: rx.Var[str]
    menu: rx.Var[bool]
    on_open: rx.EventHandler[rx.event.no_args_event_spec]  # type: ignore[type-arg, valid-type]


class When(_Part):
    """A moment as time ago, exact in the reader's zone on hover."""

    tag = "When"
    at: rx.Var[str]
    never: rx.Var[str]


class Countdown(_Part):
    """Seconds left until a moment."""

    tag = "Countdown"
    until: rx.Var[str]


class QuoteText(_Part):
    """A text with one stretch marked; a new `at` scrolls to it."""

    tag = "QuoteText"
    text: rx.Var[str]
    start: rx.Var[int]
    end: rx.Var[int]
    at: rx.Var[int]


class XRay(_Part):
    """Pages as the machine read them, with what nobody sees marked in its place."""

    tag = "XRay"
    pages: rx.Var[list[dict[str, Any]]]


class KeepEntries(_Part):
    """Inside a form the browser posts: what was typed, passwords aside, is there again when it was `refused`."""

    tag = "KeepEntries"
    refused: rx.Var[bool]


class Panel(_Part):
    """The profile beside the board; says which of its keys was pressed: Escape, j or k.

    Closed, it hands the focus back to `card`.
    """

    tag = "Panel"
    card: rx.Var[str]
    on_key: rx.EventHandler[_text]  # type: ignore[type-arg, valid-type]


class NativeForm(BaseHTML):
    """A form the browser itself posts: the answer sets a cookie no script can read."""

    tag = "form"
    action: rx.Var[str]
    method: rx.Var[str]
    auto_complete: rx.Var[str]


__all__ = [
    "Board",
    "BoardCard",
    "BoardColumn",
    "Countdown",
    "KeepEntries",
    "NativeForm",
    "Panel",
    "Popover",
    "QuoteText",
    "When",
    "XRay",
]
