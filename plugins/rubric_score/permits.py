"""Who may work where: citizenship, residence, visas and the need of a sponsor."""

import re
from typing import Final

from core.sdk import Judgement, Requirement
from plugins.rubric_score.text import Read, Statement, judged
from plugins.rubric_score.verdicts import Verdict, best_of_each

_ASKS: Final = re.compile(
    r"\b(?:right to work|work(?:ing)? (?:permit|authori[sz]ation|visa|rights)|authori[sz](?:ed|ation) to work"
    r"|permission to work"
    r"|permitted to work|eligib\w+ to work|allowed to work|legally work|visa|sponsor\w*|citizens?|citizenship"
    r"|nationals?"
    r"|passport|permanent residen\w+|settled status|green card|indefinite leave|stamp 4|residence permit"
    r"|work in the)\b",
    re.IGNORECASE,
)
_NOT_ABOUT: Final = re.compile(
    r"\bsponsor(?:ed|ing|s)? (?:content|events?|deals?)|\bnational (?:accounts?"
    r"|sales)",
    re.IGNORECASE,
)
_SPEAKS: Final = re.compile(
    _ASKS.pattern
    + r"|\b(?:[BCLGHEFO]-?\d?[AB]? (?:visa|permit)|permit|H-?1B|EAD|OPT|settlement|residen(?:t|ce|cy)"
    r"|stamp [1-6]|duldung"
    r"|niederlassungserlaubnis|aufenthalt\w*|blue card|naturali[sz]ed|born in|free movement|asylum"
    r"|leave to remain|ILR"
    r"|any employer|paperwork for work|work paperwork|nationality|dual national)\b",
    re.IGNORECASE,
)
_NONE: Final = re.compile(
    r"\b(?:no longer valid|expired|refused|rejected|revoked|prohibited|not (?:allowed|authori[sz]ed|permitted"
    r"|eligible)|illegal"
    r"|(?:would|will|still) (?:be )?need(?:ed|s)?|need(?:s|ing)? (?:a |an |your )?(?:\w+ )?(?:visa|sponsor\w*|permit)"
    r"|(?:visa|sponsor\w*|permit)[^,;.]{0,24}\b(?:needed|required|necessary)\b|requires? (?:a |an "
    r"|your )?(?:visa|sponsor\w*|permit)"
    r"|no (?:green card|work permit|right to work|working rights|passport|citizenship|residence)"
    r"|not (?:a |an )?(?:\w+ )?(?:citizen|national|resident)|passport not from|without (?:a )?(?:permit|papers"
    r"|work permit)"
    r"|visitor|tourist)\b",
    re.IGNORECASE,
)
_NOTHING_NEEDED: Final = re.compile(
    r"\b(?:no|not|without|never|nor)\b[^,;.]{0,24}\b(?:sponsor\w*|visa|permit|paperwork|restrictions?|limits?"
    r"|limitation|hindrance)"
    r"\b(?! (?:yet|so far|at present))(?:[^,;.]{0,12}\b(?:needed|required|necessary)\b)?"
    r"|\b(?:sponsor\w*|visa|permit)[^,;.]{0,16}\bnot (?:needed|required|necessary)\b",
    re.IGNORECASE,
)
_FREE: Final = re.compile(
    r"\b(?:citizen|citizenship|national|nationality|passport|naturali[sz]ed|permanent residen\w+|settled status"
    r"|indefinite leave|ILR"
    r"|green card|niederlassungserlaubnis|stamp 4|unlimited|unrestricted|free movement|any employer"
    r"|right to work|C permit"
    r"|settlement permit|full work(?:ing)? rights)\b",
    re.IGNORECASE,
)
_LIMITED: Final = re.compile(
    r"\b(?:student visa|limited to|restricted to|tied to|only for|hours (?:a|per) (?:week|fortnight)|half days"
    r"|pending|applied"
    r"|application (?:sent|in|filed|submitted)|decision expected|temporary|until my|part[- ]time only|holiday visa"
    r"|graduate visa|job ?seeker visa|one employer|B permit)\b",
    re.IGNORECASE,
)
_HELD: Final = re.compile(
    r"\b(?:permit|visa|EAD|blue card|work(?:ing)? rights|work authori[sz]ation|authori[sz]ed to work"
    r"|eligible to work|allowed to"
    r" work|permission)\b",
    re.IGNORECASE,
)
_ONLY_CITIZENS: Final = re.compile(r"\b(?:citizens?|citizenship|nationals?|nationality)\b", re.IGNORECASE)
_OR_MORE: Final = re.compile(r"\bor\b|\bpermit\b|\bresiden\w+|\bgreen card\b", re.IGNORECASE)
_PEOPLES: Final = {
    "uk": r"UK|British|Britain|English|Scottish|Welsh|United Kingdom|England|Scotland|Wales",
    "us": r"US|U\.S\.|USA|American|United States|America",
    "ch": r"Swiss|Switzerland",
    "au": r"Australian?",
    "ca": r"Canadian|Canada",
    "nz": r"New Zealand\w*",
    "eu": r"EU|E\.U\.|EEA|European Union|European|Austrian?|Belgi\w+|Bulgarian?|Croatian?|Cypriot|Cyprus|Czech"
    r"|Danish|Denmark"
    r"|Dutch|Netherlands|Estonian?|Finnish|Finland|French|France|German|Germany|Greek|Greece|Hungarian|Hungary"
    r"|Irish|Ireland"
    r"|Italian|Italy|Latvian?|Lithuanian?|Luxembourg|Maltese|Malta|Polish|Poland|Portuguese|Portugal|Romanian?"
    r"|Slovak\w*"
    r"|Slovenian?|Spanish|Spain|Swedish|Sweden|Norwegian|Norway|Iceland\w*",
    "other": r"Serbian?|Turkish|Turkey|Russian?|Ukrainian|Ukraine|Indian?|Pakistani?|Chinese|China|Brazilian"
    r"|Brazil|Nigerian?"
    r"|Kenyan?|Moroccan|Morocco|Egyptian|Egypt|Philippine|Filipin[oa]|Vietnamese|Mexican|Mexico|Japanese|Japan"
    r"|Korean?"
    r"|Albanian?|Bosnian?|Macedonian?|Georgian?|Armenian?|Iranian|Iran|Iraqi|Iraq|Syrian?|South African"
    r"|Argentin\w+|Chilean",
}
_PEOPLE: Final = {name: re.compile(rf"\b(?:{words})\b") for name, words in _PEOPLES.items()}
_WHOSE: Final = re.compile(
    r"(?P<who>[A-Z][\w.]*(?: [A-Z][\w.]*)?)[ -]+(?:citizens?|citizenship|nationals?|nationality|passport|born)\b"
    r"|\b(?:citizen|national|passport|nationality)s?(?: of| from| in|:) (?:the )?(?P<of>[A-Z][\w.]*(?: [A-Z][\w.]*)?)"
)


