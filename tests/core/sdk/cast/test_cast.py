import io
from collections import Counter

import docx
import pypdfium2
import pytest

from core.sdk.testing.cast import CastApplication, make_cast

CAST = make_cast()
ODD = {"scan", "locked", "truncated"}


def _text(application: CastApplication) -> str:
    assert application.resume is not None
    data = application.resume.content()
    if application.resume.media_type == "application/pdf":
        document = pypdfium2.PdfDocument(data)
        try:
            return "".join(page.get_textpage().get_text_bounded() for page in document)
        finally:
            document.close()
    if application.resume.filename.endswith("docx"):
        made = docx.Document(io.BytesIO(data))
        cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
        header = made.sections[0].header.paragraphs
        return "\n".join(p.text for p in (*header, *made.paragraphs)) + "\n".join(cells)
    return data.decode("utf-8")


def test_the_same_seed_gives_the_same_bytes_and_another_gives_other_people() -> None:
    again, other = make_cast(), make_cast(seed=8)
    for one, two in zip(CAST.applications[:60], again.applications[:60], strict=True):
        assert one.person == two.person
        if one.resume and two.resume:
            assert one.resume.content() == two.resume.content()
    assert [a.person.email for a in CAST.applications] != [a.person.email for a in other.applications]


def test_there_are_enough_jobs_and_people_and_every_fit_in_every_job() -> None:
    assert len(CAST.jobs) >= 6
    assert len(CAST.applications) >= 300
    for job in CAST.jobs:
        fits = Counter(a.fit for a in CAST.applications if a.job_key == job.key)
        assert set(fits) == {"strong", "good", "partial", "weak", "off"}


def test_an_email_address_belongs_to_nobody_real() -> None:
    emails = [a.person.email for a in CAST.applications]
    assert all(email.rpartition("@")[2] in {"example.com", "example.org", "example.net"} for email in emails)


def test_layouts_vary_and_some_people_send_no_resume() -> None:
    layouts = Counter(a.resume.layout if a.resume else "none" for a in CAST.applications)
    assert {"pdf-classic", "pdf-sidebar", "pdf-rows", "docx-classic", "docx-table", "docx-header"} <= set(
        layouts
    )
    assert layouts["none"] >= 5


@pytest.mark.parametrize(
    "layout", ["pdf-classic", "pdf-sidebar", "pdf-rows", "docx-classic", "docx-table", "docx-header"]
)
def test_what_was_done_stands_in_the_file(layout: str) -> None:
    application = next(
        a for a in CAST.applications if a.resume and a.resume.layout == layout and a.person.employments
    )
    text = " ".join(_text(application).split())
    assert application.person.employments[0].company in text
    assert application.person.languages[0] in text
