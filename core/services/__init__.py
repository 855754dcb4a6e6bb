"""Use cases. Transactions open and close here; screens, the API and the worker call nothing below."""
