"""Tables and queries: the only importer of Piccolo."""
