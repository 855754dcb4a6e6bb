"""Lets `python -m core.cli` be the command."""

from core.cli import main

main()
