"""Our small React components as Reflex sees them; the behaviour is in board.jsx."""

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML

_LIBRARY = rx.asset("board.jsx", shared=True).importable_path


class _Behaviour(rx.NoSSRComponent):
    library = _LIBRARY
    lib_dependencies: list[str] = [  # noqa: RUF012  # Reflex reads it as a field
        "@atlaskit/pragmatic-drag-and-drop@4.0.0",
        "@atlaskit/pragmatic-drag-and-drop-auto-scroll@3.2.1",
    ]


class BoardCard(_Behaviour):
    """A card that can be dragged and focused."""

    tag = "BoardCard"
    card_id: rx.Var[str]
    column_id: rx.Var[str]


class BoardColumn(_Behaviour):
    """A column that takes cards."""

    tag = "BoardColumn"
    column_id: rx.Var[str]


def _moved(card: rx.Var[str], column: rx.Var[str]) -> tuple[rx.Var[str], rx.Var[str]]:
    return (card, column)


def _opened(card: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (card,)


class Board(_Behaviour):
    """The board: says which card was moved where, and which was opened, by mouse or keyboard."""

    tag = "Board"
    on_move: rx.EventHandler[_moved]
    on_open: rx.EventHandler[_opened]


def _pressed(key: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (key,)


class Panel(_Behaviour):
    """The profile beside the board; says which of its keys was pressed: Escape, j or k."""

    tag = "Panel"
    on_key: rx.EventHandler[_pressed]


class QuoteText(_Behaviour):
    """A text with one stretch marked; a new `at` scrolls to it."""

    tag = "QuoteText"
    text: rx.Var[str]
    start: rx.Var[int]
    end: rx.Var[int]
    at: rx.Var[int]


class NativeForm(BaseHTML):
    """A form the browser itself posts: the answer sets a cookie no script can read."""

    tag = "form"
    action: rx.Var[str]
    method: rx.Var[str]
    auto_complete: rx.Var[str]


__all__ = ["Board", "BoardCard", "BoardColumn", "NativeForm", "Panel", "QuoteText"]
