"""Senior Data Engineer: a tidy posting with headings and lists."""

from core.sdk.testing.cast.occupation import Demand, Occupation, Question, Trade

_POSTING = """
<p><strong>{employer}</strong> moves parcels between 900 towns. Every scan, every route and every delay becomes
data, and 140 colleagues decide with it each morning. For our platform team in {place} we are looking for
somebody who keeps that data on time, correct and affordable.</p>
<h2>What you will do</h2>
<ul>
<li>Design, build and run batch and streaming pipelines from 40 source systems into our warehouse</li>
<li>Model data together with analysts so that one question has one answer</li>
<li>Own data quality: tests, alerts and a calm plan for the day something breaks</li>
<li>Review the code of others and help two junior engineers to grow</li>
</ul>
<h2>What you bring</h2>
<ul>
<li>At least 5 years of experience in data engineering</li>
<li>Very good knowledge of Python and SQL</li>
<li>Hands-on experience with Apache Airflow or a comparable orchestrator such as Dagster</li>
<li>Experience with Spark</li>
<li>Production experience with a cloud data warehouse such as Snowflake, BigQuery or Redshift</li>
<li>Solid data modelling skills</li>
<li>Bachelor's degree in computer science or a related field, or equivalent experience</li>
<li>English at level C1</li>
</ul>
<h2>Nice to have</h2>
<ul>
<li>Experience with Kafka</li>
<li>dbt</li>
<li>Terraform</li>
<li>German at level B1</li>
</ul>
<h2>What we offer</h2>
<ul>
<li>30 days of holiday and two days a week wherever you like to work</li>
<li>A learning budget of 2,000 euros a year</li>
<li>Public transport on us</li>
</ul>
<p><em>We welcome applications from everybody, whatever their age, gender, origin, religion, disability or
sexual identity. Tell us what you need for a fair interview and we will arrange it.</em></p>
"""

_SLOTS = {
    "source": ("order", "tracking", "billing", "clickstream", "sensor", "customs", "pricing", "returns"),
    "volume": ("200 GB", "1.2 TB", "3 TB", "40 million rows", "600 million events", "90 million records"),
    "reader": ("finance", "operations", "the pricing team", "marketing", "three product teams", "the board"),
    "hours": ("two hours", "four hours", "35 minutes", "a working day", "90 minutes"),
}

