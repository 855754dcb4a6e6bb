"""Skills: by name and usual spelling, by narrower skills that show them, by neighbours in part."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from core.sdk import Judgement, Requirement
from core.sdk.text import default_lexicon
from core.sdk.text.lexicon import Found
from plugins.rubric_score.deeds import asks_for_deeds
from plugins.rubric_score.senses import other_sense
from plugins.rubric_score.text import Read, Statement, judged
from plugins.rubric_score.words import stems

Best = tuple[int, str, str, Statement]
"""(rank, match, reason, statement); a higher rank is better news."""


def names_of(requirement: Requirement) -> tuple[str, ...]:
    """The skills the requirement names, as the lexicon calls them."""
    return _named(requirement.text)


@lru_cache(maxsize=4096)
def _named(text: str) -> tuple[str, ...]:
    """Asked again for every application of a job."""
    return tuple(dict.fromkeys(skill.skill for skill in default_lexicon().find(text)))


def is_product(skill: str) -> bool:
    """True for what has a name of its own: other software, however alike, is not it."""
    return skill != skill.lower()


def names_only_products(requirement: Requirement) -> bool:
    """True when nothing but a mention by name can show the requirement."""
    names = names_of(requirement)
    return bool(names) and all(is_product(name) for name in names)


def shows_any(names: Iterable[str], statement: Statement) -> bool:
    """Whether the statement mentions one of the skills, or a narrower one that shows it."""
    wanted, lexicon = set(names), default_lexicon()
    return any(wanted & lexicon.broader(found.skill) for found in statement.skills)


def judge_skills(requirement: Requirement, read: Read) -> Judgement | None:
    """The judgement by the names of skills; None when the requirement names none or nothing bears on it."""
    lexicon = default_lexicon()
    known = {skill for skill in requirement.alternatives if lexicon.find(skill)}
    if known:
        return _one_of(requirement, tuple(sorted(known)), read)
    names = names_of(requirement)
    if not names:
        return None
    return _one_of(requirement, names, read) if len(names) == 1 else _all_of(requirement, names, read)


def judge_words(requirement: Requirement, read: Read) -> Judgement | None:
    """The judgement by the requirement's own words in any form; None unless one sentence has them all."""
    if names_only_products(requirement):
        return None
    wanted = stems(requirement.text)
    if not 1 <= len(wanted) <= _FEW or not any(len(stem) > 2 for stem in wanted):
        return None
    found = [
        _says(requirement, statement, wanted)
        for statement in read.statements
        if wanted <= stems(statement.text) and not statement.lacks_paper(requirement.text)
    ]
    best = max((best for best in found if best), key=lambda best: best[0], default=None)
    return judged(requirement.id, best[1], best[2], best[3]) if best else None  # type: ignore[arg-type]


_FEW: Final = 4
"""Words; of longer demands a sentence seldom has all, and their meaning decides."""


def _says(requirement: Requirement, statement: Statement, wanted: frozenset[str]) -> Best | None:
    start, end = statement.place_of(wanted)
    if not statement.is_own(start, end) or other_sense(requirement.text, statement.text):
        return None
    if statement.denies(start, end):
        return (1, "not_met", "The text says otherwise.", statement)
    if statement.intends(start, end):
        return (2, "not_met", "A plan, not something done.", statement)
    if statement.deed:
        return (9, "met", "The text says so.", statement)
    if asks_for_deeds(requirement.category, requirement.text):
        return None
    return (5, "partly", "Named, with nothing behind it.", statement)


def _one_of(requirement: Requirement, names: Sequence[str], read: Read) -> Judgement | None:
    candidates = [best for name in names if (best := _best(name, read, requirement))]
    if not candidates:
        return None
    _, match, reason, statement = max(candidates, key=lambda best: best[0])
    return judged(requirement.id, match, reason, statement)  # type: ignore[arg-type]  # our own words


def _all_of(requirement: Requirement, names: Sequence[str], read: Read) -> Judgement | None:
    found = {name: best for name in names if (best := _best(name, read, requirement))}
    good = {name: best for name, best in found.items() if best[1] in {"met", "partly"}}
    if not good:
        worst = min(found.values(), key=lambda best: best[0], default=None)
        return judged(requirement.id, "not_met", worst[2], worst[3]) if worst else None
    met = len(good) == len(names) and all(best[1] == "met" for best in good.values())
    missing = [name for name in names if name not in good]
    reason = (
        "All of it is shown."
        if met
        else f"Shown in part; nothing on {', '.join(missing)}."
        if missing
        else ("Named, with little to show for it.")
    )
    statements = [best[3] for best in sorted(good.values(), key=lambda best: -best[0])]
    return judged(requirement.id, "met" if met else "partly", reason, *statements)


def _best(name: str, read: Read, requirement: Requirement) -> Best | None:
    deeds = asks_for_deeds(requirement.category, requirement.text)
    found = [
        best
        for statement in read.statements
        if (best := _bears(name, statement, requirement.text, deeds=deeds))
    ]
    return max(found, key=lambda best: best[0], default=None)


def _bears(name: str, statement: Statement, asked: str, *, deeds: bool) -> Best | None:
    if statement.lacks_paper(name):
        return None
    found = [
        best for skill in statement.skills if (best := _news(name, skill, statement, asked, deeds=deeds))
    ]
    return max(found, key=lambda best: best[0], default=None)


def _named_as(skill: Found, asked: str) -> str:
    """The requirement's words where they name the skill, which tell its trade; else its name alone."""
    return asked if skill.skill.lower() in asked.lower() else skill.skill


def _news(name: str, skill: Found, statement: Statement, asked: str, *, deeds: bool) -> Best | None:
    lexicon = default_lexicon()
    shows = name in lexicon.broader(skill.skill)
    if not shows and not lexicon.related(name, skill.skill):
        return None
    if not statement.is_own(skill.start, skill.end) or other_sense(_named_as(skill, asked), statement.text):
        return None
    if statement.denies(skill.start, skill.end):
        own = skill.skill == name
        return (3, "not_met", f"The text says there is no {name}.", statement) if own else None
    if statement.intends(skill.start, skill.end):
        return (1, "not_met", f"{name} is a plan, not something done.", statement) if shows else None
    if not shows:
        close = f"{skill.skill} is close to {name}."
        return (2, "partly", close, statement) if statement.deed else None
    if not statement.deed:
        named = f"{skill.skill} is named, with nothing behind it."
        return None if deeds else (5, "partly", named, statement)
    if skill.skill == name:
        return (9, "met", f"{name} is shown.", statement)
    return (8, "met", f"{skill.skill} shows {name}.", statement)
