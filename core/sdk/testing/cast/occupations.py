"""Occupations: the posting, and what careers in it are made of."""

import msgspec


class Occupation(msgspec.Struct, frozen=True, kw_only=True):
    """A posting with templates; in templates `{n}`, `{m}` are numbers and `{place}` a company.

    `deeds` prove the must-haves one by one, `nice` the nice-to-haves, `keywords` are what a thin resume
    lists, `adjacent` are deeds with neighbouring tools, `juniors` titles of beginners.
    """

    key: str
    title: str
    department: str
    location: str
    html: str
    titles: tuple[str, ...]
    juniors: tuple[str, ...]
    deeds: tuple[str, ...]
    nice: tuple[str, ...]
    adjacent: tuple[str, ...]
    chores: tuple[str, ...]
    keywords: tuple[str, ...]
    degree: tuple[str, str]
    lower_degree: tuple[str, str]
    years: int
    language: str = "English (C1)"
    certificate: str = ""


def _posting(
    intro: str, duties: list[str], musts: list[str], nice: list[str], offer: list[str], style: int
) -> str:
    """The same parts in the shapes postings really have."""
    equal = (
        "<p>We are an equal opportunity employer. All qualified applicants are considered regardless of origin, "
        "age, gender, religion or disability.</p>"
    )

    def items(texts: list[str]) -> str:
        return "<ul>" + "".join(f"<li>{text}</li>" for text in texts) + "</ul>"

    if style == 0:
        heads = ("About us", "What you will do", "What you bring", "Nice to have", "What we offer")
        h = [f"<h2>{head}</h2>" for head in heads]
    elif style == 1:
        heads = ("Who we are", "Your responsibilities", "Requirements", "Preferred", "Benefits")
        h = [f"<p><strong>{head}</strong></p>" for head in heads]
    else:
        heads = ("The company", "Your tasks", "Your profile", "It is a plus", "Why join us")
        h = [f"<h3>{head}:</h3>" for head in heads]
    return "".join(
        (
            h[0],
            f"<p>{intro}</p>",
            h[1],
            items(duties),
            h[2],
            items(musts),
            h[3],
            items(nice),
            h[4],
            items(offer),
            equal,
        )
    )


