"""Greenhouse's rows as our records: tables for what is meant, mutations for what nobody meant."""

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sdk import Answer, BadData, Education, Employment
from plugins.greenhouse import mapping

JOB: dict[str, Any] = {
    "id": 6_400_000_001_002,
    "name": "Data Engineer",
    "requisition_id": "R-7",
    "status": "open",
    "confidential": False,
    "opened_at": "2026-05-01T09:00:00.000Z",
    "updated_at": "2026-11-01T09:00:00.000Z",
    "department_id": 5,
    "office_ids": [8, 9],
    "is_template": False,
}
POST: dict[str, Any] = {
    "id": 21,
    "job_id": 6_400_000_001_002,
    "title": "Data Engineer (m/f/x)",
    "content": "<p>Live</p>",
    "live": True,
    "active": True,
    "internal": False,
    "public_url": "https://boards.example/jobs/21",
}
STAGE: dict[str, Any] = {
    "id": 31,
    "job_id": 6_400_000_001_002,
    "name": "Review",
    "sort_order": 0,
    "active": True,
}
CANDIDATE: dict[str, Any] = {
    "id": 41,
    "first_name": " Zoë ",
    "last_name": "Quint",
    "preferred_name": None,
    "title": "Engineer",
    "company": "Mill",
    "private": False,
    "email_addresses": [{"value": "zoe@mill.example", "type": "work"}, {"value": "", "type": "other"}],
    "phone_numbers": [{"value": "+49 30 1", "type": "mobile"}],
    "addresses": [{"value": "Ghent", "type": "home"}],
    "website_addresses": [{"value": "https://zoe.example", "type": "personal"}],
    "social_media_addresses": [{"value": "https://social.example/zoe"}],
    "updated_at": "2026-11-02T10:00:00.000Z",
}
APPLICATION: dict[str, Any] = {
    "id": 51,
    "candidate_id": 41,
    "job_id": 6_400_000_001_002,
    "status": "in_process",
    "stage_id": 999,
    "stage_name": "Review",
    "job_interview_stage_id": 31,
    "source_id": 61,
    "answers": [{"question": "Why?", "answer": "Because."}, {"question": "Salary?", "answer": None}],
    "created_at": "2026-10-01T08:00:00.000Z",
    "updated_at": "2026-11-02T10:00:00.000Z",
}
ATTACHMENT: dict[str, Any] = {
    "id": 71,
    "application_id": 51,
    "candidate_id": 41,
    "type": "resume",
    "filename": "zoe.pdf",
    "url": "https://files.example/zoe.pdf?signed",
    "created_at": "2026-10-01T08:00:00.000Z",
}
EMPLOYMENT: dict[str, Any] = {
    "id": 81,
    "candidate_id": 41,
    "company_name": "Mill",
    "title": "Engineer",
    "start_date": "2020-03-01",
    "end_date": None,
}
EDUCATION: dict[str, Any] = {
    "id": 91,
    "candidate_id": 41,
    "school_name_custom_field_option_id": 1,
    "degree_custom_field_option_id": 2,
    "discipline_custom_field_option_id": None,
    "start_at": "2010-09-01T00:00:00.000Z",
    "end_date_year": 2014,
}
PLACES = mapping.Places(
    departments={"5": "Data"}, offices={"8": "Ghent", "9": "Porto"}, posts={"21": "Ghent, Belgium"}
)


def changed(row: dict[str, Any], **values: Any) -> dict[str, Any]:
    return {**row, **values}


def test_a_job_carries_the_text_candidates_saw_and_where_it_is() -> None:
    job = mapping.job(JOB, [POST], [STAGE], PLACES)
    assert (job.id, job.title, job.state) == ("6400000001002", "Data Engineer", "open")
    assert (job.description_html, job.department, job.location) == ("<p>Live</p>", "Data", "Ghent, Belgium")
    assert job.opened_at == datetime(2026, 5, 1, 9, tzinfo=UTC)
    assert [(status.id, status.group) for status in job.statuses] == [
        ("31", "active"),
        ("rejected", "rejected"),
        ("hired", "hired"),
    ]


