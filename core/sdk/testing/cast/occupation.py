"""How an occupation is described: the posting, what it demands, and how a life in it reads on paper."""

from collections.abc import Mapping

import msgspec


class Trade(msgspec.Struct, frozen=True, kw_only=True):
    """What people of a trade put into their resumes; `{slot}` in duties is filled from `slots`.

    `titles` are rungs from junior to head, each with alternatives; `degrees` are (degree, discipline).
    """

    titles: tuple[tuple[str, ...], ...]
    employers: tuple[str, ...]
    duties: tuple[str, ...]
    skills: tuple[str, ...]
    degrees: tuple[tuple[str, str], ...]
    slots: Mapping[str, tuple[str, ...]] = {}


class Demand(msgspec.Struct, frozen=True, kw_only=True):
    """One requirement: the words it goes by in a list of skills, and deeds that show it."""

    skills: tuple[str, ...]
    deeds: tuple[str, ...]


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A question of the application form with answers of people who can and people who cannot."""

    text: str
    sure: tuple[str, ...]
    unsure: tuple[str, ...]


class Occupation(msgspec.Struct, frozen=True, kw_only=True):
    """A job with everything needed to make up its applicants.

    `posting` is HTML with `{employer}` and `{place}`; `years` is the experience it asks for. `openings` are
    (employer, city, country code): the first is the job itself, the others are its variations. `adjacent` is
    the neighbouring trade from which people half fit. `languages` are (language, CEFR level) beyond English.
    """

    key: str
    title: str
    department: str
    openings: tuple[tuple[str, str, str], ...]
    posting: str
    years: int
    trade: Trade
    adjacent: Trade
    musts: tuple[Demand, ...]
    nices: tuple[Demand, ...]
    summaries: tuple[str, ...]
    certificates: tuple[str, ...] = ()
    nice_certificates: tuple[str, ...] = ()
    languages: tuple[tuple[str, str], ...] = ()
    questions: tuple[Question, ...] = ()
