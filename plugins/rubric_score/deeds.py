"""What somebody did, told from what is merely named: and skills a deed shows without naming them."""

import re
from typing import Final

from core.sdk.text.lexicon import Found
from plugins.rubric_score.cues import PAST

_COUNT: Final = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty)"
_CROWD: Final = (
    r"(?:team|group|crew|shift|department|staff|people|employees|colleagues|developers|engineers|"
    r"nurses|teachers|fitters|drivers"
    r"|pickers|workers|consultants|agents|analysts|designers|apprentices|trainees|reps|assistants|"
    r"technicians|accountants)"
)
_LED: Final = (
    r"(?:led|lead|leading|managed|managing|supervised|supervising|headed|heading|oversaw|"
    r"overseeing|line[- ]managed)"
)
_DEEDS: Final = {
    "people management": rf"\b{_LED}\s+(?:(?:a|an|the|my|our|up)\s+)?(?:[\w-]+\s+){{0,3}}?"
    rf"(?:of\s+)?(?:{_COUNT}\s+(?:[\w-]+\s+)?)?{_CROWD}\b"
    rf"|\bresponsible for (?:a team|{_COUNT} (?:people|employees|staff))\b|\b{_COUNT} direct reports\b",
    "mentoring": rf"\b(?:mentored|coached|trained|inducted|onboarded)\s+(?:[\w-]+\s+){{0,3}}?"
    rf"(?:{_CROWD}|colleagues|juniors|students|hires)\b",
    "presentations": r"\bpresented\b.{0,40}\b(?:board|clients?|customers?|management|conference|stakeholders|"
    r"audience|results|findings)\b",
    "negotiation": r"\b(?:negotiated|renegotiated|bargained)\b|\bagreed (?:terms|prices|discounts) with\b",
    "month-end close": r"\bclos(?:ed|ing) the (?:books|accounts|month)\b|\bmonthly (?:accounts|closing)\b",
    "inventory management": r"\b(?:counted|kept|tracked|reconciled|controlled)\b.{0,30}\b(?:stock|inventory"
    r"|shelves)\b",
    "complaint handling": r"\b(?:handled|answered|resolved|settled|calmed)\b.{0,30}\b(?:complaints?|claims|upset|"
    r"angry)\b",
    "classroom management": r"\b(?:class|group|form) of \d+\b.{0,40}\b(?:calm\w*|quiet\w*|working|on task|focus\w*|"
    r"behaviou?r)\b",
    "budgeting": r"\b(?:held|kept|managed|planned|owned)\b.{0,25}\bbudgets?\b",
    "recruiting": r"\b(?:hired|recruited|interviewed)\b.{0,30}\b(?:candidates|people|staff|applicants|"
    r"developers|nurses|engineers)\b",
    "project management": r"\b(?:planned and ran|ran|led|delivered|managed)\b.{0,30}\b(?:project|programme|rollout|"
    r"migration)s?\b",
}
_PATTERNS: Final = tuple((skill, re.compile(pattern, re.IGNORECASE)) for skill, pattern in _DEEDS.items())


def shown_by_deeds(text: str) -> tuple[Found, ...]:
    """The skills a sentence shows by what it tells, each with where it does."""
    return tuple(
        Found(skill=skill, start=match.start(), end=match.end())
        for skill, pattern in _PATTERNS
        for match in pattern.finditer(text)
    )