def test_offices_stand_in_where_the_post_has_no_location() -> None:
    places = mapping.Places(offices=PLACES.offices)
    assert mapping.job(JOB, [POST], [], places).location == "Ghent, Porto"


@pytest.mark.parametrize(
    ("posts", "text"),
    [
        ([changed(POST, id=1, live=False, content="old"), changed(POST, id=2, content="live")], "live"),
        (
            [changed(POST, id=2, internal=True, content="inside"), changed(POST, id=1, content="outside")],
            "outside",
        ),
        ([changed(POST, id=9, content="older"), changed(POST, id=10, content="newer")], "newer"),
        ([changed(POST, live=False, internal=True, content="any")], "any"),
        ([changed(POST, content=None), changed(POST, id=3, live=False, content="with text")], "with text"),
        ([], ""),
    ],
)
def test_the_live_external_post_wins_and_any_beats_none(posts: list[dict[str, Any]], text: str) -> None:
    assert mapping.job(JOB, posts, [], PLACES).description_html == text


def test_a_job_without_a_post_keeps_its_name_and_says_nothing() -> None:
    job = mapping.job(JOB, [], [], PLACES)
    assert (job.title, job.description_html, job.url) == ("Data Engineer", "", "")


def test_stages_keep_their_order_and_the_ends_come_last() -> None:
    stages = [changed(STAGE, id=2, sort_order=7, name="Offer"), changed(STAGE, id=1, sort_order=0)]
    assert [status.id for status in mapping.job(JOB, [], stages, PLACES).statuses] == [
        "1",
        "2",
        "rejected",
        "hired",
    ]
    orders = [status.order for status in mapping.job(JOB, [], stages, PLACES).statuses]
    assert orders == sorted(set(orders))


@pytest.mark.parametrize(
    ("status", "state", "status_id"),
    [
        ("in_process", "active", "31"),
        ("active", "active", "31"),
        ("rejected", "rejected", "rejected"),
        ("hired", "hired", "hired"),
        ("converted", "converted", "31"),
        ("a new word", "active", "31"),
    ],
)
def test_states_of_an_application(status: str, state: str, status_id: str) -> None:
    application = mapping.application(changed(APPLICATION, status=status))
    assert application is not None
    assert (application.state, application.status_id) == (state, status_id)


def test_the_stage_instance_is_never_taken_for_a_stage() -> None:
    row = {key: value for key, value in APPLICATION.items() if key != "job_interview_stage_id"}
    found, known = mapping.application(row), mapping.application(row, "31")
    assert found is not None
    assert known is not None
    assert (found.status_id, known.status_id) == ("", "31")


def test_an_application_has_its_source_by_name_and_answers_that_say_something() -> None:
    application = mapping.application(APPLICATION, sources={"61": "Referral"})
    assert application is not None
    assert application.source == "Referral"
    assert application.answers == (Answer(question="Why?", answer="Because."),)
    nameless = mapping.application(APPLICATION)
    assert nameless is not None
    assert nameless.source == "", "an id is nobody's source"


def test_a_prospect_without_a_job_is_no_application() -> None:
    assert mapping.application(changed(APPLICATION, job_id=None, prospect=True)) is None


def test_a_person_with_everything() -> None:
    person = mapping.person(CANDIDATE, [EMPLOYMENT], [EDUCATION], {"1": "Ghent University", "2": "MSc"})
    assert (person.first_name, person.last_name, person.headline) == ("Zoë", "Quint", "Engineer at Mill")
    assert person.emails == ("zoe@mill.example",)
    assert person.links == ("https://zoe.example", "https://social.example/zoe")
    assert person.employments == (
        Employment(company="Mill", title="Engineer", start="2020-03", end="", current=True),
    )
    assert person.educations == (
        Education(school="Ghent University", degree="MSc", discipline="", start="2010", end="2014"),
    )


