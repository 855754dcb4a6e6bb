"""Fields of study: which one a text names, and which count as the same or as near to each other."""

import re
from typing import Final

_FAMILIES: Final[dict[str, dict[str, str]]] = {
    "computing": {
        "computing": r"comput(?:er|ing)|informati(?:cs|on (?:technology|systems|science))|software|\bIT\b|\bCS\b"
        r"|cyber|programming|data engineering",
        "data science": r"data science|machine learning|artificial intelligence|data analytics",
    },
    "engineering": {
        "mechanical engineering": r"mechanical|mechatronic|machine (?:building|design)|automotive|aerospace"
        r"|aeronautic",
        "electrical engineering": r"electric|electronic|power engineering|automation",
        "civil engineering": r"civil eng|structural eng|construction (?:engineering|management)"
        r"|building (?:engineering|surveying|construction)",
        "chemical engineering": r"chemical eng|process eng",
        "industrial engineering": r"industrial eng|production eng|manufacturing",
        "engineering": r"engineer",
    },
    "mathematics": {
        "mathematics": r"mathemat|\bmaths?\b|actuar",
        "statistics": r"statist|quantitative",
        "physics": r"physics",
    },
    "business": {
        "accounting": r"account|financ|controlling|audit|taxation|banking",
        "business": r"\bMBA\b|\bB\.?Com\b|\bBBA\b|business|commerce|administration|management(?! of)",
        "economics": r"econom(?:ic|y)",
        "marketing": r"marketing|advertis",
        "human resources": r"human resource|\bHR\b|personnel",
        "logistics": r"logistic|supply chain|warehous|transport",
        "hospitality": r"hospitality|hotel|tourism|culinary|catering",
    },
    "health": {
        "nursing": r"nurs|\bBSN\b|\bADN\b",
        "midwifery": r"midwif",
        "medicine": r"(?<!veterinary )(?<!vet )medic(?:ine|al)|\bMBBS\b|\bMBChB\b",
        "pharmacy": r"pharmac(?:y|ist|eut)|\b[MB]Pharm\b",
        "therapy": r"physiotherap|occupational therap|speech|radiograph|paramedic",
        "nutrition": r"nutrition|diet",
        "public health": r"public health|health (?:science|care|studies)|healthcare|biomedical",
        "veterinary": r"veterinar|\bDVM\b|\bBVSc\b",
        "dentistry": r"dent(?:al|ist)|\bBDS\b",
    },
    "people": {
        "psychology": r"psycholog",
        "social work": r"\bMSW\b|social (?:work|care|pedagog|studies)|sociolog|youth work",
        "early education": r"early (?:childhood|years)|kindergarten|nursery education|childcare",
        "education": r"education|teach|pedagog|\bPGCE\b|\bB\.?Ed\b|primary",
        "sport": r"sports?\b|physical education|exercise",
        "theology": r"theolog|divinity",
    },
    "law": {"law": r"\blaws?\b|\bLLB\b|\bLLM\b|legal|\bGDL\b|jurisprud"},
    "design": {
        "graphic design": r"graphic|visual commun|illustration|communication design",
        "interaction design": r"interaction|\bUX\b|human[- ]computer|product design|industrial design",
        "fine art": r"fine arts?|(?<!history of )(?<!bachelor of )(?<!master of )\barts?\b(?! (?:degree|in"
        r"|history))|painting|sculpture",
        "media": r"media|film|journalis|communications?\b|photograph",
        "architecture": r"architect|\b[BM]\.?Arch\b|interior|urban planning",
        "design": r"design",
        "fashion": r"fashion|textile",
    },
    "science": {
        "biology": r"biolog|life science|biotech|biochem|genetic|zoolog|ecolog",
        "chemistry": r"(?<!bio)chemis",
        "pharmacology": r"pharmacolog|toxicolog",
        "agriculture": r"\bBAgr\w*|agricultur|agronom|horticultur|forest|landscap",
        "laboratory": r"laborator",
    },
    "earth": {"environment": r"environment|geograph", "geology": r"geolog|earth science|geophys"},
    "humanities": {
        "linguistics": r"linguist|philolog|translat|interpreting|languages?\b|english studies|german studies",
        "literature": r"literature|english lit",
        "history": r"histor(?:y|ical)(?! of art)|archaeolog",
        "history of art": r"history of art|art history",
        "philosophy": r"philosoph|classics",
        "politics": r"politic|international relations|public administration",
        "music": r"\bmusic|theatre|drama|dance|performing",
    },
}
_FIELDS: Final = tuple(
    (family, field, re.compile(pattern, re.IGNORECASE))
    for family, fields in _FAMILIES.items()
    for field, pattern in fields.items()
)
_GENERIC: Final = frozenset({"engineering", "business", "design", "education"})
"""Fields that are also the family name of others: beside a closer one they add nothing."""
_END: Final = re.compile(
    r"[;|\n]|\.\s|\s[–—-]\s|,?\s+\b(?:with|covered|covering|including|included|followed|plus|then|next to"
    r"|beside|besides|but|while|after|before"
    r"|where|who|"
    r"and (?:an?|one|some|two|three|i|also|then)|no|not|never|without|at|from)\b"
    r"|,\s+(?:[a-z]+ing|shared|one|an?|some)\b",
    re.IGNORECASE,
)


def fields_of(text: str) -> frozenset[str]:
    """The fields of study a text names."""
    found = {field for _, field, pattern in _FIELDS if pattern.search(text)}
    return frozenset(found - _GENERIC) or frozenset(found)


def families_of(fields: frozenset[str]) -> frozenset[str]:
    """The families the fields belong to."""
    return frozenset(family for family, field, _ in _FIELDS if field in fields)


def same_field(asked: frozenset[str], had: frozenset[str]) -> bool:
    """Whether a degree is in a field asked for; "engineering" asks for any of its family."""
    if asked & had:
        return True
    return any(field in _GENERIC and families_of(frozenset({field})) & families_of(had) for field in asked)


def own_field(text: str, end: int) -> str:
    """What stands right after a degree's name and says in what it is: "in fine art" of a longer sentence."""
    stop = _END.search(text, end)
    after = text[end : stop.start() if stop else len(text)]
    pieces = after.split(",")
    named = next((number for number, piece in enumerate(pieces) if fields_of(piece)), None)
    if named is None or _ASIDE.search(pieces[named]):
        return pieces[0]
    return ",".join(pieces[: named + 1])


_ASIDE: Final = re.compile(
    r"\b(?:thesis|minor|module|internship|rotation|placement|dissertation|studio|project|university|college|school"
    r"|institute|course|courses)\b",
    re.IGNORECASE,
)
