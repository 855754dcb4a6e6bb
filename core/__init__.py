"""Shortlist: a self-hosted screening copilot for recruiting teams."""

__version__ = "0.1.0"
