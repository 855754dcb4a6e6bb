"""Keeps what a screen shows in its address, so that it can be linked and reloaded."""

import json

import reflex as rx
from reflex.event import EventSpec


def keep(**values: str) -> EventSpec:
    """Set these parts of the address's query; empty values are taken out, others stay."""
    return rx.call_script(
        "(() => { const to = new URL(location.href); "
        f"for (const [name, value] of Object.entries({json.dumps(values)})) "
        "value ? to.searchParams.set(name, value) : to.searchParams.delete(name); "
        "history.replaceState(history.state, '', to); })()"
    )


def asked(state: rx.State, name: str) -> str:
    """A part of the address's query; empty when it is not there."""
    return str(state.router.url.query_parameters.get(name, ""))[:200]
