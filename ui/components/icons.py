"""Icons, and bands and matches: always a shape and a word, never a colour alone."""

from typing import Any

import reflex as rx

_BANDS = (
    ("qualified", "circle-check-big"),
    ("pre_qualified", "contrast"),
    ("not_qualified", "circle"),
    ("not_enough_information", "circle-help"),
    ("unreadable", "file-x"),
    ("manual_review", "user-round"),
)
_MATCHES = (("met", "check"), ("partly", "contrast"), ("not_stated", "minus"), ("not_met", "x"))


def icon(name: str, **props: Any) -> rx.Component:
    """A lucide icon; its label or tooltip belongs to the element around it."""
    return rx.icon(name, size=props.pop("size", 16), stroke_width=1.75, aria_hidden="true", **props)


def band_icon(band: Any, label: Any = None) -> rx.Component:
    """The shape of a band in its colour, with its word for readers and on hover."""
    return rx.el.span(
        rx.match(band, *((name, icon(shape)) for name, shape in _BANDS), icon("clock")),
        *([rx.el.span(label, class_name="sr-only")] if label is not None else []),
        class_name="band-icon",
        data_band=band,
        **({"title": label} if label is not None else {}),
    )


def match_icon(match: Any) -> rx.Component:
    """The shape of a match in its colour, with its word for readers and on hover."""
    words = rx.match(match, ("met", "met"), ("partly", "partly met"), ("not_met", "not met"), "not stated")
    return rx.el.span(
        rx.match(match, *((name, icon(shape, size=14)) for name, shape in _MATCHES), icon("minus", size=14)),
        rx.el.span(words, class_name="sr-only"),
        class_name="match-icon",
        data_match=match,
        title=words,
    )