def judge_permit(requirement: Requirement, read: Read) -> Judgement | None:
    """Whether the writer may work as asked; None when the requirement asks nothing of the kind."""
    if not _is_asked(requirement):
        return None
    said = best_of_each(requirement.id, read, lambda statement: _verdict(requirement, statement))
    return said or judged(requirement.id, "not_stated", "The text does not say.")


def _is_asked(requirement: Requirement) -> bool:
    if requirement.category in {"education", "language"} or requirement.years:
        return False
    return bool(_ASKS.search(requirement.text)) and not _NOT_ABOUT.search(requirement.text)


def _verdict(requirement: Requirement, statement: Statement) -> Verdict | None:
    text = statement.text
    if not _SPEAKS.search(text) or statement.is_others(0, len(text)):
        return None
    nation = _nation_of(text)
    if _ONLY_CITIZENS.search(requirement.text) and not _OR_MORE.search(requirement.text):
        return _citizen(requirement, nation, text)
    rest = _NOTHING_NEEDED.sub(" ", text)
    free = rest != text or bool(_FREE.search(text))
    if _NONE.search(rest):
        return (2, "not_met", "The text says it is missing.")
    if _LIMITED.search(text):
        return (5, "partly", "With restrictions.")
    return _by_nation(requirement, nation, text, found=free)


def _citizen(requirement: Requirement, nation: str | None, text: str) -> Verdict | None:
    asked = _nation_in(requirement.text)
    if nation is None:
        return (2, "not_met", "The text says otherwise.") if _NONE.search(text) else None
    if asked is None or nation == asked:
        return (9, "met", "The citizenship is there.")
    return (3, "not_met", "Another citizenship than asked.")


def _by_nation(requirement: Requirement, nation: str | None, text: str, *, found: bool) -> Verdict | None:
    asked = _nation_in(requirement.text)
    if (
        nation is not None
        and asked is not None
        and re.search(r"citizen|national|passport", text, re.IGNORECASE)
    ):
        same = (
            nation == asked
            or {nation, asked} <= {"eu", "ch"}
            or ((asked, nation) == ("uk", "eu") and "Irish" in text)
        )
        if same:
            return (9, "met", "The citizenship gives the right.")
        if not _HELD.search(text) and not re.search(
            r"resident|settled|stamp 4|green card", text, re.IGNORECASE
        ):
            return None
    if found:
        return (8, "met", "The text says so.")
    return (7, "met", "The text says so.") if _HELD.search(text) else None


def _nation_of(text: str) -> str | None:
    """Whose citizen somebody says to be."""
    for whose in _WHOSE.finditer(text):
        if nation := _nation_in(whose["who"] or whose["of"]):
            return nation
    return None


def _nation_in(text: str) -> str | None:
    return next((name for name, words in _PEOPLE.items() if words.search(text)), None)
