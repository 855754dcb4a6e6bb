"""Names the database engine and the table app for Piccolo's own commands."""

from core.store.piccolo_conf import APP_REGISTRY, DB

__all__ = ["APP_REGISTRY", "DB"]
