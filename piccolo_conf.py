"""Names the database engine and the table app for Piccolo's own commands."""

from piccolo.conf.apps import AppRegistry

from core.store.engine import ENGINE

DB = ENGINE
APP_REGISTRY = AppRegistry(apps=["core.store.piccolo_app"])