OCCUPATIONS: tuple[Occupation, ...] = (
    Occupation(
        key="data-engineer", title="Senior Data Engineer", department="Engineering", location="Berlin",
        html=_posting(
            "Kestrel Freight moves parcels across fourteen countries. Our data platform tells drivers where to go next.",
            ["Own the pipelines that load forty sources every night.", "Agree data contracts with product teams.", "Keep costs of the warehouse in check."],
            ["At least 5 years of experience as a data engineer", "Strong Python and SQL", "Hands-on experience with Apache Spark", "Experience with Airflow or Dagster", "Cloud experience, preferably AWS", "Bachelor's degree in Computer Science or a related field", "English at C1 level"],
            ["Kafka", "Terraform", "dbt"],
            ["30 days of holiday", "A budget for learning", "A bike to lease"], 0),
        titles=("Senior Data Engineer", "Data Engineer", "Data Platform Engineer"), juniors=("Junior Data Engineer", "BI Developer"),
        deeds=("Built {n} Python services that load orders from {m} sources every night.", "Rewrote nightly jobs in Apache Spark and cut their run time from {m} hours to {n}.", "Tuned SQL on a {m} TB warehouse so that monthly reports finish before nine.", "Orchestrated {m} pipelines with Airflow and put alerts on each of them.", "Moved the reporting platform of {place} to AWS without a day of downtime."),
        nice=("Introduced Kafka to stream {m} million events a day.", "Described all infrastructure in Terraform.", "Modelled marts in dbt for {n} business teams."),
        adjacent=("Loaded files into MySQL with shell scripts.", "Built dashboards in Tableau for the finance team.", "Ran Hadoop jobs on a cluster of {m} nodes."),
        chores=("Took part in on-call every {n} weeks.", "Explained numbers to stakeholders in plain words.", "Mentored {n} colleagues."),
        keywords=("Python", "SQL", "Spark", "Airflow", "AWS", "Kafka", "Docker", "Git"),
        degree=("Bachelor of Science", "Computer Science"), lower_degree=("High school diploma", "General"), years=5),
    Occupation(
        key="frontend-developer", title="Frontend Developer", department="Engineering", location="Lisbon",
        html=_posting(
            "Mirrorlake builds booking software for small hotels. Forty thousand guests use it every day.",
            ["Turn designs into screens that work for everybody.", "Keep the component library healthy.", "Review the code of your colleagues."],
            ["3+ years of professional experience with React", "Very good knowledge of TypeScript", "Solid HTML and CSS skills", "Experience with automated testing (Jest, Cypress or Playwright)", "Understanding of accessibility (WCAG)", "Fluent English"],
            ["Experience with Next.js", "GraphQL", "A good eye for design; Figma"],
            ["Remote work", "Four-day weeks in August"], 1),
        titles=("Frontend Developer", "Frontend Engineer", "UI Engineer"), juniors=("Junior Web Developer", "Web Design Assistant"),
        deeds=("Built the booking flow of {place} in React, used by {m},000 guests a month.", "Moved {m} modules from JavaScript to TypeScript with strict types.", "Wrote semantic HTML and CSS for a library of {m} components.", "Covered critical paths with Cypress and Jest and cut regressions by half.", "Led the accessibility audit against WCAG 2.2 and fixed {m} findings."),
        nice=("Moved the marketing site to Next.js.", "Replaced {n} REST calls by one GraphQL query.", "Prepared screens in Figma together with design."),
        adjacent=("Maintained Angular screens for the back office.", "Built themes in Vue for {n} customers.", "Wrote jQuery widgets for a shop."),
        chores=("Presented results in fortnightly demos.", "Paired with designers and support.", "Kept dependencies up to date."),
        keywords=("React", "TypeScript", "HTML", "CSS", "Jest", "Redux", "Figma", "Git"),
        degree=("Bachelor of Science", "Media Informatics"), lower_degree=("Vocational diploma", "Web Design"), years=3),
    Occupation(
        key="icu-nurse", title="Registered Nurse, Intensive Care", department="Nursing", location="Manchester",
        html=_posting(
            "St. Aldhelm is a teaching hospital with 600 beds and a 24-bed intensive care unit.",
            ["Care for ventilated patients around the clock.", "Work closely with physicians and therapists.", "Guide students on the ward."],
            ["Valid registration as a nurse (NMC)", "At least 2 years of experience in intensive care", "Experience with mechanical ventilation", "Confident medication administration", "Willingness to work night shifts", "English at C1 level"],
            ["ACLS certificate", "Experience with CRRT", "Experience with electronic health records"],
            ["Relocation support", "Childcare on site"], 2),
        titles=("Staff Nurse, ICU", "Intensive Care Nurse", "Registered Nurse"), juniors=("Care Assistant", "Newly Qualified Nurse"),
        deeds=("Cared for ventilated patients in a {m}-bed intensive care unit and managed mechanical ventilation with the team.", "Gave medication including vasoactive drugs and checked each dose twice.", "Assessed critically ill patients every hour and escalated early.", "Worked rotating night shifts and led the night team of {n}.", "Took part in {m} resuscitations as a member of the rapid response team."),
        nice=("Ran CRRT for patients with kidney failure.", "Documented care in the electronic health record Epic.", "Held the ACLS certificate since my second year."),
        adjacent=("Cared for patients after surgery on a general ward.", "Worked in a nursing home with {m} residents.", "Assisted in a dialysis centre."),
        chores=("Trained {n} students on the ward.", "Took part in hygiene audits.", "Comforted families in hard hours."),
        keywords=("Nursing", "ICU", "Ventilation", "Medication administration", "Infection control", "ACLS"),
        degree=("Bachelor of Nursing", "Nursing"), lower_degree=("Care certificate", "Elderly care"), years=2, certificate="Registered nurse (NMC)"),
    Occupation(
        key="shift-lead", title="Warehouse Shift Lead", department="Operations", location="Rotterdam",
        html=_posting(
            "Northquay ships spare parts for wind turbines to forty countries.",
            ["Plan and lead a shift of twenty-five people.", "Keep accidents at zero.", "Solve what stops the line."],
            ["3 years of experience in warehouse operations", "Experience leading a team or a shift", "Forklift licence", "Working knowledge of a warehouse management system", "Knowledge of occupational safety", "Willing to work in shifts"],
            ["SAP EWM", "Lean or 5S", "Dangerous goods (ADR) certificate"],
            ["Shift bonus", "Free parking"], 0),
        titles=("Shift Lead", "Warehouse Team Leader", "Warehouse Supervisor"), juniors=("Warehouse Operative", "Picker"),
        deeds=("Led a shift of {m} people in the warehouse of {place}.", "Planned rosters and kept overtime under {n} percent.", "Drove counterbalance and reach forklifts daily and trained {n} new drivers.", "Worked every day in the warehouse management system to release waves and clear errors.", "Held weekly safety talks on occupational safety and brought accidents down to {n} a year."),
        nice=("Rolled out SAP EWM with a team of {n}.", "Introduced 5S in goods-in and saved {m} minutes a shift.", "Handled dangerous goods under ADR."),
        adjacent=("Picked {m} orders a day with a scanner.", "Counted stock in a supermarket.", "Drove deliveries across the city."),
        chores=("Wrote handover notes at the end of each shift.", "Kept cycle counts above 99 percent.", "Stepped in where hands were missing."),
        keywords=("Forklift", "WMS", "SAP", "5S", "Stock control", "Order picking"),
        degree=("Vocational diploma", "Warehouse logistics"), lower_degree=("High school diploma", "General"), years=3, certificate="Forklift licence (counterbalance and reach)"),
    Occupation(
        key="accountant", title="Management Accountant", department="Finance", location="Dublin",
        html=_posting(
            "Harrow & Vale makes kitchens by hand. Our finance team of nine supports four factories.",
            ["Prepare the month-end close of two factories.", "Explain variances to factory managers.", "Improve how we forecast."],
            ["At least 4 years of experience in management accounting", "Month-end close", "Budgeting and forecasting", "Advanced Excel", "IFRS knowledge", "Bachelor's degree in Accounting, Finance or Economics", "Fluent English"],
            ["CIMA qualification", "SAP FI/CO", "Power BI"],
            ["Pension", "A kitchen at cost price"], 1),
        titles=("Management Accountant", "Senior Controller", "Financial Controller"), juniors=("Accounts Assistant", "Junior Accountant"),
        deeds=("Closed the books of {n} plants within {n} working days of month-end.", "Prepared the yearly budget of {m} million and quarterly forecasts for {place}.", "Explained variances in cost accounting to plant managers every month.", "Built models in Excel that replaced {m} manual sheets.", "Reported under IFRS for {n} legal entities."),
        nice=("Passed all CIMA exams.", "Introduced SAP CO for {n} cost centres.", "Built dashboards in Power BI for the board."),
        adjacent=("Posted supplier invoices in accounts payable.", "Prepared payroll for {m} employees.", "Helped with VAT returns."),
        chores=("Supported external auditors.", "Trained {n} colleagues in finance basics.", "Kept master data clean."),
        keywords=("Excel", "IFRS", "SAP", "Budgeting", "Forecasting", "Power BI"),
        degree=("Bachelor of Arts", "Accounting and Finance"), lower_degree=("Diploma", "Bookkeeping"), years=4),
    Occupation(
        key="support-german", title="Customer Support Specialist (German)", department="Customer Service", location="Barcelona",
        html=_posting(
            "Lumen & Oak sells lamps online. Half of our customers write to us in German.",
            ["Answer customers by phone, chat and mail.", "Tell the shop what goes wrong and why.", "Write help articles."],
            ["German at C1 level", "English at B2 level", "1 year of experience in customer service", "Experience with a ticketing system such as Zendesk", "Friendly, patient communication"],
            ["Experience with complaint handling", "A third language"],
            ["Sunny office", "Spanish classes"], 2),
        titles=("Customer Support Specialist", "Customer Service Agent", "Support Agent"), juniors=("Sales Assistant", "Receptionist"),
        deeds=("Answered {m} customers a day in customer support by phone, chat and mail.", "Solved {m} tickets a week in Zendesk with a satisfaction of 96 percent.", "Wrote {m} help articles that cut repeat questions by a third.", "Calmed upset customers and found answers that were kept."),
        nice=("Handled complaints up to the level of the ombudsman.", "Served customers in French as a third language."),
        adjacent=("Advised guests at the reception of a hotel.", "Sold shoes in a busy shop.", "Took calls in a survey centre."),
        chores=("Trained {n} new colleagues.", "Collected feedback for the product team.", "Covered weekends in turn."),
        keywords=("Customer service", "Zendesk", "CRM", "Complaints", "Microsoft Office"),
        degree=("Bachelor of Arts", "Translation"), lower_degree=("High school diploma", "General"), years=1, language="German (C1)"),
    Occupation(
        key="mechanical-engineer", title="Mechanical Design Engineer", department="Engineering", location="Gothenburg",
        html=_posting(
            "Fjellvind builds small wind turbines for islands and farms.",
            ["Design housings, brackets and gear parts.", "Bring prototypes to series with suppliers.", "Document what you design."],
            ["Degree in mechanical engineering", "4 years of experience in mechanical design", "SolidWorks or CATIA", "Technical drawings with GD&T", "Experience with sheet metal or injection moulding", "English at B2 level"],
            ["Finite element analysis (ANSYS)", "FMEA", "PDM or PLM systems"],
            ["Flexible hours", "A boat for the summer party"], 0),
        titles=("Mechanical Design Engineer", "Design Engineer", "Product Engineer"), juniors=("CAD Technician", "Junior Engineer"),
        deeds=("Designed {m} housings in SolidWorks for pumps sold by {place}.", "Made technical drawings with GD&T and released them for series.", "Developed sheet metal brackets with {n} suppliers from sketch to series.", "Led a redesign that saved {m} percent of weight.", "Tested prototypes on the rig and closed {m} findings."),
        nice=("Checked fatigue with finite element analysis in ANSYS.", "Moderated FMEA workshops.", "Kept all parts in the PDM system."),
        adjacent=("Drew floor plans in AutoCAD.", "Maintained machines on the shop floor.", "Prepared offers for spare parts."),
        chores=("Travelled to suppliers {n} times a year.", "Wrote assembly instructions.", "Guided two interns."),
        keywords=("SolidWorks", "CATIA", "GD&T", "ANSYS", "FMEA", "PDM"),
        degree=("Master of Science", "Mechanical Engineering"), lower_degree=("Vocational diploma", "Metalworking"), years=4, language="English (B2)"),
    Occupation(
        key="teacher", title="Primary School Teacher", department="School", location="Leeds",
        html=_posting(
            "Brackenfield is a primary school with 420 children and a large garden.",
            ["Teach a Year 2 class of twenty-six.", "Plan lessons with the year team.", "Talk with parents often and early."],
            ["Qualified teacher status (QTS)", "At least 2 years of teaching experience in primary school", "Lesson planning for mixed abilities", "Classroom management", "Experience with phonics", "Bachelor's degree in Education or a related subject"],
            ["Experience with special educational needs", "First-aid certificate", "Music or sports"],
            ["Small classes", "Time to prepare"], 1),
        titles=("Primary School Teacher", "Class Teacher, Year 2", "Key Stage 1 Teacher"), juniors=("Teaching Assistant", "After-school Carer"),
        deeds=("Taught classes of {m} children in Years 1 to 3 at {place}.", "Planned lessons for mixed abilities with the year team.", "Taught phonics daily; {m} of 28 children read above their age.", "Kept a calm classroom with clear routines for classroom management.", "Met every parent at least {n} times a year."),
        nice=("Supported {n} children with special educational needs.", "Held a first-aid certificate.", "Led the school choir."),
        adjacent=("Helped in a kindergarten group of {m}.", "Gave private maths lessons.", "Coached a youth football team."),
        chores=("Organised the summer fair.", "Wrote reports each term.", "Took part in training on safeguarding."),
        keywords=("Teaching", "Lesson planning", "Phonics", "SEN", "Safeguarding"),
        degree=("Bachelor of Education", "Primary Education"), lower_degree=("Diploma", "Childcare"), years=2, certificate="Qualified teacher status (QTS)"),
)  # fmt: skip
