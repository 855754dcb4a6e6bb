"""Takes out of a text what is written to a model instead of to people, so that no model sees it."""

import re
from typing import Final

from core.sdk.text import sentences

MASK: Final = "█"
"""Stands for each character taken out: all others keep their places."""
_MODEL: Final = (
    r"(?:ai|llms?|(?:large )?language models?|(?:chat)?gpt|chatbots?"
    r"|screening (?:tools?|systems?|software|bots?))"
)
_SAYS: Final = (
    r"\b(?:ignore|disregard|forget|override|bypass|do not follow)\b[^.\n]{0,40}\b(?:previous|prior|above|earlier"
    r"|all|any|other|your|these|the)\b[^.\n]{0,20}\b(?:instructions?|prompts?|rules|guidelines|requirements|messages)\b",
    rf"\b(?:you are|you're|act as|behave as|pretend to be|you must act as) (?:an?|the|now) (?:\w+ ){{0,3}}{_MODEL}\b",
    r"^\W*(?:note|notes|instructions?|message|attention|dear|hey|hello)\b,? ?(?:to |for )?(?:all |any |the )?"
    rf"{_MODEL}\b",
    r"\b(?:mark|rate|score|rank|judge|classify|treat|consider|label|report|count)\b[^.\n]{0,60}\b(?:requirements?"
    r"|criteria|applicant|candidate|resume|cv|person|me)\b[^.\n]{0,30}\b(?:as|are|is|with) (?:an? |the |being |fully )*"
    r"(?:met|satisfied|fulfilled|qualified|supported|perfect|top|strong|highest|best|full|ideal|excellent)\b",
    r"\b(?:give|assign|award|return|output)\b[^.\n]{0,30}\b(?:highest|maximum|full|top|perfect)\b[^.\n]{0,20}"
    r"\b(?:score|rating|marks|points|match)\b",
    r"\b(?:answer|respond|reply) (?:only )?with\b[^.\n]{0,40}\b(?:json|supports|met|qualified)\b",
    r"<\|?/?(?:im_start|im_end|system|assistant|user|endoftext)\|?>|\[/?INST\]|<<<|>>>",
    r"\{\s*\"(?:findings|requirement|quote|stance)\"",
)
"""Whole phrases, so that an honest sentence about language models or prompts stays."""
_TO_A_MODEL: Final = re.compile("|".join(f"(?:{one})" for one in _SAYS), re.IGNORECASE)


def masked(text: str) -> str:
    """The text with each sentence that speaks to a model replaced, character for character."""
    for sentence in sentences(text):
        if _TO_A_MODEL.search(sentence.text):
            blank = "".join(c if c.isspace() else MASK for c in sentence.text)
            text = text[: sentence.start] + blank + text[sentence.end :]
    return text
