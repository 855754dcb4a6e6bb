"""Wordings that ask for who somebody is, or for what stands in for it, with why and what to say instead.

Each pattern needs its context: "young team" is said of colleagues, "young children" of the work. `unless` is
looked for in the same sentence, `unless_anywhere` in the whole text.
"""

from typing import Final, Literal

import msgspec

Trait = Literal[
    "age", "gender", "nationality", "religion", "disability", "family", "photo", "school", "address", "gaps"
]


class WordRule(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of wording: patterns are regular expressions that ignore case."""

    trait: Trait
    pattern: str
    why: str
    suggestion: str
    unless: str = ""
    unless_anywhere: str = ""


_PERSON: Final = (
    r"(?:candidates?|applicants?|persons?|people|individuals?|employees?|colleagues?|staff|workers?)"
)
_HELPED: Final = r"\b(?:mentor|coach|train|teach|support|serve|advis|recruit|supervis|hir|onboard|help|work(?:ing)? with|(?:products?|programs?|programmes?|services?|courses?|accounts?) for)"
_LANGUAGE: Final = (
    r"(?:English|German|French|Spanish|Italian|Dutch|Portuguese|Polish|Turkish|Arabic|Russian|Chinese|Mandarin|"
    r"Japanese|Korean|Hindi|Swedish|Danish|Norwegian|Finnish|Czech|Greek)"
)
_NATION: Final = (
    r"(?:U\.?S\.?A?|American|British|UK|EU|European|German|French|Irish|Canadian|Australian|Dutch|Spanish|Italian|"
    r"Polish|Indian|Swiss|Austrian)"
)
_FAITH: Final = (
    r"(?:Christian|Catholic|Protestant|Evangelical|Muslim|Islamic|Jewish|Hindu|Buddhist|Sikh|Mormon|atheist)"
)
_YEARS: Final = r"\d{1,2}\s*(?:\+\s*)?years?['’]?"
_DRIVING: Final = (
    r"\b(?:driv(?:e|es|ing|er|ers)\b(?!['’]?s?\s*licen[cs]e|\s+licen[cs]e)|deliver(?:y|ies)?\s+(?:rounds?|routes?|vans?|"
    r"drivers?|goods|parcels|orders)|deliver(?:y|ies)\b|vehicles?|vans?|trucks?|lorr(?:y|ies)|HGV|CDL|tramping|forklift|"
    r"couriers?|company car|pool car|fleet|ambulance|travel\w*|on the road|mobile (?:engineer|technician|role)|"
    r"home visits?|site visits?|call[- ]?outs?|field (?:sales|service|engineer|work)|between (?:sites|clinics|schools|"
    r"offices|branches)|(?:visit|visiting) (?:\w+ )?(?:customers?|clients?|patients?|sites?|farms?|schools?|homes?))"
)
_TOP: Final = (
    r"(?:top(?:[- ](?:tier|ranked|notch|\d+))?|elite|prestigious|tier[- ](?:1|one)|first[- ]tier|leading|renowned|"
    r"reputable|well[- ]known|good|target|red[- ]?brick)"
)
_SCHOOL: Final = r"(?:universit(?:y|ies)|(?:business |law |engineering )?schools?|colleges?|institutions?)"
_CV: Final = r"(?:CV|C\.V\.|r[ée]sum[ée]|employment(?: history)?|career|work history|curriculum vitae)"

_AGE: Final = "It can keep older or younger people from applying; age is no measure of ability."
_GENDER: Final = "It names or pictures one sex, and keeps others from applying."
_NATIONAL: Final = "Where somebody was born or what passport they hold is not the skill that is needed."
_RELIGION: Final = "Religion may be asked for only where it is a genuine part of the duties."
_BODY: Final = "It shuts out people with disabilities, also from work they can do."
_FAMILY: Final = "Family life has nothing to do with the work, and asking for it falls mostly on women."
_LOOKS: Final = "A picture shows age, sex, skin and religion before a word was read."
_RANK: Final = "The name of a school stands in for family and money; it says little about the skill."
_PLACE: Final = "Where somebody lives stands in for origin and income; some laws forbid to use it."
_GAP: Final = "Breaks come from children, care, illness or service, and fall unevenly on protected groups."

RULES: Final[tuple[WordRule, ...]] = (
    # age
    WordRule(
        trait="age",
        pattern=r"\byoung(?:er)?(?:\s*(?:,|and|&)?\s*(?:dynamic|energetic|fresh|motivated|ambitious|creative|hungry|enthusiastic|"
        r"international|growing|agile)\b)*\s+(?:teams?|talents?|minds?|graduates?|candidates?|applicants?|employees?|"
        r"colleagues?|staff|wom[ae]n|m[ae]n)\b|\byoung(?:\s*(?:,|and|&)\s*|\s+)(?:dynamic|energetic|ambitious|hungry|fresh|"
        r"motivated)\b|\byoung at heart\b|\byouthful\b|\bYou(?:['’]re| are) young\b",
        why=_AGE,
        suggestion="Say what the team is like without its age: “a friendly, fast-moving team”.",
    ),
    WordRule(
        trait="age",
        pattern=r"\byoung professionals?\b|\b(?:recent|fresh|new)\s+(?:college |university )?grad(?:uate)?s?\b",
        why=_AGE,
        suggestion="Name the level instead: “entry level”, or “no experience needed”.",
        unless=_HELPED,
    ),
    WordRule(
        trait="age",
        pattern=r"\bdigital natives?\b",
        why=_AGE,
        suggestion="Name the tools: “at ease with Slack, Figma and spreadsheets”.",
    ),
    WordRule(
        trait="age",
        pattern=rf"\b(?:no more than|not more than|a maximum of|maximum(?: of)?|max\.?|at most|up to|less than|fewer than|under)"
        rf"\s+{_YEARS}\s+(?:of\s+)?(?:\w+\s+){{0,3}}experience\b",
        why="A ceiling on experience is a ceiling on age.",
        suggestion="Ask for the least that is needed, and describe the level of the work.",
    ),
    WordRule(
        trait="age",
        pattern=r"\b(?:maximum|max\.?|upper) age\b|\bage limit\b|\b(?:not older than|no older than|below the age of|under)\s+\d{2}\s+years"
        r"(?: of age| old)\b|\b(?:aged?|between)\s+\d{2}\s*(?:-|–|to|and)\s*\d{2}\s*(?:years(?: old| of age)?)\b|"
        r"\baged\s+\d{2}\s*(?:-|–|to)\s*\d{2}\b|\bunder (?:the age of )?(?:2[5-9]|[3-6]\d) years\b|\bborn (?:after|before|since) "
        r"(?:19|20)\d\d\b|\bgraduat(?:ed|ing|ion)\s+(?:after|since|no earlier than|not before|in or after)\s+(?:19|20)\d\d\b",
        why=_AGE,
        suggestion="Leave it out. Where the law sets a lowest age, name only that.",
        unless=r"\b(?:pupils?|children|students? aged|customers?|patients?|participants?|teach)\b",
    ),
    WordRule(
        trait="age",
        pattern=rf"\boverqualified\b|\bmature\s+{_PERSON}\b",
        why=_AGE,
        suggestion="Describe the work and its level, and let people decide whether it suits them.",
    ),
    # gender
    WordRule(
        trait="gender",
        pattern=r"\b(?:sales|crafts|police|fire|camera|repair|mail|business|delivery|door|milk|handy|maintenance\s)m[ae]n\b|"
        r"\bsaleswom[ae]n\b|\bforem[ae]n\b|\bwaitress(?:es)?\b|\bstewardess(?:es)?\b|\bbarmaids?\b|\bhousewi(?:fe|ves)\b|"
        r"\b(?:cleaning|tea|dinner) lad(?:y|ies)\b|\b(?:office|shop) (?:girls?|boys?)\b|\bgirl friday\b",
        why=_GENDER,
        suggestion="Use a title for everybody: salesperson, supervisor, server, flight attendant, firefighter, technician.",
        unless=r"\bwaiter\b|/",
    ),
    WordRule(
        trait="gender",
        pattern=r"\b(?:ninjas?|rock[- ]?stars?|alpha male|killer instinct|man of action|code warriors?|sales warriors?)\b",
        why="Such pictures draw mostly men; it says nothing that can be checked.",
        suggestion="Name the skill: “experienced Python developer”.",
        unless=r"\b(?:Rockstar Games|NinjaOne|Ninja Trader)\b",
    ),
    WordRule(
        trait="gender",
        pattern=rf"\b(?:aggressive|dominant|fearless|ruthless|highly competitive)\s+(?:\w+\s+)?(?:{_PERSON}|personalit(?:y|ies)|"
        r"sellers?|closers?|hunters?|negotiators?|self-starters?|leaders?)\b",
        why="Such words are read as male, and keep women from applying.",
        suggestion="Say what is done: “closes deals on their own”, “leads a team through change”.",
    ),
    WordRule(
        trait="gender",
        pattern=rf"\b(?:males?|females?)\s+(?:{_PERSON}|only|preferred)\b|\b(?:men|women|ladies|gentlemen|gents)\s+(?:only|preferred)\b|"
        r"\bonly (?:men|women|males?|females?|ladies)\b|\bstrong (?:young )?m[ae]n\b",
        why=_GENDER,
        suggestion="Leave it out, or name the task: “lifts up to 25 kg with a hoist”.",
        unless=r"\b(?:patients?|prisoners?|residents?|ward)\b",
    ),
    WordRule(
        trait="gender",
        pattern=r"\b(?:candidate|applicant|employee|incumbent|jobholder|postholder)\b[^.\n]{0,90}?"
        r"(?<!or )(?<!/)(?<!/ )\b(?:he|she|his|her)\b(?!\s*(?:/|or\b|\())",
        why=_GENDER,
        suggestion="Write “you”, or “they”.",
    ),
    # nationality, language of birth
    WordRule(
        trait="nationality",
        pattern=rf"\bnative(?:[- ]level)?\s+(?:{_LANGUAGE}\s+)?speakers?\b|\bnative(?:[- ]level)?\s+{_LANGUAGE}\b|"
        rf"\b{_LANGUAGE}\s+(?:native speakers?|natives?\b|(?:as\s+)?(?:a\s+)?(?:your\s+)?mother tongue)|\bmother tongue\s+{_LANGUAGE}\b|"
        rf"\b{_LANGUAGE}\s*\((?:native|mother tongue)\)|\bnative speakers?\b",
        why="A level can be reached by anybody, a birth cannot.",
        suggestion="Ask for the level: “English at C1 or C2 level”.",
        unless=r"\b(?:non-native|for native speakers|native speakers of other|not (?:need|have) to be)\b",
    ),
    WordRule(
        trait="nationality",
        pattern=rf"\b(?:must be|only|be)\s+(?:an?\s+)?{_NATION}\s+(?:citizens?|nationals?)\b|\b{_NATION}\s+(?:citizens?|nationals?|"
        rf"passport holders?)\s+(?:only|preferred)\b|\b{_NATION}\s+citizenship\s+(?:is\s+)?required\b|\blocals? (?:candidates? )?only\b|"
        r"\bno foreign(?:ers|\s+(?:candidates|applicants))\b|\bborn (?:and raised )?in (?:the )?"
        rf"(?:{_NATION}|Germany|France|England|America|Britain|Ireland|Canada)\b|\b(?:without (?:an?|any)|no) (?:foreign )?accent\b|"
        r"\baccent[- ]free\b|\bneutral accent\b",
        why=_NATIONAL,
        suggestion="Ask for the permit or the level: “authorised to work in Ireland”, “clear spoken English”.",
        unless=r"\b(?:clearance|ITAR|EAR|export control|by law|law requires|vetting|federal)\b",
    ),
    # religion
    WordRule(
        trait="religion",
        pattern=rf"\b(?:practi[sc]ing|devout|committed|faithful)\s+{_FAITH}s?\b|\b{_FAITH}\s+(?:{_PERSON}|values|faith|background|believers?|"
        rf"only|preferred)\b|\bmust be (?:an? )?{_FAITH}\b|\bmembers? of (?:the|a) (?:church|parish|mosque|synagogue)\b|\bchurch membership\b",
        why=_RELIGION,
        suggestion="Describe the duties. “You respect the values of a Catholic hospital” asks for conduct, not for faith.",
        unless=r"\b(?:respect|serves?|care for)\b",
    ),
    # disability and health
    WordRule(
        trait="disability",
        pattern=rf"\bable[- ]bodied\b|\bphysically (?:fit|strong|robust)\b|\b(?:in )?(?:good|excellent|perfect|robust) (?:physical |general |mental )?health\b"
        rf"(?!\s*(?:insurance|plan|benefits?|care|and safety|outcomes?|coverage|cover|services?|record))|\bhealthy {_PERSON}\b|"
        r"\bmentally (?:stable|healthy|fit|strong)\b|\b(?:free (?:of|from)|no) (?:any )?(?:disabilit(?:y|ies)|illness(?:es)?|"
        r"health (?:problems|issues|conditions)|physical limitations)\b|\b(?:perfect|normal|good) (?:eyesight|vision|hearing)\b|"
        r"\b(?:no|low|minimal) sick(?:ness)?[- ](?:days|leave|absences?)\b",
        why=_BODY,
        suggestion="Name the task and how often: “lifts 15 kg several times a day; aids are there”.",
        unless=r"\b(?:patients?|residents?|children|promot\w+|customers?|communit(?:y|ies)|our members|keep\w*|improv\w+|maintain\w*)\b",
    ),
    WordRule(
        trait="disability",
        pattern=r"\b(?:(?:valid|full|clean|current|category B|class B|own)\s+){0,3}(?:UK |EU |US |German )?(?:driv(?:er['’]?s?|ing)\s+"
        r"licen[cs]es?)\b(?:\s*\(?(?:category|class|cat\.?)\s*B\)?)?",
        why="The text names no duty to drive; people who cannot drive because of a disability are shut out.",
        suggestion="Leave it out, or say what is driven: “visits customers by van; other ways of travel are fine”.",
        unless_anywhere=_DRIVING,
    ),
    # family
    WordRule(
        trait="family",
        pattern=rf"\b(?:unmarried|divorced)\b|\b(?:single|married)\s+(?:{_PERSON}|wom[ae]n|m[ae]n|status|only|preferred)\b|\bmarital status\b|"
        r"\b(?:no|without|free (?:of|from)) (?:any )?(?:children|kids|family (?:obligations?|commitments?|ties|responsibilities)|"
        r"dependants?|dependents?|caring responsibilities)\b|\bchildless\b|\bfamily (?:situation|planning|status)\b|"
        r"\b(?:no plans? to|not plan(?:ning)? to) (?:have|start) (?:children|a family)\b|\b(?:not be|not|become|get) pregnant\b",
        why=_FAMILY,
        suggestion="Say what the work needs: “shifts until 22:00 twice a week”, “travels ten days a month”.",
        unless=r"\b(?:patients?|counsel\w*|clinic|services?|famil(?:y|ies) (?:we|who))\b",
    ),
    # photo and looks
    WordRule(
        trait="photo",
        pattern=r"\b(?:CV|r[ée]sum[ée]|application|cover letter)\b[^.\n]{0,40}?\b(?:with|including|and|plus)\s+(?:an?\s+|your\s+)?(?:recent\s+|current\s+|"
        r"passport(?:[- ]size[d]?)?\s+|professional\s+)?(?:photo(?:graph)?|picture|headshot)\b|\b(?:recent|passport(?:[- ]size[d]?)?|application|"
        r"full[- ]body)\s+(?:photo(?:graph)?s?|pictures?|headshots?)\b|\b(?:send|attach|include|enclose|submit|provide|upload)\b[^.\n]{0,25}?"
        r"\b(?:your|a|an)\s+(?:recent\s+)?(?:photo(?:graph)?|picture|headshot)\s+(?:of (?:you|yourself)|with your|to your)\b",
        why=_LOOKS,
        suggestion="Do not ask for a picture, and leave those that come unseen.",
        unless=r"\b(?:do not|don['’]t|no need|without|please omit|not include)\b|\bproducts?\b|\bcatalogu?e\b",
    ),
    WordRule(
        trait="photo",
        pattern=r"\bgood[- ]looking\b|\battractive (?:appearance|looks?|person|people|candidates?)\b|\b(?:pleasant|pleasing) (?:physical )?appearance\b",
        why="Looks are judged by age, sex, skin and body.",
        suggestion="Say what is worn or done: “wears the uniform we provide”.",
    ),
    # school
    WordRule(
        trait="school",
        pattern=rf"\bIvy League\b|\bOxbridge\b|\bRussell Group\b|\bGrandes? [ÉE]coles?\b|\b(?:elite|prestigious|top[- ]tier|top[- ]ranked|tier[- ](?:1|one)|"
        rf"target|red[- ]?brick|top[- ]\d+)\s+(?:\w+\s+)?{_SCHOOL}\b|\b(?:degree|graduated?|graduates|MBA|PhD|diploma|education|alumn\w+|studies|"
        rf"studied)\b[^.\n]{{0,40}}?\b(?:from|of|at)\s+(?:an?\s+|the\s+)?{_TOP}\s+(?:\w+\s+)?{_SCHOOL}\b",
        why=_RANK,
        suggestion="Ask for the degree and its field, “or the same by experience”.",
        unless=r"\b(?:customers?|clients?|partner(?:s|ships?)?|we work with|on behalf of|founded|colleagues from)\b",
    ),
    # address
    WordRule(
        trait="address",
        pattern=rf"\b(?:must|need to|have to|should|required to)\s+(?:live|reside|be living|be resident)\s+(?:within|in|near|close|locally|nearby)\b|"
        rf"\b(?:live|living|residing|reside|resident)\s+within\s+(?:\d+|a|an|commuting)\b|\b{_PERSON}\s+(?:from|in|living in|within)\s+(?:the\s+)?"
        rf"(?:(?:zip|postal|post)[- ]?codes?|postcodes?)\b|\blocal residents?\s+(?:only|preferred)\b|\bhome ?owners?\s+(?:only|preferred)\b",
        why=_PLACE,
        suggestion="Say where and when people must be there: “in the Leeds office by 8:00 on three days a week”.",
        unless=r"\b(?:on[- ]call|response time)\b",
    ),
    # gaps
    WordRule(
        trait="gaps",
        pattern=rf"\bunexplained gaps?\b|\b(?:no|without|free (?:of|from)|any|explain(?: any)?)\s+(?:\w+\s+)?(?:gaps?|breaks?|interruptions?)\s+(?:in|on|from|of)\s+"
        rf"(?:your\s+|the\s+|their\s+|an?\s+)?{_CV}|\b(?:no|without|free (?:of|from)|any)\s+(?:\w+\s+)?{_CV}\s+(?:gaps?|breaks?)\b|"
        rf"\b(?:gap[- ]?less|gap[- ]free|uninterrupted|continuous|unbroken)\s+{_CV}\b|\b(?:currently employed {_PERSON}|"
        rf"(?:only|must be) currently employed|unemployed (?:{_PERSON} )?(?:need not|will not))\b",
        why=_GAP,
        suggestion="Ask for the experience that is needed, however it is spread.",
        unless=r"\b(?:welcome|happy|no problem|fine|support returners|do not (?:mind|ask)|don['’]t (?:mind|ask))\b",
    ),
)