_LABEL: Final = re.compile(r"^\W*[\w &/,()’'–+-]{2,45}:\s*")
_LIST_HEAD: Final = re.compile(
    r"^\W*(?:(?:technical |core |key ?|hard |soft |other |it )?(?:skills?|competenc\w+|strengths?"
    r"|technologies|tools?|tech stack|stack|languages|frameworks?|databases?|platforms?|software|(?:key)?words?"
    r"|knowledge|expertise"
    r"|proficienc\w+|programming|interests?|hobbies))\b.{0,28}(?::|–|—| - )",
    re.IGNORECASE,
)
_CLAIM: Final = re.compile(
    r"\b(?:(?:good|strong|excellent|solid|sound|great|deep|extensive|broad|basic|working|in-depth|profound|some)"
    r" (?:knowledge|understanding|command|skills?|grasp|experience|basics)|knowledge of|understanding of"
    r"|famili?ar with|skilled (?:in|at|with)|experts? (?:in|on)|proficient (?:in|with|at)|experienced (?:in|with)"
    r"|versed in|talented|gifted|passionate about|good (?:at|with)|strong (?:in|at|on)|great at|interested in"
    r"|enthusiast|beginner|novice|exposure to|introduction to|basics? (?:of|in)|learn(?:ed|t)|studied|self-taught"
    r"|took a course|attended|quick learner|certain with|strengths?|high degree of|key ?words?|competences?)\b",
    re.IGNORECASE,
)
_SEEMING: Final = re.compile(
    r"\b(?:engineering|marketing|accounting|programming|computing|operating|testing|learning|nursing|manufacturing"
    r"|networking|consulting|banking|embedded|advanced|related|distributed|applied|skilled|certified|detailed"
    r"|qualified"
    r"|limited|experienced|motivated|dedicated|including|something|during|following|outstanding|interested|need|speed"
    r"|object[- ]oriented|scripting|planning|purchasing|controlling|cleaning|training)\b",
    re.IGNORECASE,
)
_DONE: Final = re.compile(
    r"\b(?:" + PAST + r"|using|responsible for|in charge of|day-to-day|daily|hands-on|years?|[a-z]{4,}ing)\b"
    r"|^\W*(?:design|build|lead|manage|run|write|own|develop|maintain|create|teach|sell|plan|coordinate|handle|care"
    r"|support|operate|drive|prepare|test|deliver|train|use|speak|work|keep|organi[sz]e|supervise|administer|assist"
    r"|review|cook|serve|repair|install|weld|clean|translate|draft|advise|negotiate)s?\b",
    re.IGNORECASE,
)
_SETTING: Final = re.compile(
    r"\b(?:for|at|on|with|in|of|over|from|to|by|per|every|each|since|during|after|as|under)\b|\d",
    re.IGNORECASE,
)
_SPOKEN: Final = 3
"""Words; fewer with a preposition among them are still a title or a topic."""
_ITEM: Final = 2.4
"""Words per item up to which a row of commas is a list of catchwords."""


def is_deed(text: str) -> bool:
    """True for a statement of something done or had; False for a list of words, a title or a claim."""
    if _LIST_HEAD.match(text) or "★" in text:
        return False
    text = _LABEL.sub("", text)
    words = _spoken(text)
    if len(words) < 3 or _is_list(text, len(words)):
        return False
    done = _DONE.search(_SEEMING.sub(" ", text))
    if _CLAIM.search(text):
        return bool(re.search(r"\d", text) and done)
    return bool(done) or (len(words) >= _SPOKEN and bool(_SETTING.search(text)))


def is_keyword_row(text: str) -> bool:
    """True for a long row of catchwords without a label that says what they are, and without a year."""
    items = [item for item in re.split(r"[,|•·;]|\s[–—-]\s", _LABEL.sub("", text)) if item.strip()]
    if len(items) < _ROW or re.search(r"\b(?:19|20)\d\d\b", text) or _PAPERS_LABEL.match(text):
        return False
    return len(_spoken(text)) / len(items) <= _ITEM


def _spoken(text: str) -> list[str]:
    """Its words, without the marks between the items of a list."""
    return [word for word in text.split() if any(character.isalnum() for character in word)]


_ROW: Final = 6
_PAPERS_LABEL: Final = re.compile(
    r"^\W*(?:\w+ ){0,2}(?:certif\w+|licen[cs]\w+|qualifications?|training|education|tickets|memberships?"
    r"|courses|cards)\b[^:]{0,20}:",
    re.IGNORECASE,
)


def _is_list(text: str, words: int) -> bool:
    items = [item for item in re.split(r"[,|•·/;]", text) if item.strip()]
    return len(items) >= 3 and words / len(items) <= _ITEM and not re.search(r"\b(?:19|20)\d\d\b", text)


_ASKS_FOR_DEEDS: Final = re.compile(
    r"\bexperienced?\b|\btrack record\b|\bproven\b|\bbackground in\b|\bhistory of\b"
    r"|^(?:you |has |have |having |must have )+(?:" + PAST + r")\b|^(?:" + PAST + r")\b",
    re.IGNORECASE,
)


def asks_for_deeds(category: str, text: str) -> bool:
    """True when a mention alone shows nothing: the requirement is worded as something done."""
    return category == "experience" or bool(_ASKS_FOR_DEEDS.search(text))
