"""What stands on every page while the server cannot be reached, in the place of Reflex's own words."""

import reflex as rx
from reflex_components_core.core.banner import (  # type: ignore[import-untyped]
    has_too_many_connection_errors,
)

from ui.components.icons import icon


def connection_lost() -> rx.Component:
    """A line from the second failed attempt on, until one succeeds; the first may be a blink."""
    return rx.cond(
        has_too_many_connection_errors,
        rx.el.div(
            icon("unplug"),
            rx.el.div(
                rx.el.strong("The connection to Shortlist is lost. Trying again…"),
                " What was saved is safe. Wait with changes until this line goes; if it stays, tell whoever "
                "runs this instance.",
            ),
            class_name="alert lost",
            role="alert",
        ),
    )
