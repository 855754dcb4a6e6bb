"""What every twin is made of: a clock, limits, faults, recorded calls, a webhook sender and a server.

A twin is a local simulator of a vendor's API. Nothing here knows a vendor.
"""

from core.sdk.testing.twin.calls import Call, CallLog
from core.sdk.testing.twin.clock import TwinClock
from core.sdk.testing.twin.faults import Fault, FaultBook
from core.sdk.testing.twin.gate import Gate
from core.sdk.testing.twin.limits import FixedWindow, Spent
from core.sdk.testing.twin.server import LocalServer, listen, serve
from core.sdk.testing.twin.webhooks import Attempt, Delivery, WebhookSender

__all__ = [
    "Attempt",
    "Call",
    "CallLog",
    "Delivery",
    "Fault",
    "FaultBook",
    "FixedWindow",
    "Gate",
    "LocalServer",
    "Spent",
    "TwinClock",
    "WebhookSender",
    "listen",
    "serve",
]
