"""Background work. Jobs carry ids, never payloads; every task is idempotent and looks for its own work."""
