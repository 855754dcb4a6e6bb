"""The lexicon of skills: its file is sound, and it finds, widens and neighbours as recruiters would."""

from collections import Counter

import pytest

from core.sdk.text import default_lexicon
from core.sdk.text.lexicon import words_of
from core.sdk.text.spellings import variants

RELATED = """
AutoCAD / Vectorworks
AutoCAD / Solid Edge
Revit / ArchiCAD
Ansible / Puppet
Ansible / Chef cookbooks
Terraform / Pulumi
Docker / Podman
Dynamics NAV / Sage 200
SAP / Odoo
Opera / Protel
Opera PMS / Mews PMS
Siemens TIA Portal / Rockwell Studio 5000
TwinCAT / CODESYS
WinCC / Wonderware
Selenium / Cypress
Jest / Jasmine testing
JMeter / Gatling
Jira / Azure DevOps
Jenkins / GitHub Actions
SPSS / Stata
InDesign / QuarkXPress
Photoshop / GIMP
Fanuc / Heidenhain
Mastercam / hyperMILL
Workday / SuccessFactors
Xero / QuickBooks
Claas combines / John Deere
Epic / Cerner
EMIS Web / SystmOne
Sibelius / Finale
Pro Tools / Cubase
Premiere Pro / DaVinci Resolve
React / Angular
Django / Flask
Flutter / React Native
Unity / Unreal Engine
AWS / Azure
EKS / GKE
PostgreSQL / MySQL
Snowflake / BigQuery
Airflow / Dagster
PyTorch / TensorFlow
Tableau / Power BI
Salesforce / HubSpot
Zendesk / Freshdesk
Shopify / Magento
WordPress / TYPO3
Moodle / Canvas LMS
Taleo / SmartRecruiters
ArcGIS / QGIS
Empower 3 / Chromeleon
LabWare / STARLIMS
Altium / KiCad
Splunk / QRadar
Fortinet / pfSense
VMware / Hyper-V
Veeam / Commvault
Trados / memoQ
Koha / Ex Libris
Blue Yonder / Manhattan WMS
Amadeus / Sabre GDS
reach truck / counterbalance truck
"""

NOT_RELATED = """
React / JavaScript
HTML / Python
HTML / CSS
Docker / Kubernetes
React / Webpack
React / Redux
Java / JavaScript
Python / SQL
AutoCAD / Photoshop
Excel / Word
Jira / Confluence
AWS / Terraform
SAP / Excel
Epic / LIMS
nursing / wound care
TIG welding / plumbing
Salesforce / SAP
Git / Jenkins
Fanuc / SolidWorks
PostgreSQL / MongoDB
Selenium / JMeter
Ansible / Python
"""

SHOWS = """
PostgreSQL / SQL
PostgreSQL / relational database
React / JavaScript
React / front-end framework
C# / object-oriented language
Java / object-oriented programming
Git / version control system
GitHub / Git
Stata / statistics software
Vectorworks / CAD software
Cerner / EHR
Toast POS / POS system
Sage 200 / accounting software
Sage 200 / ERP system
Puppet / infrastructure as code
Podman / containers
EKS / Kubernetes
EKS / AWS
Next.js / JavaScript
Spring Boot / Java
Ubuntu / Linux
articulated lorries / commercial driving
counterbalance forklift / forklift
TIG welding / welding
CNC milling / CNC machining
sourdough / baking
phonics / teaching
HPLC / chromatography
qPCR / molecular biology
ECMO / nursing
Heidenhain / CNC machining
DATEV / accounting
Xero / bookkeeping
Taleo / applicant tracking system
MAXQDA / qualitative research
"""

FINDS = """
Center for anesthesia and orthopedic nursing | anaesthesia | surgical nursing
Programme for object oriented languages | object-oriented programming
Organised injection molding and anodizing | injection moulding | electroplating
Ran the e commerce site and the frontend | e-commerce | front-end development
EXCEL AND WORD | Excel | Word
Tests in jest style are no Jest tests | Jest
Taught pupils with SEND | special educational needs
Shot on location, edited in Final Cut | Final Cut Pro
"""