@pytest.mark.parametrize(
    ("values", "anonymized"),
    [
        ({}, False),
        ({"email_addresses": []}, False),
        ({"email_addresses": [], "phone_numbers": []}, False),
        ({"email_addresses": [], "phone_numbers": [], "first_name": None, "last_name": None}, True),
        ({"email_addresses": [], "phone_numbers": [], "first_name": "Anonymized"}, True),
        ({"first_name": None, "last_name": None}, False),
    ],
)
def test_who_was_anonymized(values: dict[str, Any], anonymized: bool) -> None:
    assert mapping.person(changed(CANDIDATE, **values)).anonymized is anonymized


def test_the_stub_of_a_private_candidate_is_set_aside() -> None:
    with pytest.raises(BadData, match="private"):
        mapping.person({"message": "You may not see this."})


def test_only_resumes_and_cover_letters_are_documents() -> None:
    kinds = {
        kind: mapping.document(changed(ATTACHMENT, type=kind), "41") for kind in ("resume", "cover_letter")
    }
    assert {kind: document.kind for kind, document in kinds.items() if document} == {
        "resume": "resume",
        "cover_letter": "cover_letter",
    }
    assert mapping.document(changed(ATTACHMENT, type="offer_letter"), "41") is None


def test_text_a_database_refuses_is_cleaned() -> None:
    assert mapping.person(changed(CANDIDATE, first_name="Zo\x00ë")).first_name == "Zoë"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-24T12:00:00.123Z", datetime(2026, 11, 24, 12, 0, 0, 123000, tzinfo=UTC)),
        ("2026-11-24T12:00:00+02:00", datetime(2026, 11, 24, 10, tzinfo=UTC)),
        ("2026-11-24T12:00:00", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("24.11.2026", None),
        ("", None),
        (None, None),
        (17, None),
    ],
)
def test_moments_are_in_utc_or_unknown(text: Any, expected: datetime | None) -> None:
    assert mapping.moment(text) == expected


def _everything(rows: dict[str, dict[str, Any]]) -> list[Any]:
    """All mappings over one set of rows; raises what they raise."""
    return [
        mapping.job(rows["job"], [rows["post"]], [rows["stage"]], PLACES),
        mapping.application(rows["application"], "31", {"61": "Referral"}),
        mapping.person(rows["candidate"], [rows["employment"]], [rows["education"]], {"1": "Ghent"}),
        mapping.document(rows["attachment"], "41"),
    ]


_ROWS: dict[str, dict[str, Any]] = {
    "job": JOB,
    "post": POST,
    "stage": STAGE,
    "candidate": CANDIDATE,
    "application": APPLICATION,
    "attachment": ATTACHMENT,
    "employment": EMPLOYMENT,
    "education": EDUCATION,
}
_PLACES = [(name, field) for name, row in _ROWS.items() for field in row]
_JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["value", "type", "id", "question", "answer"]) | st.text(), inner, max_size=3
        )
    ),
    max_leaves=6,
)


@given(
    st.dictionaries(st.sampled_from(_PLACES), _JUNK, max_size=4),
    st.sets(st.sampled_from(_PLACES), max_size=4),
)
def test_no_mutation_of_a_row_raises_anything_but_bad_data(
    changes: dict[tuple[str, str], Any], missing: set[tuple[str, str]]
) -> None:
    rows = deepcopy(_ROWS)
    for (name, field), value in changes.items():
        rows[name][field] = value
        rows[name]["something_new"] = value
    for name, field in missing:
        rows[name].pop(field, None)
    for name in ("job", "application", "candidate", "attachment"):
        try:
            found = _everything({**deepcopy(_ROWS), **_with(rows, name)})
        except BadData:
            continue
        text = msgspec.json.encode(found)
        assert msgspec.json.decode(text) is not None
        assert b"\\u0000" not in text


def _with(rows: dict[str, dict[str, Any]], name: str) -> dict[str, dict[str, Any]]:
    """The mutated rows of one mapping, so that one that is set aside does not hide the others."""
    belonging = {
        "job": ("job", "post", "stage"),
        "application": ("application",),
        "candidate": ("candidate", "employment", "education"),
        "attachment": ("attachment",),
    }
    return {part: rows[part] for part in belonging[name]}
