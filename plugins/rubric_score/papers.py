"""Certificates, licences, cards, clearances: the right one, and whether it is held, lapsed, under way or a wish."""

import re
from datetime import date
from typing import Final

from rapidfuzz import fuzz

from core.sdk import Judgement, Requirement
from plugins.rubric_score.clauses import Place
from plugins.rubric_score.cues import INTENTION, PARTWAY, UNDER_WAY
from plugins.rubric_score.deeds import is_keyword_row
from plugins.rubric_score.moments import moments
from plugins.rubric_score.text import Read, Statement
from plugins.rubric_score.verdicts import Verdict, best_news
from plugins.rubric_score.words import COMMON, stem, words_of

_PAPER: Final = re.compile(
    r"\b(?:licen[cs](?:e|es|ed|ure)|certif\w+|registration|registered|cards?|badges?|tickets?|clearance"
    r"|approval|approved"
    r"|qualification|accredit\w+|chartered|permits?|endorsement|diploma|admitted|first[- ]aid\w*|edition|CELTA"
    r"|CISSP|ACLS|BLS"
    r"|PALS|NPLQ|CPA|ACCA|CIMA|PMP|PRINCE2|ITIL|NEBOSH|IOSH|CSCS|CPCS|IPAF|PASMA|HACCP|SIA|NMC|HCPC|QTS|DBS)\b",
    re.IGNORECASE,
)
_LAPSED: Final = re.compile(
    r"\b(?:expired|lapsed|ran out|run out|no longer (?:valid|current|active|registered|held)|(?:not"
    r"|never) (?:been )?renewed"
    r"|revoked|suspended|withdrawn|struck off|surrendered|given up|let (?:it )?go|out of date|not (?:valid"
    r"|current) any ?more"
    r"|no update since|not updated since|not refreshed|overdue|void|not redone|went out of date|let it lapse"
    r"|date on my card has passed|ended in|never happened|until 20[01]\d)\b",
    re.IGNORECASE,
)
_REFUSED: Final = re.compile(
    r"\b(?:refused|rejected|turned down|failed|prohibited|appeal lost|disqualified|banned|not (?:granted|passed))\b",
    re.IGNORECASE,
)
_ENDS: Final = re.compile(
    r"\b(?:until|till|through|up to|to|expir(?:y|es|ed|ing|ation)(?: date)?(?: on| in| of)?"
    r"|runs? (?:out )?(?:until|to|in)"
    r"|ends?(?: in| on)?|good (?:until|to)|valid (?:until|to|through|till)|current (?:until|to)|due(?: in| on)?)"
    r"[:\s]+(?:the )?(?:end of |early |mid |late |spring |summer |autumn |winter )?$",
    re.IGNORECASE,
)
_GIVEN: Final = re.compile(
    r"\b(?:held|passed|awarded|obtained|granted|issued|renewed|refreshed|extended|received|completed|gained"
    r"|earned|valid"
    r"|active|certified|qualified|registered|licen[cs]ed|since)\b",
    re.IGNORECASE,
)
_WISHED: Final = re.compile(
    r"\b(?:may follow|some ?day|perhaps|maybe|would interest|interests me|might|not started|not begun|(?:no"
    r"|not) \w+ started|not registered|no exam"
    r"|thinking of|on my list|provisional|no lessons|I['’]?d|would|yet to|haven['’]?t|hope|look into"
    r"|signed up anywhere|leaflet)\b",
    re.IGNORECASE,
)
_NOISE: Final = words_of(
    "certificate certification certified certificates licence license licences licensed licensure valid current "
    "active required preferred must have hold holds held equivalent recognised recognized registration"
    " registered card cards "
    "badge ticket full clean date expired not expiry in unexpired qualification qualified course training approval "
    "membership member status designation entitlement professional minimum least above higher category class official"
    " state scheme "
    "holder personal own driving driver drivers to the for your"
)
_DETAIL: Final = re.compile(
    r"\b(?:[A-Z]{0,3}\d{1,4}[A-Z]?(?:st|nd|rd|th)?|gold|green|blue|red|black|white|silver|platinum|bronze|foundation"
    r"|practitioner|associate|advanced|intermediate|I{1,3}|IV|counterbalance|reach|class \w|level \d)\b"
)
_COLOURS: Final = frozenset(
    {"gold", "green", "blue", "red", "black", "white", "silver", "platinum", "bronze"}
)
_SPELT_OUT: Final = (
    (re.compile(r"\bregistered nurse\b(?=[^.;]{0,20}\b(?:licen[cs]\w+|regist\w+))", re.IGNORECASE), "RN"),
    (re.compile(r"\bbasic life support\b", re.IGNORECASE), "BLS"),
    (re.compile(r"\badvanced (?:cardiac|cardiovascular) life support\b", re.IGNORECASE), "ACLS"),
    (re.compile(r"\bcommercial driver'?s licen[cs]e\b", re.IGNORECASE), "CDL"),
    (re.compile(r"\bcertified public accountant\b", re.IGNORECASE), "CPA"),
    (re.compile(r"\bprofessional scrum master\b", re.IGNORECASE), "PSM"),
    (re.compile(r"\bproject management professional\b", re.IGNORECASE), "PMP"),
    (re.compile(r"\bqualified teacher status\b", re.IGNORECASE), "QTS"),
    (re.compile(r"\bpersonal train(?:er|ing)\b", re.IGNORECASE), "PT"),
    (re.compile(r"\bcertified information systems security professional\b", re.IGNORECASE), "CISSP"),
)
"""Names of certificates that ads and resumes shorten as they please; the title of a nurse alone is not a licence."""
_WORD: Final = re.compile(r"[^\W_][\w+#]*")


