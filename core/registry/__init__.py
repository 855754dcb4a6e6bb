"""Plugins at run time: found, checked, offered by key, dispatched per tenant, kept at arm's length."""

from core.registry.breaker import Breaker
from core.registry.catalog import Catalog, Offered, PluginInfo, load_catalog
from core.registry.dispatch import Dispatcher
from core.registry.guard import failure
from core.registry.loader import BrokenPlugin
from core.registry.outbound import BlockedAddress, open_http, scorer_client
from core.registry.scorer_calls import OwnCalls
from core.registry.scorer_host import ScorerHost
from core.registry.scorer_process import ScorerFailed

__all__ = [
    "BlockedAddress",
    "Breaker",
    "BrokenPlugin",
    "Catalog",
    "Dispatcher",
    "Offered",
    "OwnCalls",
    "PluginInfo",
    "ScorerFailed",
    "ScorerHost",
    "failure",
    "load_catalog",
    "open_http",
    "scorer_client",
]
