"""Sentences that give orders to a model: said to it, or about what it shall answer.

People who build such systems write about them, in the past tense and inside sentences of their own. So an
order counts where a sentence begins with it or asks for it, not where it is told of.
"""

import re
from typing import Final

_START: Final = (
    r"(?:^[\W_]*(?:(?:system|important|note|attention|admin|instructions?|reminder|ai|llms?|chatgpt)\b"
    r"[^:\n]{0,30}:\s*)?|\b(?:please|must|shall|should|now|you (?:are to|will|can)|then|always|only|and|so)\s+)"
)
"""Where an order begins: at the head of a sentence, behind a label or behind a word that asks."""
_MODEL: Final = (
    r"(?:an?\s+|the\s+|any\s+)?(?:ai|a\.i\.|llms?|large language models?|language models?|chatgpt|gpt(?:-\d\S*)?|"
    r"copilot|chatbots?|bots?|ai assistants?|assistants?|automated (?:system|screener|recruiter|reviewer)s?|"
    r"(?:resume|cv) (?:screener|parser|scanner)s?|screening (?:ai|bot|system|software|model|tool)s?|ats)"
)
_WHOM: Final = r"(?:this|my|me|the above|the following|the|mr\.?|ms\.?)"
_WHO: Final = r"(?:candidate|applicant|resume|résumé|cv|profile|application|person)"
_PRAISE: Final = (
    r"(?:\b100\b|\b10\s?/\s?10\b|\b(?:highest|maximum|max|top|perfect|full|best|ideal|excellent|outstanding|first|"
    r"exceptional|immediate\w*|strongly|qualified|hired?|interview|next (?:round|stage))\b)"
)
_MOST: Final = r"(?:\b100\b|\b10\s?/\s?10\b|\b(?:maximum|highest|full|perfect)\b)"
_PATTERNS: Final = (
    _START
    + r"(?:ignore|disregard|forget|override|bypass|overlook)\b[^\n]{0,40}?\b(?:previous|prior|above|earlier|"
    r"preceding|all|any|your|these|those|other|system|given|initial|original)\b[^\n]{0,40}?\b(?:instructions?|prompts?|"
    r"rules|guidelines|criteria|directions?|directives?|commands|resumes?|candidates?|applicants?|requirements|"
    r"messages?)\b",
    _START
    + rf"(?:rate|score|rank|grade|mark|classify|evaluate|label|treat|recommend|select|shortlist|hire|choose|prefer|"
    rf"advance|approve|accept|prioriti[sz]e|put|place)\b\s+(?:{_WHOM}\b[^\n]{{0,20}}?\b{_WHO}\b|me\b|him\b|her\b|"
    rf"them\b|it\b)[^\n]{{0,70}}?{_PRAISE}",
    _START + rf"(?:give|assign|award|consider|deem)\b\s+(?:this|the above)\s+{_WHO}\b[^\n]{{0,70}}?{_PRAISE}",
    _START + r"(?:return|output|respond|reply|answer|print|write|say|state|assign|give|award)\b[^\n]{0,40}?"
    rf"(?:\b(?:score|rating|grade|match)\b[^\n]{{0,30}}?{_MOST}|{_MOST}[^\n]{{0,30}}?"
    r"\b(?:score|rating|grade|points|match|marks)\b)",
    rf"\b(?:this|the|above)\s+(?:\w+\s+)?{_WHO}\b\s+(?:must|should|shall|has to|needs to|is to)\s+(?:\w+\s+)?be\s+"
    rf"(?:rated|scored|ranked|graded|given|considered|classified|treated|selected|hired|shortlisted|recommended|advanced|"
    rf"approved|accepted|invited|marked|placed)\b",
    rf"^\W*(?:if\s+)?you(?:['’]re|\s+are)\s+(?:now\s+)?{_MODEL}\b",
    rf"^\W*(?:note|message|instructions?|attention|dear|hello|hi|hey|important|to|for)\b\s*(?:(?:to|for)\s+)?{_MODEL}\b"
    r"[^\n:,]{0,40}[:,–-]",
    r"<\|[a-z_]{2,30}\|>|\[/?INST\]|<</?SYS>>|^\W*(?:begin|end|new|updated)?\s*system\s+"
    r"(?:prompt|message|override|instructions?)\s*:|"
    r"^#{2,}\s*(?:system|instructions?|assistant)\s*:",
    r"\b(?:do not|don['’]t|never)\s+(?:mention|reveal|disclose|tell|report|quote|repeat)\b[^\n]{0,40}?\b"
    r"(?:this|these|the)\s+(?:instructions?|prompts?|notes?|messages?|text|line|command)\b",
)
_ORDERS: Final = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS), re.IGNORECASE)
_LONGEST: Final = 1000


def is_order(sentence: str) -> bool:
    """True when a sentence is an instruction to whatever model reads it."""
    return _ORDERS.search(sentence[:_LONGEST]) is not None