ORDINARY = """
We excel at what we do and go the extra mile.
Please send me an email when you are at home.
She has less time now than in the spring.
He lives by the sea and drinks 250 ml of milk a day.
I can rest once the work is done.
They react quickly when something breaks.
Access to the building is by the rear door.
A swift answer was what the family wanted.
The rust on the gate was scraped off.
In a word, it was a success.
The outlook for next year is good.
The chef was pleased with the soup.
Our teams meet in the square on Monday.
There is sage advice worth more than gold.
I made a sketch of the hive in the garden.
The spark went out of the fire.
He bought a helm and a vagrant slept on the rails.
This puppet was carved by my uncle.
The snowflake melted on the angular stone.
The opera was long, the finale was short.
A prefect of my school, I read the notices aloud.
To me unity among colleagues matters.
The blender in the kitchen broke.
Her audacity surprised them all.
A tableau of flowers stood in the hall.
A node on the tree bore fruit.
The rancher and the packer met at the fair.
The casting for the play took a week.
I like networking with people of all ages.
The team ate at a restaurant near the harbour.
My hobbies are chess, hiking and reading novels.
I was born and raised in a small town.
We moved house twice while the children were small.
An epic journey, with a flask of tea.
The goods in the shop were cheap.
The ruby in her ring is real.
An idea and a notion are nearly the same.
He jests, and we laugh in jest.
A flutter of wings was heard, then silence.
The creo of the old text is unclear.
I met the inventor of the zip.
The letter lambda comes before mu.
It is our custom to shake hands.
The train was late and the bus was full.
"""


def _skill(spelling: str) -> str:
    found = default_lexicon().find(spelling)
    assert len(found) == 1, f"{spelling}: {found}"
    return found[0].skill


def _rows(table: str, mark: str = " / ") -> list[list[str]]:
    return [line.split(mark) for line in table.strip().splitlines()]


def test_no_spelling_means_two_skills() -> None:
    spelt = Counter(words_of(spelling) for skill in default_lexicon().skills for spelling in skill.spellings)
    assert not [spelling for spelling, times in spelt.items() if times > 1 or not spelling]


def test_every_broader_skill_has_a_line_of_its_own() -> None:
    skills = default_lexicon().skills
    assert {broader for skill in skills for broader in skill.shows} <= {skill.name for skill in skills}


def test_no_skill_shows_itself_by_way_of_others() -> None:
    lexicon = default_lexicon()
    circles = [s.name for s in lexicon.skills for broader in s.shows if s.name in lexicon.broader(broader)]
    assert not circles


def test_every_kind_of_tools_has_at_least_two() -> None:
    skills = default_lexicon().skills
    members = Counter(broader for skill in skills for broader in skill.shows)
    assert not [skill.name for skill in skills if skill.kind and members[skill.name] < 2]


@pytest.mark.parametrize(("one", "other"), _rows(RELATED))
def test_tools_of_one_kind_are_neighbours(one: str, other: str) -> None:
    assert default_lexicon().related(_skill(one), _skill(other))
    assert default_lexicon().related(_skill(other), _skill(one))


@pytest.mark.parametrize(("one", "other"), _rows(NOT_RELATED))
def test_what_merely_stands_side_by_side_is_no_neighbour(one: str, other: str) -> None:
    assert not default_lexicon().related(_skill(one), _skill(other))


@pytest.mark.parametrize(("narrow", "broad"), _rows(SHOWS))
def test_the_narrower_shows_the_broader_and_never_the_reverse(narrow: str, broad: str) -> None:
    lexicon = default_lexicon()
    assert _skill(broad) in lexicon.broader(_skill(narrow))
    assert _skill(narrow) not in lexicon.broader(_skill(broad))


@pytest.mark.parametrize("row", _rows(FINDS, " | "))
def test_other_spellings_are_found(row: list[str]) -> None:
    text, *skills = row
    assert [found.skill for found in default_lexicon().find(text)] == skills


@pytest.mark.parametrize("sentence", ORDINARY.strip().splitlines())
def test_ordinary_sentences_name_no_skill(sentence: str) -> None:
    assert not default_lexicon().find(sentence)


def test_a_find_is_where_the_text_has_it() -> None:
    text = "Posted receipts in Sage 200, later in Xero."
    found = default_lexicon().find(text)
    assert [text[skill.start : skill.end] for skill in found] == ["Sage 200", "Xero"]


def test_a_skill_nobody_listed_shows_itself_only() -> None:
    assert default_lexicon().broader("basket weaving") == {"basket weaving"}


@pytest.mark.parametrize(
    ("british", "other"),
    [
        ("colour grading", "color grading"),
        ("virtualisation", "virtualization"),
        ("data modelling", "data modeling"),
        ("tyre fitting", "tire fitting"),
        ("paediatric nursing", "pediatric nursing"),
        ("haemodialysis", "hemodialysis"),
        ("e-commerce", "ecommerce"),
        ("full-stack", "full stack"),
        ("labour law", "labor law"),
        ("fibre splicing", "fiber splicing"),
    ],
)
def test_american_and_unhyphened_spellings_are_derived(british: str, other: str) -> None:
    assert other in variants(british)