def asks_for_paper(requirement: Requirement) -> bool:
    """True when what is asked is something that is issued, and may lapse."""
    if requirement.years or requirement.category in {"education", "language"}:
        return False
    return requirement.category == "certification" or bool(_PAPER.search(requirement.text))


def is_graded_paper(requirement: Requirement) -> bool:
    """True for "Level 3 diploma in ...": a paper with a number, whose grade decides rather than a degree's."""
    return bool(_LEVEL.search(requirement.text) or _EDITION.search(requirement.text))


def judge_certificate(requirement: Requirement, read: Read) -> Judgement | None:
    """Whether the paper asked for, or one of its alternatives, is held, under way, lapsed or only planned."""
    told = (
        (_of_line(option, place, read), statement)
        for option in _options(requirement.text)
        for place, statement in enumerate(read.statements)
        if not is_keyword_row(statement.text)
    )
    return best_news(requirement.id, ((verdict, statement) for verdict, statement in told if verdict))


def _of_line(option: str, place: int, read: Read) -> Verdict | None:
    verdict = _about(option, read.statements[place], read.as_of)
    if verdict and verdict[1] == "met" and _taken_away(place, read):
        return (2, "not_met", "It has lapsed.")
    return verdict


def _taken_away(place: int, read: Read) -> bool:
    """A heading such as "Forklift card" stands as the line below it says."""
    heading, *below = read.statements[place : place + 2]
    if len(heading.text.split()) > _HEADING or not below or below[0].source != heading.source:
        return False
    said = below[0].text
    return bool(_LAPSED.search(said) or _REFUSED.search(said) or _ended(said, read.as_of))


_HEADING: Final = 4


def _options(text: str) -> list[str]:
    parts = [part for part in re.split(r"\bor\b|/|;|\(|\)", text) if _words(part)]
    return [part for part in parts if _is_telling(part)] or parts or [text]


def _is_telling(part: str) -> bool:
    """Two words, or one with capitals or digits within: "Wine (WSET 2)" is asked by the name in brackets."""
    words = _words(part)
    return len(words) > 1 or any(re.search(r"\d|[A-Z]", word[1:]) for word in words)


def _words(text: str) -> list[str]:
    """The words that tell one paper from another."""
    found = (match[0] for match in _WORD.finditer(_spelt_short(text)))
    return [
        word
        for word in found
        if stem(word) not in _NOISE and word.lower() not in COMMON and not (len(word) < 3 and word.islower())
    ]


def _spelt_short(text: str) -> str:
    for whole, short in _SPELT_OUT:
        text = whole.sub(short, text)
    return text


def _about(option: str, statement: Statement, as_of: date) -> Verdict | None:
    place = _place(_words(option), statement.text) or _shortened(option, statement.text)
    if place is None or statement.is_others(*place):
        return None
    if _other_detail(option, statement.around(*place)):
        return (3, "not_met", "Another one than asked.")
    return standing(statement, *place, as_of)