OCCUPATION = Occupation(
    key="data-engineer",
    title="Senior Data Engineer",
    department="Data Platform",
    openings=(
        ("Parcelwind", "Berlin", "DE"),
        ("Tallyhouse Insurance", "Dublin", "IE"),
        ("Norrglim Energy", "Stockholm", "SE"),
        ("Quillmarket", "London", "GB"),
    ),
    posting=_POSTING,
    years=5,
    trade=Trade(
        titles=(
            ("Junior Data Engineer", "Data Engineering Trainee", "Associate Data Engineer"),
            ("Data Engineer", "Data Platform Engineer", "ETL Developer"),
            ("Senior Data Engineer", "Senior Data Platform Engineer", "Data Engineer II"),
            ("Lead Data Engineer", "Head of Data Engineering", "Principal Data Engineer"),
        ),
        employers=(
            "Lumenfracht", "Kestrel Telematics", "Ovenbird Foods Online", "Sableworks", "Nordhafen Versicherung",
            "Pinecrest Mobility", "Trellis & Vane", "Mirova Ticketing", "Fennimore Bank", "Grauwacke Data",
            "Bluestem Health Systems", "Larkspur Games", "Cobalt Harbour", "Zephyrine Travel", "Hexley Retail",
        ),
        duties=(
            "Cut the nightly load of {source} data from {hours} to {minutes} minutes by splitting it into partitions",
            "Introduced data quality checks that caught {count} broken feeds before anybody read a wrong number",
            "On call for {count} pipelines with {volume} a day; wrote the runbooks the team still uses",
            "Replaced {count} hand-written scripts by one tested framework for ingestion",
            "Agreed data contracts with {count} source teams and stopped silent changes of columns",
            "Mentored {few} junior engineers and led the weekly code review",
            "Moved the {source} pipelines to containers and built their continuous integration in GitLab CI",
            "Lowered the monthly warehouse bill by {pct} % with clustering and smaller compute",
            "Documented lineage from source to report for {reader}",
            "Answered audits of personal data: masking, retention and deletion in {count} tables",
            "Worked with {reader} on requirements and showed progress every two weeks",
        ),
        skills=("Git", "Linux", "Docker", "GitLab CI", "data quality", "Parquet", "Bash", "PostgreSQL", "Grafana"),
        degrees=(
            ("Bachelor of Science", "Computer Science"),
            ("Master of Science", "Computer Science"),
            ("Master of Science", "Data Engineering"),
            ("Bachelor of Engineering", "Software Engineering"),
            ("Master of Science", "Information Systems"),
        ),
        slots=_SLOTS,
    ),
    adjacent=Trade(
        titles=(
            ("Junior BI Analyst", "Reporting Analyst"),
            ("Business Intelligence Developer", "Data Analyst", "Database Developer"),
            ("Senior Data Analyst", "BI Engineer"),
        ),
        employers=(
            "Marlow Fixtures", "Hollin & Brae", "Stadtwerke Auenbruck", "Kupferhain Logistik", "Pellworth Media",
            "Ostrava Loop Services", "Clearbrook Clinics", "Tiverton Leasing",
        ),
        duties=(
            "Built {count} dashboards in Power BI for {reader}",
            "Wrote SQL reports on SQL Server and scheduled them with SQL Server Agent",
            "Maintained SSIS packages that load {source} data every night",
            "Cleaned {source} data with Excel and Power Query for the monthly review",
            "Analysed {source} data and presented the findings to {reader}",
            "Administered a PostgreSQL database of {volume} and tuned its slowest queries",
            "Automated a weekly report with a Python script and saved {few} hours a week",
        ),
        skills=("SQL Server", "Power BI", "Excel", "SSIS", "Tableau", "DAX"),
        degrees=(
            ("Bachelor of Science", "Business Informatics"),
            ("Bachelor of Science", "Mathematics"),
            ("Bachelor of Arts", "Economics"),
        ),
        slots=_SLOTS,
    ),
    musts=(
        Demand(
            skills=("Python",),
            deeds=(
                "Wrote the ingestion library in Python that {few} teams use to load {source} data",
                "Rewrote the {source} loaders in Python with full unit tests; failures fell by {pct} %",
                "Built a Python service that validates {volume} of {source} data a day",
            ),
        ),
        Demand(
            skills=("SQL",),
            deeds=(
                "Tuned the slowest {count} SQL queries of the warehouse; the daily run finished {hours} earlier",
                "Turned {count} stored reports for {reader} into versioned, reviewed SQL",
                "Wrote SQL transformations over {volume} a day for {reader}",
            ),
        ),
        Demand(
            skills=("Apache Airflow",),
            deeds=(
                "Run {count} Airflow DAGs in production with alerts, retries and service levels",
                "Migrated {count} cron jobs to Apache Airflow and cut late deliveries by {pct} %",
                "Orchestrated the {source} pipelines in Airflow on Kubernetes",
            ),
        ),
        Demand(
            skills=("Spark",),
            deeds=(
                "Processed {volume} of {source} data a day with Spark and halved its cluster",
                "Wrote PySpark jobs that join {source} and {source} data and run in {minutes} minutes",
                "Moved the {source} history from Hadoop to Spark without a day of downtime",
            ),
        ),
        Demand(
            skills=("Snowflake", "BigQuery"),
            deeds=(
                "Built the company's Snowflake warehouse from the first table to {volume}",
                "Migrated an on-premises warehouse to BigQuery for {reader} within {few} months",
                "Operate a Snowflake warehouse with {count} daily users: roles, cost and performance",
            ),
        ),
        Demand(
            skills=("data modelling", "dimensional modelling"),
            deeds=(
                "Designed the dimensional model of {source} data that {reader} report from",
                "Led the data modelling of {count} subject areas, from workshop to star schema",
                "Reworked the data model for {source} so that {reader} and operations see the same figure",
            ),
        ),
    ),
    nices=(
        Demand(
            skills=("Kafka",),
            deeds=(
                "Streamed {source} events through Kafka with a delay below {few} seconds",
                "Ran a Kafka cluster of {few} brokers for {source} events",
            ),
        ),
        Demand(
            skills=("dbt",),
            deeds=(
                "Brought dbt to the team: {count} models, tested and documented",
                "Maintained {count} dbt models together with the analysts",
            ),
        ),
        Demand(
            skills=("Terraform",),
            deeds=(
                "Put the whole data platform under Terraform",
                "Set up warehouses, buckets and roles with Terraform and reviews",
            ),
        ),
    ),
    summaries=(
        "Data engineer who likes boring pipelines: on time, tested and cheap to run.",
        "I build data platforms that other people dare to rely on, and I stay until they do.",
        "Engineer between software and statistics with a soft spot for clean data models.",
    ),
    nice_certificates=("Snowflake Advanced Architect", "Google Professional Data Engineer"),
    questions=(
        Question(
            text="Which orchestrator have you run in production, and for how long?",
            sure=(
                "Airflow, over {few} years, with {count} DAGs and a rota for on-call.",
                "Mostly Airflow on Kubernetes; before that cron, which I do not miss.",
            ),
            unsure=("None so far, but I learn quickly.", "I have used the Windows Task Scheduler."),
        ),
    ),
)
