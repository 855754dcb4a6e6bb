"""Which lines of a resume tell of studies."""

import re
from typing import Final

from core.screening.deidentify.page import Page

_HEADING: Final = re.compile(
    r"^\W*(?:\d{1,2}[.)][ ]*)?(?:(education|academic|qualifications?\b(?! and experience)|studies|training and education|scholastic|schooling|university education|degrees"
    r"|ausbildung|studium|bildung|formation|études|educación|formación académica|estudios|wykształcenie|edukacja|istruzione|formazione|educação|opleiding|utbildning|образование|教育)"
    r"|(experience|employment|work|professional|career|projects?|skills|languages|certific\w+|summary|profile|about|key|core|technical|volunteer\w*|interests|hobbies|references"
    r"|publications|awards|achievements|personal|contact|additional|courses|trainings?|internships?|licen[cs]es?|relevant|other|memberships|objective|declaration"
    r"|berufserfahrung|kenntnisse|sprachen|erfahrung|expérience|compétences|langues|experiencia|idiomas|habilidades|doświadczenie|umiejętności|języki|esperienza|lingue))\b",
    re.IGNORECASE,
)


_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_SCHOOL: Final = re.compile(r"(?i)universi|college|school|institut|academy|hochschule")


def sections(page: Page) -> list[str]:
    """For each line "studies", "work" for all other sections, "" above the first heading."""
    found, section = [], ""
    for line in page.lines:
        heading = _HEADING.match(line.text) if _may_head(line.text) else None
        if heading and (heading.group(1) or not _SCHOOL.search(line.text)) and not _YEAR.search(line.text):
            section = "studies" if heading.group(1) else "work"
        found.append(section)
    return found


def _may_head(line: str) -> bool:
    return 0 < len(line) < 60 and (len(line.split()) <= 5 or line[:24].isupper())