def _place(words: list[str], text: str) -> Place | None:
    """Where the paper is named; nearly all of its words must be there."""
    short = _spelt_short(text)
    there = [(stem(match[0]), match.start(), match.end()) for match in _WORD.finditer(short)]
    there += [(stem(letters), start, end) for letters, start, end in _initials(text)]
    hits = [next((spot for spot in there if _same(stem(word), spot[0])), None) for word in words]
    found = [spot for spot in hits if spot]
    if not found or (len(found) < len(words) and (len(words) < 3 or len(found) < 0.6 * len(words))):
        return None
    if len(short) != len(text):
        return 0, len(text)
    return min(spot[1] for spot in found), max(spot[2] for spot in found)


def _shortened(option: str, text: str) -> Place | None:
    """Where a name the requirement writes out stands by its initials: "GDC registered"."""
    short = {letters for letters, _, _ in _initials(option) if len(letters) >= _SHORTEST}
    return next((match.span() for match in _WORD.finditer(text) if match[0] in short), None)


_SHORTEST: Final = 3
_PROPER: Final = re.compile(
    r"[A-Z][\w'’-]+(?:\s+(?:of|and|for|in|the|&)\s+[A-Z][\w'’-]+|\s+[A-Z][\w'’-]+){1,6}"
)


def _initials(text: str) -> list[tuple[str, int, int]]:
    """The initials of names written out: "Chartered Institute of Payroll Professionals" is also CIPP."""
    return [
        ("".join(word[0] for word in re.findall(r"\b[A-Z][\w'’-]+", found[0])), found.start(), found.end())
        for found in _PROPER.finditer(text)
    ]


def _same(word: str, other: str) -> bool:
    return word == other or (len(word) > 4 and fuzz.ratio(word, other) >= 86)


def _other_detail(option: str, said: str) -> bool:
    """True when a number, level or colour of the paper is another one: the 16th edition for the 18th."""
    asked, have = ({found.lower() for found in _DETAIL.findall(text)} for text in (option, said))
    asked_colours, colours = asked & _COLOURS, have & _COLOURS
    if asked_colours and colours:
        return not asked_colours & colours
    asked_level, level = _LEVEL.search(option), _LEVEL.search(said)
    if asked_level and level:
        return int(level[1]) < int(asked_level[1])
    asked_edition, edition = _EDITION.search(option), _EDITION.search(said)
    return bool(asked_edition and edition and int(edition[1]) < int(asked_edition[1]))


_LEVEL: Final = re.compile(r"\blevel (\d)\b", re.IGNORECASE)
_EDITION: Final = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th) edition\b", re.IGNORECASE)


def standing(statement: Statement, start: int, end: int, as_of: date) -> Verdict:
    """What the sentence says of the paper at the place: held, lapsed, refused, under way, a wish."""
    here = _told(statement, start, end)
    if _REFUSED.search(here):
        return (1, "not_met", "The text says it was refused.")
    if _LAPSED.search(here) or _ended(here, as_of):
        return (2, "not_met", "It has lapsed.")
    if _under_way(here, as_of):
        return (5, "partly", "It is under way.")
    if statement.denies(start, end) or _NOT_HELD.search(here):
        return (1, "not_met", "The text says it is not held.")
    if _WISHED.search(here) or (INTENTION.search(_RENEWAL.sub(" ", here)) and not _done(here)):
        return (3, "not_met", "It is a plan so far.")
    return (9, "met", "It is held.")


_NOT_HELD: Final = re.compile(
    r"\b(?:don['’]?t|do not|doesn['’]?t|does not|didn['’]?t|never|not|no longer)\b[^,;.]{0,14}\b(?:hold|held"
    r"|have|taken|obtained"
    r"|licen[cs]ed|issued|got|qualified|registered)\b",
    re.IGNORECASE,
)
_RENEWAL: Final = re.compile(
    r"\b(?:next|due for|due) (?:renewal|refresher|check|revalidation|audit|test)[^,;]*|\b(?:until|till|through"
    r"|valid|runs)\b"
    r"[^,;]*|\bto (?:\w+ )?(?:19|20)\d\d",
    re.IGNORECASE,
)


