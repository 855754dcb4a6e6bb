"""The words by which a sentence takes back what it names: denials, plans, other people, what was long ago."""

import re
from typing import Final

NEGATION: Final = re.compile(
    r"\b(?:no|not|never|without|lack(?:s|ing)?|none|nor|neither|unfamiliar|cannot|can't|don't|doesn't|didn't|haven't"
    r"|hasn't|isn't|aren't|wasn't|weren't|won't|wouldn't|couldn't|zero|little to no|limited or no|yet to"
    r"|(?:out|outside) of the question|ruled out|rules? out|excluded|impossible|closed book|lies? outside|outside my"
    r"|unknown to me|foreign to me|new to me|gave up|given up|nothing (?:of|on|in|with|about)|hardly any"
    r"|left to others|(?:was|were|is|are) (?:always )?other people's)\b",
    re.IGNORECASE,
)
DOUBLE: Final = re.compile(
    r"\bnot only\b|\bno(?:t)? (?:problem|stranger|doubt|longer than|later than|restrictions?|gaps?|issues?)\b"
    r"|\bwithout (?:supervision|incident|errors?|a break|interruption|fail|sponsorship|restrictions?)\b"
    r"|\bno fewer\b|\bno less\b|\bnot afraid\b",
    re.IGNORECASE,
)
_YET_TO_COME: Final = r"20(?:2[7-9]|[3-9]\d)"
INTENTION: Final = re.compile(
    r"\b(?:plan(?:s|ned|ning)? (?:to|on|for)\b|want(?:s|ed|ing)? to|hope(?:s|d)? (?:to|for)|hoping (?:to|for)"
    r"|would (?:like|love|gladly|happily|apply|be (?:glad|happy|keen|willing) to (?:learn|train|take|do|start))"
    r"|will (?:gladly |soon |then )?(?:do|take|start|begin|apply|train|complete|obtain|get|learn|pick up|sit|enrol)"
    r"|intend(?:s|ed|ing)? to|intention (?:to|of)|aim(?:s|ed|ing)? (?:to|for)|wish(?:es|ing)? to|on my wish ?list"
    r"|thinking (?:of|about)|toying with|dream(?:ing|s|t)? (?:of|about)|consider(?:s|ing)|contemplating|saving for"
    r"|(?:eager|keen|willing|ready|happy|prepared|open) to (?:learn|get|gain|start|try|train|obtain|acquire|study)"
    r"|interested in (?:learning|doing|taking|getting|obtaining|studying|training)|curious about"
    r"|looking (?:forward )?to (?:learn|learning|gain|get|obtain|train|acquire|start)|aspir\w+ to"
    r"|(?:currently |now |still )?learning|beginning to learn|started learning|familiari[sz]ing myself"
    r"|next (?:year|step|spring|summer|autumn|winter)|goal is|on my (?:list|to-do list|agenda)"
    r"|one day\b(?! (?:a|per|each))"
    r"|nothing (?:is )?(?:started|booked|begun) (?:yet|so far)|"
    rf"(?:from|in|for|by|during) (?:\w+ )?{_YET_TO_COME})\b",
    re.IGNORECASE,
)
PAST: Final = (
    r"(?:led|built|wrote|ran|made|kept|taught|held|won|cut|grew|drove|met|sold|set|took|gave|"
    r"brought|oversaw|began|chose|drew"
    r"|sent|dealt|bought|found|spoke|read|put|spent|understood|rebuilt|undertook|flew|fed|rode|"
    r"saw|spoken|written|did|done"
    r"|[a-z]{2,}ed)"
)
_COLLEAGUES: Final = (
    r"(?:my (?:colleagues?|manager|boss|wife|husband|brother|sister|father|mother|partner|supervisor|predecessor)\b"
    r"|my ▪|(?:a|another|one) (?:colleague|coworker|co-worker|friend)\b"
    r"|(?:our|the) (?:colleagues|others)\b|others\b|other people\b|somebody else\b|someone else\b)"
)
"""The mark stands where a husband or wife was taken out."""
_SUPPLIERS: Final = (
    r"(?:vendors?|suppliers?|agenc(?:y|ies)|(?:sub)?contractors?|consultan(?:ts?|cy)|partners?|providers?|bureau"
    r"|other team|crew|specialists?|advis[eo]rs?|bookkeepers?|accountants?|solicitors?|freelancers?|head office"
    r"|headquarters|IT department|outside firm|external firm|platform team|data team|another team|other department)"
)
_FIRMS: Final = (
    rf"(?:my team|(?:our|an?|the|another|one|two|some) (?:[\w-]+ ){{0,2}}?{_SUPPLIERS}|"
    rf"(?:external|outside|outsourced) (?:[\w-]+ )?(?:{_SUPPLIERS}|team|firm|people|office)"
    r"|another (?:team|department))\b"
)
_THEIRS: Final = rf"(?:{_COLLEAGUES}|{_FIRMS})"
_SUBJECT: Final = r"(?:^\W*|[,:–—-]\s+|\b(?:and|but|though|while|because|since|where|as|that|which)\s+)"
OTHERS: Final = re.compile(
    rf"{_SUBJECT}{_THEIRS}(?!,? (?:and I\b|I\b|who reported))[^.;]{{0,40}}?\b(?:{PAST}"
    r"|does|runs|uses|handles|holds|was responsible|were responsible|is responsible|takes? care)\b"
    rf"|{_SUBJECT}{_COLLEAGUES}[^.;,]{{0,25}}?\b(?:speaks|knows|works|has (?!\w+ed\b)"
    r"|(?:is|are) (?:an? |the |now |fully )?(?:certified|fluent|native|licen[cs]ed|registered|qualified|trained"
    r"|experienced|responsible|in charge|expert|holder))"
    rf"|\b(?:{PAST}|drawn|run|built|made|cared for|carried out|set up|taken care of|looked after|outsourced)"
    rf"(?: out| up)? (?:for us )?(?:by|to) {_THEIRS}"
    rf"|\b(?:belong(?:s|ed)? to|(?:was|were|is|are|lay|lies) (?:with|down to|up to|left to|the (?:job|task|work) of"
    rf"|in the hands of)) {_THEIRS}",
    re.IGNORECASE,
)
