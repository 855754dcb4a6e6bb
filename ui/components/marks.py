"""Bands and matches: always a shape and a word, never a colour alone."""

from typing import Any

import reflex as rx

from ui.components.shell import icon

_BANDS = (
    ("qualified", "circle-check"),
    ("pre_qualified", "circle-dot"),
    ("not_qualified", "circle"),
    ("not_enough_information", "circle-help"),
    ("unreadable", "file-x"),
    ("manual_review", "user-round"),
)
_MATCHES = (("met", "check"), ("partly", "circle-dot"), ("not_stated", "minus"), ("not_met", "x"))


def band_icon(band: Any) -> rx.Component:
    """The shape of a band in its colour."""
    return rx.el.span(
        rx.match(band, *((name, icon(shape)) for name, shape in _BANDS), icon("clock")),
        class_name="band-icon",
        data_band=band,
    )


def match_icon(match: Any) -> rx.Component:
    """The shape of a match in its colour."""
    return rx.el.span(
        rx.match(match, *((name, icon(shape, size=14)) for name, shape in _MATCHES), icon("minus", size=14)),
        class_name="match-icon",
        data_match=match,
    )