def _told(statement: Statement, start: int, end: int) -> str:
    """The part with the paper; when it says nothing of how it stands, the whole sentence."""
    own = statement.around(start, end)
    speaks = any(cue.search(own) for cue in (_LAPSED, _GIVEN, _REFUSED))
    return own if speaks and _SEVERAL.search(statement.text) else statement.text


_SEVERAL: Final = re.compile(
    r"\blapsed\b.*\b(?:valid|extended|current)\b|\b(?:valid|extended"
    r"|current)\b.*\blapsed\b",
    re.I,
)


def _ended(text: str, as_of: date) -> bool:
    today = as_of.year * 12 + as_of.month
    ends = [moment.month for moment in moments(text) if _ENDS.search(text[: moment.start])]
    return bool(ends) and max(ends) < today


def _done(text: str) -> bool:
    return bool(_GIVEN.search(text)) and not _NOT_YET.search(text)


_NOT_YET: Final = re.compile(r"\b(?:not|no)\b[^,;.]{0,25}\byet\b|\byet to\b", re.IGNORECASE)
_STARTED: Final = re.compile(
    r"\b(?:exams?|tests?|assessments?|practical|osce|viva|training|inspection)\b[^,;.]{0,18}\b(?:booked|fixed"
    r"|scheduled|(?:at the end of|is) (?:next|this)|next \w+"
    r"|set|on \d|in \w+)"
    r"|\b(?:booked|scheduled|registered|enrolled|signed up|paid) (?:for|on)\b|\bpaid for\b|\bapplied(?: for)?\b"
    r"|\b(?:application|form|papers|documents)\b[^,;.]{0,22}\b(?:sent|submitted|filed|lodged|pending|in)\b"
    r"|\b(?:decision|results?|card|certificate|confirmation|PIN)\b[^,;.]{0,14}\b(?:expected|awaited|pending"
    r"|any day|outstanding)"
    r"|\b(?:week|module|unit|day) (?:\d+|\w+) (?:of|out of) (?:\d+|\w+)|\bnearly (?:finished|done|complete)"
    r"|\bhalf-?way through"
    r"|\bin (?:progress|training)\b|\bunder way\b|\bawaiting\b|\bcurrently (?:doing|taking|studying|preparing)"
    r"|\bpart[- ]way"
    r"|\b(?:theory|written part|part 1) (?:done|passed)|\b(?:has|have) been with (?:the )?\w+ since"
    r"|\bhalf of the \w+ course"
    r"|\bassessor comes|\bto be (?:recommended|confirmed|issued|sworn)|\b(?:level|part|module) \w+ sitting"
    r"|\bre-?enrolled"
    r"|\b(?:file|request|renewal) (?:\w+ )?(?:is|has been|went)\b|\bbeing renewed\b"
    r"|\bdoing (?:my|the) \w+ (?:course|exam)|\bsitting (?:the|my)|\bfinal (?:exam|paper|module)s? (?:in|on"
    r"|left|to go)",
    re.IGNORECASE,
)
_NO_START: Final = re.compile(
    r"\b(?:no|not|nothing|without)\b[^,;.]{0,22}\b(?:booked|fixed|scheduled|registered|enrolled|applied|started"
    r"|begun|date)\b",
    re.IGNORECASE,
)


def _under_way(text: str, as_of: date) -> bool:
    if _NO_START.search(text):
        return False
    if PARTWAY.search(text):
        return True
    if _STARTED.search(text) or UNDER_WAY.search(text):
        return not _FINISHED.search(text) or bool(_NOT_YET.search(text)) or bool(_LAST_ONE.search(text))
    today = as_of.year * 12 + as_of.month
    return any(m.month > today and _ON.search(text[: m.start]) for m in moments(text)) and bool(
        _EXAM.search(text)
    )


_FINISHED: Final = re.compile(
    r"\b(?:passed|awarded|issued|granted|active since|valid until|held since)\b", re.IGNORECASE
)
_LAST_ONE: Final = re.compile(
    r"\b(?:last|final|remaining|one) (?:exam|paper|module|unit|test)\b", re.IGNORECASE
)
_ON: Final = re.compile(r"\b(?:on|for|in)\s+(?:the\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?$", re.IGNORECASE)
_EXAM: Final = re.compile(r"\b(?:exam|test|assessment|course)\b", re.IGNORECASE)
