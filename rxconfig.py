"""Tells Reflex the app module and makes its bundle talk to whatever origin served it."""

import os
import re
from typing import Any

import reflex as rx


class SameOrigin(rx.plugins.Plugin):
    """Replaces the addresses baked into the bundle by the page's own origin."""

    def post_build(self, **context: Any) -> None:
        chunks = list((context["static_dir"] / "assets").glob("reflex-env-*.js"))
        if len(chunks) != 1:
            raise RuntimeError(f"expected one reflex-env chunk, found {len(chunks)}")
        text, count = re.subn(
            r"""([`"'])(https?|wss?)://[^/`"']+(/[^`"']*)\1""", _own_origin, chunks[0].read_text("utf-8")
        )
        if count < 3:
            raise RuntimeError("the reflex-env chunk has an unexpected shape")
        chunks[0].write_text(text, "utf-8")


def _own_origin(match: re.Match[str]) -> str:
    origin = "location.origin.replace(/^http/,`ws`)" if match[2].startswith("ws") else "location.origin"
    return f"{origin}+`{match[3]}`"


config = rx.Config(
    app_name="ui",
    app_module_import="ui.app",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    cors_allowed_origins=[],
    state_manager_mode="redis" if os.environ.get("REFLEX_REDIS_URL") else "memory",
    plugins=[
        rx.plugins.RadixThemesPlugin(
            theme=rx.theme(accent_color="iris", gray_color="slate", radius="medium", appearance="inherit")
        ),
        SameOrigin(),
    ],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
