"""The bias audit: rates, ratios and tests over a sample of applications. Pure: numbers in, numbers out.

`docs/audit.md` says the same in words an auditor can follow.
"""

from core.audit.rates import Cell, Dimension, Settings
from core.audit.report import Measure, Report, make_report
from core.audit.sample import RACES, SEXES, Row, read_rows, write_rows

__all__ = [
    "RACES",
    "SEXES",
    "Cell",
    "Dimension",
    "Measure",
    "Report",
    "Row",
    "Settings",
    "make_report",
    "read_rows",
    "write_rows",
]
