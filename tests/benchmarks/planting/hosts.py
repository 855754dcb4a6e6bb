"""Resumes and letters without anybody in them: `{form}` is where a person goes, `<label>` what may go with it."""

from typing import NamedTuple


class Trade(NamedTuple):
    """What a resume says of somebody's work."""

    title: str
    summary: str
    jobs: tuple[str, ...]
    deeds: tuple[str, ...]
    skills: str
    degree: str


TRADES: tuple[Trade, ...] = (
    Trade("Staff Nurse", "Nurse with eight years in intensive care who keeps calm on busy nights.", ("Staff nurse, Ward 7, Holm Clinic, Mar 2018 - present", "Nurse, Saint Brannoc Hospital, 2014 - 2018"), ("Cared for ventilated patients and gave medication on a 24-bed unit.", "Led the night team of six and trained four students a year.", "Wrote the handover sheet that three wards took over."), "Triage, wound care, ICU, infection control, ACLS", "BSc Nursing"),
    Trade("Software Developer", "Developer of shops and billing systems in Java and Ruby on Rails.", ("Software Developer, Volt Systems, 05/2019 - 12/2023", "Junior developer, Quay Systems, 2016 - 2019"), ("Built the order service in Java 17 with Spring Boot and PostgreSQL.", "Moved Ruby on Rails jobs to Kubernetes and cut cost by 30 percent.", "Reviewed Go and Swift code of two teams every week."), "Java, Ruby, Go, Python, SQL, Docker, Kubernetes, Git, Swift, R", "MSc Computer Science"),
    Trade("Art Teacher", "Teacher of art and design at primary schools.", ("Art teacher, primary school, Sept 2015 - July 2022", "Teaching assistant, 2013 - 2015"), ("Taught art to classes of thirty and ran the summer exhibition.", "Will gladly take on a form group; may also teach music.", "Learned to mark papers fairly and with grace under pressure."), "Ceramics, lesson planning, safeguarding, Art and Design", "PGCE, BA in Fine Art"),
    Trade("Credit Controller", "Accountant who brings in what is owed and stays friendly.", ("Credit Controller, Willow Bank, April 2017 - May 2023", "Accounts Assistant, 2014 - 2017"), ("Had to chase payments of 400 accounts and cut overdue debt by half.", "Since May 2020 responsible for the month-end close in SAP.", "Prepared price lists, bank reconciliations and the cash book."), "SAP, Excel, accounts receivable, bank reconciliation, IFRS", "AAT Level 4"),
    Trade("Chef de Partie", "Cook with a love of short menus.", ("Chef de partie, Copper Kettle, 2019 - present", "Commis chef, Hotel Seeblick, 2016 - 2019"), ("Baked bread for 120 guests a day and ran the fish section.", "Cut food waste by a third with a better stock list.", "Passed every hygiene audit since 2018."), "HACCP, pastry, stock control, menu planning", "NVQ Level 3 in Professional Cookery"),
    Trade("Electrician", "Approved electrician for homes and small factories.", ("Electrician, Bright Spark Ltd, 2012 - present",), ("Rewired 60 houses and tested each to BS 7671.", "Found faults on packaging lines and kept them running.", "Looked after two apprentices and their log books."), "Inspection and testing, PLC, 18th Edition, fault finding", "City and Guilds Level 3"),
    Trade("Truck Driver", "Driver for long routes with no accident in nine years.", ("HGV driver, Northquay Freight, 2015 - 2024",), ("Drove 44-tonne trucks across six countries and kept to driving hours.", "Loaded and secured goods and checked the truck every morning."), "CE licence, ADR, digital tachograph, forklift", "Secondary school leaving certificate"),
    Trade("Marketing Manager", "Marketer for food brands; numbers first, stories second.", ("Marketing Manager, Copperfield Foods, 2018 - 2024", "Marketing Executive, 2015 - 2018"), ("Raised online sales by 45 percent with search campaigns and e-mail.", "Managed a budget of 1.2 million and a team of five.", "Launched three brands on time with agencies in two countries."), "SEO, Google Analytics, HubSpot, copywriting, A/B testing", "MA in Communication"),
    Trade("Data Analyst", "Analyst who answers questions with SQL and plain words.", ("Data Analyst, Blue Heron Labs, Jan 2020 - present", "Reporting analyst, 2017 - 2019"), ("Modelled the data warehouse in dbt and Snowflake.", "Built dashboards in Power BI and Tableau for nine departments.", "Found why 12 percent of orders were late and had it fixed."), "SQL, Python, R, Tableau, Power BI, statistics", "BSc Mathematics"),
    Trade("Site Manager", "Site manager for schools and clinics.", ("Site Manager, Granite Works, 2014 - 2024",), ("Ran sites of up to 80 people without a lost day.", "Agreed programmes with clients and kept cost within two percent.", "Wrote method statements and held toolbox talks."), "SMSTS, AutoCAD, scheduling, CDM regulations", "BEng Civil Engineering"),
    Trade("Receptionist", "The first voice guests hear, in two languages.", ("Front desk receptionist, Hotel Lindenhof, 2018 - 2023",), ("Checked in 90 guests a day and settled complaints on the spot.", "Kept the booking system Opera in order and trained newcomers."), "Opera PMS, cash handling, customer service, Microsoft Office", "Diploma in Hospitality"),
    Trade("Warehouse Picker", "Quick and careful with 180 picks an hour.", ("Order picker, Skylark Parts, 2020 - 2024",), ("Picked and packed 180 lines an hour with 99.8 percent right.", "Drove reach trucks and counted stock every Friday."), "Forklift, RF scanner, stock taking, manual handling", "High school diploma"),
)  # fmt: skip
_BODY = (
    "Profile\n{summary}\n\nExperience\n{jobs}\n{deeds}\n\nSkills\n{skills}\n\nEducation\n{degree}, {{school}}, {{year}}\n\n"
    "Languages\nEnglish (C1), German (mother tongue)\n"
)
_TOLD = (
    "{{first}} joined the team in 2019 and took on more every year. {{She}} was named colleague of the year.\n"
    "{{owned}} reports were praised by management, and {{her}} advice is asked for.\n"
)
LAYOUTS: dict[str, str] = {
    "top": "{{full}}\n{title}\n{{address}}\n<Email:> {{email}} | <Phone:> {{phone}} | {{link}}\n<Date of birth:> {{birth}}\n<Nationality:> {{nation}}\n<Marital status:> {{marital}}\n\n" + _BODY + _TOLD,
    "capitals": "{{upper}}\n{title} | {{email}} | {{phone}}\n{{address}}\n\n" + _BODY + "\n<Personal details>\n<Age:> {{age}}\n<Religion:> {{faith}}\n<Gender:> {{gender}}\n",
    "spaced": "{{spaced}}\n{title}\n<Contact>\n{{phone}}\n{{email}}\n{{link}}\n\n" + _BODY + _TOLD,
    "labelled": "Curriculum Vitae\n\n<Name:> {{full}}\n<Address:> {{address}}\n<Mobile:> {{phone}}\n<E-mail:> {{email}}\n<D.O.B.:> {{birth}}\n<Sex:> {{gender}}\n\n" + _BODY,
    "bottom": "{title}\n\n" + _BODY + "\n<Contact>\n{{full}}\n{{address}}\n{{phone}}\n{{email}}\n{{link}}\n",
    "middle": "{title}\n\nProfile\n{summary}\n\nSkills\n{skills}\n\n<Contact details>\n{{full}}\n<Tel.> {{phone}}\n<E-mail> {{email}}\n{{address}}\n\nExperience\n{jobs}\n{deeds}\n\nEducation\n{degree}\n{{school}}\n{{year}}\n",
    "columns": "<Contact>\n{{phone}}\n{{email}}\n{{address}}\n{{link}}\n\nSkills\n{skills}\n\nLanguages\nEnglish (C1)\nGerman (native)\n\n{{full}}\n{title}\n\nProfile\n{summary}\n\nExperience\n{jobs}\n{deeds}\n\nEducation\n{degree}\n{{school}}, {{year}}\n",
    "swapped": "Resume of {{swapped}}\n{{email}} · {{phone}}\n\n" + _BODY + "\n<CV_>{{file}}<.pdf>\n{{handle}}\n",
    "native": "{{full}} ({{native}})\n{title}\n{{email}} / {{phone}}\n\n" + _BODY + "Friends call me {{nick}}.\n" + _TOLD,
    "letter": "{{full}}\n{{address}}\n{{phone}}\n{{email}}\n\nHiring Team\nStonebridge Group\n\nDear Hiring Team,\n\nI am writing to apply as {title}. {summary}\n{deeds}\nI hold a degree: {degree}.\n\nYours sincerely,\n\n{{full}}\n",
    "signed": "Dear <Ms Whitcombe>,\n\nmy name is {{full}} and I would like to join you as {title}. {summary}\n{deeds}\nAt work I am known as {{first}}. I can start in May.\n\nKind regards\n{{full}}\n{{phone}}\n{{email}}\n",
    "line": "{{full}} | {title}\n{{phone}} • {{email}} • {{address}}\n\nSUMMARY\n{summary} {{first}} speaks three languages.\n\nEDUCATION\n{{school}} — {degree} ({{year}})\n\nEXPERIENCE\n{jobs}\n{deeds}\n",
    "details": "PROFILE\n{summary}\n\nEXPERIENCE\n{jobs}\n{deeds}\n\nEDUCATION\n{degree}\n{{school}}\n{{year}}\n\n<PERSONAL DETAILS>\n<Name>: {{full}}\n<Date of Birth>: {{birth}}\n<Nationality>: {{nation}}\n<Address>: {{address}}\n<Phone>: {{phone}}\n<Email>: {{email}}\n\n{{full}}\n",
    "upper letter": "{{upper}}\n{{address}}\n{{phone}}\n{{email}}\n\n3 May 2024\n\nDear Hiring Manager,\n\nI apply as {title}. {summary}\n{deeds}\n{{first}} is who people ask for.\n\nSincerely,\n{{full}}\n",
    "referees": "{{swapped}}\n{title}\n{{email}}\n\nSkills: {skills}\n{deeds}\nAs {{full}}, I also write at {{link}}.\n\nReferees\n<Paula Grieve>, manager: {{titled}} is careful; {{owned}} reports are clear.\n",
    "references": "{{full}}, {title}\n{{email}} | {{phone}} | {{address}}\n\n" + _BODY + "\nReferences\n<Dr Hedwig Sonntag>, Head of Care, Holm Clinic, <sonntag@holm.example>\n<Ian Prewett>, Director, <+44 7700 900999>: “{{initial}} is reliable. I would hire {{first}} again, and so would {{titled}}<'s> whole team.”\n",
}  # fmt: skip


def host(layout: str, trade: Trade) -> str:
    """A document of this layout and trade with places for a person."""
    return LAYOUTS[layout].format(
        title=trade.title, summary=trade.summary, jobs="\n".join(trade.jobs), skills=trade.skills, degree=trade.degree,
        deeds="\n".join(f"- {deed}" for deed in trade.deeds),
    )  # fmt: skip
