"""Where Piccolo finds the engine and the tables, also when installed outside a checkout."""

from piccolo.conf.apps import AppRegistry

from core.store.engine import ENGINE

DB = ENGINE
APP_REGISTRY = AppRegistry(apps=["core.store.piccolo_app"])
