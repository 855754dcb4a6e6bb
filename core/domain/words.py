"""The closed sets of words the product speaks in, with the text people see for each."""

from typing import Final, Literal, get_args

Role = Literal["admin", "recruiter", "hiring_manager"]
Category = Literal["not_qualified", "pre_qualified", "qualified", "needs_a_look"]
Band = Literal[
    "qualified", "pre_qualified", "not_qualified", "not_enough_information", "unreadable", "manual_review"
]
CATEGORIES: Final[tuple[Category, ...]] = get_args(Category)
BANDS: Final[tuple[Band, ...]] = get_args(Band)

CATEGORY_LABEL: Final[dict[str, str]] = {
    "not_qualified": "Not Qualified",
    "pre_qualified": "Pre-Qualified",
    "qualified": "Qualified",
    "needs_a_look": "Needs a look",
}
BAND_LABEL: Final[dict[str, str]] = {
    "qualified": "Qualified",
    "pre_qualified": "Pre-Qualified",
    "not_qualified": "Not Qualified",
    "not_enough_information": "Not enough information",
    "unreadable": "Could not be read",
    "manual_review": "Manual review",
}
ROLE_LABEL: Final[dict[str, str]] = {
    "admin": "Admin",
    "recruiter": "Recruiter",
    "hiring_manager": "Hiring manager",
}


def category_for(band: Band) -> Category:
    """The board column an application first lands in; bands that need a person share one."""
    if band in {"qualified", "pre_qualified", "not_qualified"}:
        return band
    return "needs_a_look"
