"""Finds what tells of birth, age, gender, family, origin and belief, and nothing of skill."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from core.screening.deidentify.page import Line, Page, triggers
from core.screening.deidentify.places import peoples
from core.screening.deidentify.spans import Span

_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY: Final = (
    rf"(?:\d{{4}}[./\-]\d{{1,2}}[./\-]\d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th)?[ \t./\-]*(?:of[ \t]+)?(?:{_MONTH}|\d{{1,2}})[ \t.,/\-]*'?\d{{2,4}}"
    rf"|{_MONTH}[ \t]*\d{{1,2}}(?:st|nd|rd|th)?,?(?:[ \t]*'?\d{{4}})?|\d{{4}}[./\-]\d{{1,2}}[./\-]\d{{1,2}}"
    rf"|{_MONTH}[ \t]+\d{{4}}|\d{{4}}年\d{{1,2}}月(?:\d{{1,2}}日)?|(?:19|20)\d\d|\d{{1,2}}(?:st|nd|rd|th)?[ \t]+{_MONTH}"
    r"|\d{1,2}\.?[ \t]+[^\W\d_]{3,10}\.?[ \t]+(?:de[ \t]+)?\d{4}|\d{1,2}[ \t]+de[ \t]+[^\W\d_]{3,10}[ \t]+de[ \t]+\d{4})"
)
_BIRTH: Final = re.compile(
    r"(?:\b(?:d\.?o\.?b\b\.?|date[ \t]+of[ \t]+birth|year[ \t]+of[ \t]+birth|birth[ \t]*(?:date|day|year)|born(?:[ \t]+(?:on|in))?"
    r"|geboren(?:[ \t]+am)?|geb\.|geburtsdatum|né\(?e?\)?[ \t]+le|date[ \t]+de[ \t]+naissance|fecha[ \t]+de[ \t]+nacimiento|nacid[oa](?:[ \t]+el)?"
    r"|data[ \t]+urodzenia|ur\.|data[ \t]+di[ \t]+nascita|data[ \t]+de[ \t]+nascimento|geboortedatum|födelsedatum|дата[ \t]+рождения)"
    rf"|出生日期|出生年月|生年月日|(?<!\w)\*[ \t]?(?=\d))[^\w\n]{{0,4}}(?:\n[ \t]*)?{_DAY}"
    r"(?:,?[ \t]+(?:in|at|à|en|w)[ \t]+(?-i:[^\W\d_a-z])[^\W\d_]+(?:[ ,]+(?-i:[^\W\d_a-z])[^\W\d_]+)?)?"
    r"|\bborn[ \t]+(?:and[ \t]+(?:raised|bred)[ \t]+)?in[ \t]+(?-i:[A-Z])[^\W\d_]+(?:,?[ \t]+(?-i:[A-Z])[^\W\d_]+)?"
    r"|\bage[sd]?\b[ \t]*(?:[:\-–=][ \t]*)?\d{2}\b(?![ \t]*(?:\+|%|-|–|to\b|and\b|or\b))(?:[ \t]*(?:years?|yrs?)(?:[ \t]*old)?)?"
    r"|\b\d{2}[ \t\-]*(?:years?|yrs?\.?)[ \t\-]*(?:old|of[ \t]+age)\b|\b\d{2}[ \t]*y/?o\b|年龄[:：]?\s?\d{2}岁?"
    r"|\b(?:alter|edad|âge|wiek|età|idade|leeftijd)[ \t]*:[ \t]*\d{2}(?:[ \t]+[^\W\d_]+)?|\b(?:19|20)\d\d[ \t]*年生",
    re.IGNORECASE,
)
_SURE: Final = (
    r"marital[ \t]+status|civil[ \t]+status|family[ \t]+status|nationality|citizenship|religion|caste|ethnicity|place[ \t]+of[ \t]+birth"
    r"|birth[ \t]*place|blood[ \t]+(?:group|type)|(?:father|mother|husband|wife|spouse|guardian)['’]?s?[ \t]+name|passport(?:[ \t]+(?:no|number|details))?\.?"
    r"|date[ \t]+of[ \t]+birth|d\.?o\.?b\.?|sexual[ \t]+orientation|mother[ \t]+name|father[ \t]+name|country[ \t]+of[ \t]+(?:birth|origin)|gender"
    r"|(?:home|current|permanent|present|mailing|postal|residential)[ \t]+address|pronouns?|next[ \t]+of[ \t]+kin|number[ \t]+of[ \t]+children"
    r"|familienstand|staatsangehörigkeit|nationalität|geschlecht|sexe|sexo|płeć|konfession|geburtsort|état[ \t]+civil|situation[ \t]+familiale|nationalité"
    r"|estado[ \t]+civil|nacionalidad|nacionalidade|stan[ \t]+cywilny|narodowość|obywatelstwo|stato[ \t]+civile|nazionalità|cittadinanza"
    r"|burgerlijke[ \t]+staat|nationaliteit|civilstånd|гражданство|семейное[ \t]+положение|пол|性别|民族|婚姻状况|籍贯|国籍"
)
_MAYBE: Final = (
    r"sex|race|children|height|weight|address|residence|religious[ \t]+(?:views|affiliation)|photo(?:graph)?|picture|faith"
    r"|military[ \t]+(?:status|service)|political[ \t]+views|hometown|home[ \t]+town|native[ \t]+place|domicile|location|adresse|dirección|wohnort|anschrift"
    r"|city(?:[ \t]+of[ \t]+residence)?|country(?:[ \t]+of[ \t]+residence)?|family"
)
_LINE: Final = re.compile(
    rf"(?:^|(?<=[|•·;,]))[ \t>*\-–•·▪]*(?:(?:{_SURE})[ \t]*(?:[:：=|]|[ ][\-–]|\t|[ ]{{2}})|(?:{_MAYBE})[ \t]*[:：=])[^\n|•·;]*",
    re.IGNORECASE | re.MULTILINE,
)
_ALONE: Final = re.compile(
    rf"^[ \t>*\-–•·▪]*(?:{_SURE})[ \t]*:?[ \t]*\n(?![ \t]*\n)[^\n:]{{1,30}}$", re.IGNORECASE | re.MULTILINE
)
_VALUE: Final = re.compile(
    r"^[ \t>*\-–•·▪]*(?:(?:marital|civil|family)[ \t]+status|gender|sex|religion|nationality|citizenship|place[ \t]+of[ \t]+birth|blood[ \t]+group)[ \t]+"
    r"(?:(?:un)?married|single|divorced|widow(?:ed|er)?|separated|engaged|(?:fe)?male|non-binary|muslim|christian|hindu|sikh|buddhist|jewish"
    r"|(?<=nationality[ \t])\w+|(?<=citizenship[ \t])\w+|(?<=birth[ \t])\w+(?:,?[ \t]\w+)?|(?:AB|A|B|O)[ \t]?[+-])[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_PICTURE: Final = re.compile(
    r"\[?\(?\b(?:my[ \t]+)?(?:photo(?:graph)?|picture|headshot|portrait|passport photo|foto|bild|zdjęcie|lichtbild)\b[ \t]*(?:attached|enclosed|below|above|here|"
    r"[:\-–]?[ \t]*[\w\-. ]+\.(?:jpe?g|png|gif|webp|heic))\)?\]?|\b[\w\-]+\.(?:jpe?g|png|heic)\b|\[(?:photo|picture|foto|image)\]",
    re.IGNORECASE,
)
_PRONOUN: Final = re.compile(
    r"(?<![\w'’])(?:(?:s?he|they|ze|xe|ey)[ \t]?/[ \t]?(?:hers?|him|his|them|theirs?|they|zir|hir|xem|em|she|he)(?:[ \t]?/[ \t]?(?:hers|his|theirs?|they|them))*"
    r"|he|she|him|her|his|hers|himself|herself|s/he|\(s\)he)(?:/(?:him|her|his|hers))*(?:['’](?:s|d|ll)\b)?(?![\w])",
    re.IGNORECASE,
)
_TITLE: Final = re.compile(
    r"\b(?:(?:Mr|Mrs|Ms|Mx|MRS|Messrs|Herr|Frau|Mme|Mlle|Sra|Srta|Señora?|Señorita|Signora?|Monsieur|Madame|Shri|Smt|Kumari)\b\.?"
    r"(?=[ \t]+(?!Office|Excel|Word|Access|SQL|Sql|Project|Power|Outlook|Teams|D[oO][sS]|Win|Visio|Dynamics|Azure)[^\W\d_a-z])"
    r"|(?:Miss|Sir|Madam)\b\.?(?=[ \t]+[^\W\d_a-z]))"
)
_KIN: Final = r"mother|father|mum|mom|dad|parent|stay-at-home (?:mother|father|mum|mom|dad|parent)|wife|husband|daughter|son"
_GROUP: Final = re.compile(
    rf"\b(?:(?:(?:proud|single|devoted|working|loving|happy|young)[ \t]+)*(?:{_KIN})[ \t]+(?:of|to)[ \t]+(?:\w+)(?:[ \t]+(?:and[ \t]+\w+|(?:\w+[ \t]+)?(?:children|kids|boys|girls|daughters|sons)))?"
    r"|(?:my|his|her|their)[ \t]+(?:husband|wife|girlfriend|boyfriend|fianc[ée]e?)|husband|wife|single[ \t]+(?:mother|father|mum|mom|dad|parent)"
    r"|(?:maternity|paternity|parental)[ \t]+leave|sorority|fraternity|(?:happily[ \t]+)?married(?:[ \t]+with[ \t]+\w+[ \t]+(?:children|kids|child))?|divorced|widow(?:ed|er)?"
    r"|pregnan(?:t|cy)(?=[ \t]+(?:leave|break))|as[ \t]+an?[ \t]+(?:\w+[ \t]+)?(?:woman|man|female|male)|(?:housewife|househusband)"
    r"|(?:fe)?male(?=[ \t]+(?:nurse|engineer|developer|candidate|applicant|lead(?:er)?|manager|teacher|driver|doctor|founder))"
    r"|(?:wom[ae]n|girls?|ladies|men|boys)[ \t]+(?:in|who)[ \t]+(?:tech(?:nology)?|stem|engineering|code|computing|science|finance|business|leadership|data|product|ai|security|construction|aviation|medicine|law|\w+ing)\b(?:[ \t]+(?:network|society|association|group|club))?"
    r"|(?:national[ \t]+)?society[ \t]+of[ \t]+(?:women|black|hispanic|asian)[ \t]+\w+|(?:women|girls)['’]s[ \t]+(?:football|soccer|rugby|hockey|basketball|choir|network|society|club|team)"
    r"|(?:lgbtq?i?a?\+?|queer|gay|lesbian|transgender)(?:[ \t]+\w+)?)\b",
    re.IGNORECASE,
)
_NEUTRAL: Final = {
    "waitress": "waiter", "actress": "actor", "stewardess": "steward", "hostess": "host", "saleswoman": "salesman",
    "chairwoman": "chairman", "businesswoman": "businessman", "spokeswoman": "spokesman", "forewoman": "foreman",
    "policewoman": "policeman", "firewoman": "fireman", "craftswoman": "craftsman", "handywoman": "handyman",
    "seamstress": "tailor", "barmaid": "barman", "headmistress": "headmaster", "manageress": "manager",
    "alumna": "alumnus", "alumnae": "alumni", "sportswoman": "sportsman", "camerawoman": "cameraman",
    "tradeswoman": "tradesman", "councilwoman": "councilman", "congresswoman": "congressman", "landlady": "landlord",
}  # fmt: skip
_GENDERED: Final = re.compile(rf"\b(?:{'|'.join(_NEUTRAL)})(?=e?s?\b)", re.IGNORECASE)
_RELIGIONS: Final = (
    "muslim|christian|hindu|sikh|buddhist|jewish|catholic|protestant|jain|atheist|evangelical|orthodox"
)


@cache
def _origin() -> re.Pattern[str]:
    people = "|".join(sorted(map(re.escape, peoples()), key=len, reverse=True))
    group = rf"{people}|african[ -]american|afro-caribbean|hispanic|latin[oax]|asian|{_RELIGIONS}"
    return re.compile(
        rf"\b(?:of[ \t]+)?(?:(?:{group})(?:[ \t/-]+(?:and[ \t]+)?))+(?:citizen(?:ship)?|national(?:ity)?|origin|passport(?:[ \t]+holder)?|descent|heritage"
        rf"|background|parents|family|immigrants?|roots|born|students?['’]?[ \t]+(?:association|society|union|club)|women|men"
        rf"|community|church|faith)\b"
        r"|\b(?:citizen|national)[ \t]+of[ \t]+(?:the[ \t]+)?(?-i:[A-Z])\w+(?:[ \t]+(?-i:[A-Z])\w+)?|\b(?:practi[sc]ing|devout|baptised|observant)[ \t]+"
        rf"(?:{_RELIGIONS})\b|\bholder[ \t]+of[ \t]+an?[ \t]+(?:{group})[ \t]+passport\b",
        re.IGNORECASE,
    )


_BIRTHS: Final = triggers(
    "d dob date birth birthdate birthday birthyear year born geboren geb geburtsdatum né née naissance nacimiento nacido nacida"
    " urodzenia ur nascita nascimento geboortedatum födelsedatum рождения age aged ages years yrs yr y yo old alter edad âge"
    " wiek età idade leeftijd"
)
_LABELS: Final = triggers(
    "marital civil family nationality citizenship religion caste ethnicity place birthplace birth blood father mother husband"
    " wife spouse guardian passport date d dob sexual country gender home current permanent present mailing postal"
    " residential pronoun pronouns next number familienstand sexe sexo płeć staatsangehörigkeit nationalität geschlecht konfession geburtsort"
    " état situation nationalité estado nacionalidad nacionalidade stan narodowość obywatelstwo stato nazionalità"
    " cittadinanza burgerlijke nationaliteit civilstånd гражданство семейное пол 性别 民族 婚姻状况 籍贯 国籍 fathers mothers"
    " sex race children height weight address residence religious photo photograph picture faith military political hometown"
    " town native domicile location adresse dirección wohnort anschrift city"
)
_PRONOUNS: Final = triggers("he she him her his hers himself herself they ze xe ey s")
_TITLES: Final = triggers(
    "mr mrs ms mx messrs herr frau mme mlle sra srta señora señor señorita signora signor monsieur madame shri smt kumari miss"
    " sir madam"
)
_GROUPS: Final = triggers(
    _KIN.replace("|", " ").replace("-", " ").replace("(?:", " ").replace(")", " "),
    "wife husband girlfriend boyfriend fiancé fiancée single leave sorority fraternity married divorced widow widowed widower"
    " pregnant pregnancy woman man women men girls boys ladies female male housewife househusband society lgbt lgbtq lgbtqia"
    " lgbtqi queer gay lesbian transgender",
)
_PICTURES: Final = triggers(
    "photo photograph picture headshot portrait foto bild zdjęcie lichtbild jpg jpeg png heic image"
)
_ORIGINS: Final = triggers(
    "citizen citizenship national nationality origin passport descent heritage background parents family immigrant immigrants"
    " roots born student students women men community church faith practising practicing devout baptised observant"
)


def personal(page: Page) -> list[Span]:
    """Birth, age, personal lines, photos, pronouns, titles, family, belonging, and words with a gender."""
    tried = (
        (_LINE, _LABELS), (_ALONE, _LABELS), (_VALUE, _LABELS), (_PICTURE, _PICTURES), (_PRONOUN, _PRONOUNS),
        (_TITLE, _TITLES), (_GROUP, _GROUPS),
    )  # fmt: skip
    found = [Span(*match.span()) for pattern, words in tried for match in page.find_with(pattern, words)]
    found += [Span(*match.span()) for match in page.find(_BIRTH, _tells_birth)]
    if not page.words.isdisjoint(_ORIGINS):
        found += [Span(*match.span()) for match in page.find_with(_origin(), _ORIGINS)]
    return found + list(_neutral(page))


def _tells_birth(line: Line) -> bool:
    return (
        not line.words.isdisjoint(_BIRTHS)
        or "*" in line.text
        or bool(re.search(r"出生|年生|年龄|生年", line.text))
    )


def _neutral(page: Page) -> Iterator[Span]:
    """Trades keep their word, in the one form that says the trade to a scorer."""
    words = frozenset(_NEUTRAL) | {f"{word}s" for word in _NEUTRAL} | {f"{word}es" for word in _NEUTRAL}
    for match in page.find_with(_GENDERED, words):
        word = _NEUTRAL[match[0].lower()]
        if match[0][0].isupper():
            word = word.upper() if match[0].isupper() else word.capitalize()
        end = match.end() + (page.text[match.end() : match.end() + 2].lower() == "es")
        yield Span(match.start(), end, word)
