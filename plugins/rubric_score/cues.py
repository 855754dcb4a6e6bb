"""The words by which a sentence takes back what it names: denials, plans, other people, what was long ago."""

import re
from typing import Final

NEGATION: Final = re.compile(
    r"\b(?:no|not|never|without|except|lack(?:s|ing)?|none|nor|neither|unfamiliar|cannot|can't|don't|doesn't"
    r"|didn't|haven't"
    r"|hasn't|isn't|aren't|wasn't|weren't|won't|wouldn't|couldn't|zero|little to no|limited or no|yet to|nobody"
    r"|none of|excused from|exempt from|just as little|stayed away from|keep out of|kept out of|have to admit"
    r"|(?:out|outside) of the question|ruled out|rules? out|excluded|impossible|closed book|lies? outside|outside my"
    r"|unknown to me|foreign to me|new to me|gave up|given up|nothing (?:of|on|in|with|about)|hardly any"
    r"|left to others|(?:was|were|is|are) (?:always )?other people's)\b",
    re.IGNORECASE,
)
DOUBLE: Final = re.compile(
    r"\b(?:no|zero|without) (?:penalty )?points\b|\bnot only\b|\bnot a \w+ (?:went by|passed|goes by"
    r"|passes) without\b|\bno(?:t)? (?:problem|stranger|doubt"
    r"|longer than|later than|restrictions?|gaps?|issues?)\b"
    r"|\bwithout (?:supervision|incident|errors?|a break|interruption|fail|sponsorship|restrictions?)\b"
    r"|\bno fewer\b|\bno less\b|\bnot afraid\b",
    re.IGNORECASE,
)
_YET_TO_COME: Final = r"20(?:2[7-9]|[3-9]\d)"
INTENTION: Final = re.compile(
    r"\b(?:plan(?:s|ned|ning)? (?:to|on|for)\b|want(?:s|ed|ing)? to|hope(?:s|d)? (?:to|for)|hoping (?:to|for)"
    r"|would (?:like|love|gladly|happily|be up for|welcome|enjoy|apply|be (?:glad|happy|keen"
    r"|willing) to (?:learn|train|take|do|start))"
    r"|will (?:gladly |soon |then )?(?:do|take|start|begin|apply|train|complete|obtain|get|learn|pick up|sit|enrol)"
    r"|intend(?:s|ed|ing)? to|intention (?:to|of)|aim(?:s|ed|ing)? (?:to|for)|wish(?:es|ing)? to|on my wish ?list"
    r"|thinking (?:of|about)|toying with|dream(?:ing|s|t)? (?:of|about)|consider(?:s|ing)|contemplating|saving for"
    r"|(?:eager|keen|willing|ready|happy|prepared|open) to (?:learn|get|gain|start|try|train|obtain|acquire|study)"
    r"|interested in (?:learning|doing|taking|getting|obtaining|studying|training)|curious about"
    r"|looking (?:forward )?to (?:learn|learning|gain|get|obtain|train|acquire|start)|aspir\w+ to"
    r"|(?:currently|now|still|busy|am|just) learning|^\W*learning|beginning to learn|started learning"
    r"|familiari[sz]ing myself"
    r"|next (?:year|step|spring|summer|autumn|winter)|goal is|on my (?:list|to-do list|agenda)"
    r"|one day\b(?! (?:a|per|each))"
    r"|nothing (?:is )?(?:started|booked|begun) (?:yet|so far)|"
    r"resolved to|(?:my|the) ambition|(?:is|are) planned|will be \w+ing|as soon as I|once I (?:have|am|can)"
    r"|want to head"
    r"|['’]d (?:love|like|gladly|happily|be (?:glad|happy|keen|up for))|in my new (?:post|job|role)|first lesson in"
    r"|(?:starts?|begins?) (?:in|on|next) (?:\w+ )?(?:january|february|march|april|may|june|july|august"
    r"|september|october"
    r"|november|december|week|month|year|spring|summer|autumn|winter)|look(?:ing)? forward|would interest"
    r"|is what I hope|"
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
_KIN: Final = (
    r"husband|wife|brother|sister|father|mother|son|daughter|cousin|uncle|aunt|parents?|friend|mate"
    r"|neighbou?r"
)
_PEOPLE: Final = (
    rf"colleagues?|co-?workers?|manager|managers|boss|supervisors?|predecessor|successor|director|owner|{_KIN}|others"
    r"|foreman|foremen|chef|cook|cooks|head chef|nurses?|doctors?|physicians?|consultants?|surgeons?|midwi(?:fe|ves)"
    r"|carers?|porters?|teachers?|coach(?:es)?|trainers?|tutors?|lecturers?|instructors?|engineers?|developers?"
    r"|programmers?|designers?|architects?|analysts?|scientists?|technicians?|mechanics?|electricians?|plumbers?"
    r"|welders?|fitters?|drivers?|pickers?|clerks?|bookkeepers?|accountants?|auditors?|controllers?|cashiers?|buyers?"
    r"|advis[eo]rs?|solicitors?|lawyers?|notar(?:y|ies)|freelancers?|seniors?|specialists?|experts?|operators?"
    r"|assistants?|secretar(?:y|ies)|interpreters?|translators?|photographers?|volunteers?|caretakers?|therapists?"
    r"|chemists?|biologists?|pharmacists?|veterinarians?|vets?|dentists?|researchers?|professors?|postdocs?"
    r"|sales ?(?:men|man"
    r"|people|reps?)|reps?|administrators?|admins?|planners?|schedulers?|dispatchers?|organists?|guides?|stewards?"
    r"|team ?mates?|team ?leads?|leads?|heads? of \w+|partner|partners|landlord|gardeners?|bricklayers?"
    r"|joiners?|carpenters?"
    r"|roofers?|painters?|tilers?|machinists?|butchers?|bakers?|florists?|bartenders?|receptionists?|clients?|staff"
)
_BODIES: Final = (
    r"vendors?|suppliers?|agenc(?:y|ies)|(?:sub)?contractors?|consultanc(?:y|ies)|providers?|bureaus?|crews?|firms?"
    r"|compan(?:y|ies)|teams?|departments?|head office|headquarters|HQ|wards?|garages?|workshops?|laborator(?:y"
    r"|ies)|labs?"
    r"|centres?|centers?|studios?|office|desks?|unit|units|branch|service partners?|tax office|call cent(?:re"
    r"|er)|union"
    r"|integrators?|law firm|payroll bureau|shop|works council"
)
DOER: Final = (
    r"(?:(?:(?:my|our|the|an?|another|one|some|two|three|external|outside|outsourced|other|various|her|his|their|its"
    r"|most|all|sister|senior|specialist)\s+(?:[\w'’-]+\s+){0,3}?"
    rf"(?:{_PEOPLE}|{_BODIES})|(?:{_KIN})|others|other \w+|somebody else|someone else|somebody|someone"
    rf"|everybody else|he|she|they"
    r"|colleagues|nurses|doctors|agencies|contractors|subcontractors|consultants|suppliers|freelancers|specialists"
    r"|electricians|plumbers|engineers|developers|head office|headquarters|external \w+|outside \w+)\b|(?:my|our) ▪"
    r"|(?<!^)▪|▪(?! (?:is an?|was an?|has|brings|offers)\b))"
)
"""Somebody who is not the writer.

The mark stands where a name or a husband or wife was taken out; a sentence that begins "▪ is a nurse with eight years"
introduces the writer.
"""
_ACTS: Final = (
    rf"(?:{PAST}|(?:was|were|is|are|had been|has been) (?:\w+ly )?(?:\w+ing|responsible|in charge|the one)\b"
    r"|(?:does|do|runs?|uses?|handles?|holds?|speaks?|knows?|has|have|had|takes?|writes?|builds?|makes?|gives?|keeps?"
    r"|operates?|drives?|cooks?|teach(?:es)?|sells?|leads?|manages?|prepares?|plans?|draws?|works?|looks? after"
    r"|is|are|was|were)\b)"
)
_BEGINS: Final = (
    r"(?:^\W*|[,:;(–—-]\s*|\b(?:and|but|though|while|because|since|where|as|whereas|so|of|for|from"
    r"|to|with|that|which|who|by|whom)\s+)"
)
_MADE: Final = (
    r"(?:made|built|developed|wrote|written|created|designed|set up|ran|run|coded|drew|drawn|produced"
    r"|maintained|prepared"
    r"|owned|did|done|led|handled|carried out|managed|planned|organi[sz]ed|installed|implemented|delivered|taught)"
)
_GIVEN: Final = (
    r"(?:went|goes|go|gone|sat|sits|lay|lies|rested|rests|stayed|stays|was|were|is|are|remained|handed"
    r"|handed over|passed"
    r"|left|outsourced|given|sent|assigned|delegated|subcontracted|belong(?:s|ed)?|fell|falls|came|comes)"
)
_CROWDS: Final = (
    r"(?!(?:servers|containers|orders|papers|numbers|parameters|computers|routers|customers|letters|users"
    r"|manuals|materials"
    r"|documents|components|payments|clients|patients|students|residents|events|investments|shipments"
    r"|assessments|agents)\b)"
    r"[a-z]{3,}(?:ers|ors|ists|ants|ents|ians|egals|men|women|ives|nurses|staff|RNs?)"
)
_SIMPLE: Final = (
    r"(?!(?:of|in|at|for|with|and|or|on|from|to|by|who|which|that|as|under|reporting|over|per"
    r"|across|including|between)\b)[a-z]{3,}"
)
_SOME: Final = "(?<!^)" + "".join(rf"(?<!{said} )" for said in ("am", "['’]m", "is", "was", "been", "as"))
"""Before "a": not where it says what the writer is, "I am a nurse with ten years ..."."""
AGENTS: Final = {
    "others": re.compile(
        rf"^\W*(?:The|Our|These|Those|All|Other|Most) (?:[\w'’-]+ ){{0,3}}?(?:{_CROWDS}|RNs?|SENCO) {_SIMPLE}\b"
        rf"|^\W*[A-Z][a-z]+ (?:colleagues|people|staff|nurses|technicians|engineers) {_SIMPLE}\b"
        rf"|^\W*(?:The|Our|My|An?) (?:[\w'’-]+ ){{0,3}}?(?:{_PEOPLE}|{_BODIES})(?: in house| on site| there"
        rf"| of ours)? [a-z]{{3,}}s\b"
        r"|^\W*(?:They|He|She|Their|One of them)\b",
    ),
    "front": re.compile(
        rf"{_BEGINS}{DOER}(?!,? (?:and I\b|I\b|who reported|and myself))(?:,)?(?:\s+(?:who|which|that))?"
        rf"(?:\s+(?:\w+ly|always|then|also|only|just|usually|had|has|have|would|could|did|does|do|still))*\s+{_ACTS}"
        rf"|\b(?:someone|somebody|people|those|others|(?:my|our|the|{_SOME}an?) (?:\w+ )?(?:{_PEOPLE})) (?:with|holding"
        r"|who (?:has|have|had|holds?|held))\b|\b(?:beside|alongside|next to|among|surrounded by|watched|watching)\b",
        re.IGNORECASE,
    ),
    "behind": re.compile(
        rf"\b(?:by|from) (?:{DOER}|(?:the|an?|our|my|another|external|outside) (?:[\w-]+ )?(?:{_PEOPLE}"
        rf"|{_BODIES})\b)"
        rf"|\b{_GIVEN}(?: \w+)? (?:to|with|by|for|down to|up to|left to|in the hands of|on the desk of"
        rf"|the (?:job|task|work"
        rf"|duty|business) of|a matter for|over to) {DOER}"
        r"|\bhad (?:its|their) own (?:crews?|teams?|staff|people)\b|\bnot my (?:job|task|field|business)\b"
        r"|\b(?:is|are|was|were) (?:all )?(?:her|his|their|hers|theirs|the (?:business|job|task|work|subject"
        r"|domain) of|on the \w+ floor)\b"
        r"|\b(?:is|are|was|were) (?:my|our) \w+['’]s\b"
        rf"|\b(?:other people's|somebody else's|someone else's|another (?:team|department|person)'s)"
        rf"|\b(?:was|were|is|are|being) (?:outsourced|bought in|subcontracted|external)\b"
        rf"|\b(?:which|that) {DOER}(?: had| has| have)? {_MADE}\b",
        re.IGNORECASE,
    ),
}
"""A doer before what is done ("the agency which set up ..."), and one behind it ("... by the wards")."""
TRUSTED: Final = re.compile(
    r"\b(?:asked|let|trusted|entrusted|promoted|assigned|chose|named|appointed|praised|tasked|put) me\b",
    re.IGNORECASE,
)
SEEKING: Final = re.compile(
    r"(?:^\W*(?:I(?:['’]?m| am)\s+)?|[,–—-]\s*|\b(?:I['’]?m|am|and|currently|now|actively|graduate|student|nurse)\s+"
    r"|(?:er|or|ist)\s+)"
    r"(?:currently |now |actively )*(?:looking (?:for|to)|searching for|seeking|in search of|applying for"
    r"|interested in|objective:?)\b[^.;,]{0,60}?\b(?:jobs?|positions?|roles?|posts?|opportunit\w+|employment"
    r"|internship|work|career|challenges?|compan\w+|team)\b[^.;,]*",
    re.IGNORECASE,
)
"""What somebody wants to be hired for: an objective, however many skills it names."""
UNDER_WAY: Final = re.compile(
    r"\b(?:in progress|ongoing|currently (?:studying|pursuing|enrolled|completing)|pursuing|"
    r"expected|candidate for|student"
    r"|exam (?:is )?(?:booked|scheduled)|sitting (?:the|my)|application (?:sent|submitted)|"
    r"awaiting (?:results|registration)"
    r"|part[- ]qualified|to be completed|anticipated)\b",
    re.IGNORECASE,
)
_FEW: Final = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})"
_STEPS: Final = (
    r"(?:units?|parts?|modules?|papers?|exams?|levels?|courses?|terms?|semesters?|years?|subjects?|stages?|blocks?"
    r"|weeks?|evenings?|weekends?)"
)
PARTWAY: Final = re.compile(
    rf"\b{_FEW} of (?:the |its )?{_FEW} (?:\w+ )?{_STEPS}\b"
    rf"|\b(?:first|second|third|fourth|fifth|sixth|seventh) of (?:the )?{_FEW} (?:\w+ )?{_STEPS}\b"
    rf"|\b{_STEPS} {_FEW} (?:to {_FEW} )?(?:of|out of) {_FEW}\b"
    r"|\b(?:last|final) (?:semester|term|year|exams?|paper|module) (?:running|now|in|on|left|to go|registered|booked)\b"
    r"|\b(?:theory|written)(?: part| paper| test| exam)? (?:done|passed|behind me)\b"
    r"|\bcourse (?:is )?(?:booked|paid)\b|\bbooked and paid\b"
    r"|\bwill be (?:recommended|awarded|issued|conferred|sworn in)\b|\bpractical (?:test|exam|days?) (?:on|in|fixed)\b",
    re.IGNORECASE,
)
"""A course or paper of which a part is done: "five of six semesters", "theory passed"."""
