"""Tells words about work from names of people and places: trades, degrees, headings, skills."""

import re
from functools import lru_cache
from typing import Final

from core.screening.deidentify.folding import fold
from core.sdk.text import default_lexicon

_WORK: Final = frozenset(
    "engineer developer manager analyst consultant architect scientist designer administrator officer executive assistant"
    " specialist technician tester teacher nurse doctor accountant associate intern internship director coordinator operator"
    " representative supervisor lead leader head chief president vice founder owner partner principal staff senior junior sr jr"
    " graduate trainee apprentice student professional freelance freelancer contractor clerk cashier driver cook chef waiter"
    " waitress host barista bartender receptionist secretary librarian lecturer professor researcher tutor trainer coach"
    " counsellor counselor therapist physiotherapist pharmacist dentist surgeon physician midwife carer caregiver paramedic"
    " electrician plumber carpenter welder mechanic machinist fitter foreman builder painter mason joiner bricklayer roofer"
    " gardener farmer picker packer warehouse forklift courier porter cleaner janitor housekeeper guard soldier sailor pilot"
    " steward buyer planner estimator surveyor auditor controller bookkeeper treasurer underwriter broker trader banker teller"
    " advisor adviser lawyer attorney solicitor paralegal barrister notary judge journalist editor writer author copywriter"
    " translator interpreter photographer videographer illustrator animator artist musician actor dancer producer stylist"
    " hairdresser beautician baker butcher tailor seamstress florist jeweller optician chemist biologist physicist economist"
    " statistician mathematician geologist ecologist psychologist sociologist programmer devops sysadmin dba qa sdet scrum"
    " master product owner marketer salesman salesperson merchandiser recruiter hr generalist strategist evangelist inspector"
    " dispatcher installer assembler technologist radiographer sonographer phlebotomist dietitian nutritionist veterinarian"
    " software hardware data project business web mobile cloud network systems system security information technology it"
    " mechanical electrical civil chemical industrial biomedical aerospace automotive clinical medical nursing healthcare"
    " marketing sales finance financial accounting human resources operations logistics supply chain procurement quality"
    " customer service support care administrative legal research development production manufacturing maintenance"
    " construction hospitality retail education educational training teaching communications media public relations"
    " full stack fullstack frontend backend front end back machine learning deep artificial intelligence science registered"
    " licensed certified chartered qualified experienced skilled"
    " resume résumé curriculum vitae cv lebenslauf profile summary objective experience skills projects contact personal"
    " details work employment history technical languages certifications certificates references about me career education"
    " qualifications achievements awards publications interests hobbies volunteering activities courses competencies"
    " expertise strengths information overview statement cover letter application motivation page confidential portfolio"
    " bachelor master diploma degree university college school institute academy phd mba bsc msc ba ma beng meng btech mtech"
    " dear sincerely regards faithfully yours truly best kind hiring team recruitment sir madam whom concern"
    " ltd inc llc gmbh plc corp corporation company limited group holdings bank hospital clinic hotel restaurant council"
    " department ministry agency trust foundation centre center services solutions technologies systems industries"
    " the and for with from who are was were have has this that our your my their of to in as at by on is a an"
    " january february march april may june july august september october november december present current available"
    " german english french spanish polish italian portuguese russian hindi arabic mandarin dutch native fluent".split()
)
_TRADE: Final = re.compile(
    r"(?:ologist|grapher|keeper|smith|wright|monger|maker|worker|therapist|iatrist|ician|mancer)s?$"
)
POST_NOMINAL: Final = re.compile(
    r"(?:RN|BSN|MSN|LPN|CNA|NP|APRN|DNP|MD|DO|DDS|DVM|PhD|Ph\.?D\.?|EdD|JD|LLB|LLM|MBA|MA|MSc|MS|BSc|BA|BS|BEng|MEng|BTech|MTech"
    r"|PMP|CPA|CFA|ACCA|FCCA|CIMA|CISSP|CISA|PE|EIT|SPHR|PHR|SHRM|CSM|PSM|CIPD|MCIPD|FCIPD|Esq|II|III|IV|FRCS|MRCP|CEng|RGN|QTS|ITIL)\.?"
)


def tells_of_work(words: str) -> bool:
    """True when one of the words is a trade, a degree, a heading or a skill."""
    found = re.findall(r"\b[^\W\d_]{2,}\b", words)
    return any(is_work(word) or _TRADE.search(fold(word)) for word in found) or bool(
        default_lexicon().find(words)
    )


@lru_cache(maxsize=8192)
def is_work(word: str) -> bool:
    """True for a single word that is a trade, a degree or a heading."""
    key = fold(word)
    return key in _WORK or (key.endswith("s") and key[:-1] in _WORK)


@lru_cache(maxsize=8192)
def is_skill(word: str) -> bool:
    """True for a single word that is the name of a skill when written with a capital."""
    return bool(default_lexicon().find(word[:1].upper() + word[1:]))
