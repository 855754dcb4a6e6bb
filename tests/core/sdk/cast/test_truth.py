"""What tests elsewhere hold scores against has to be true, for every seed and every size."""

from collections import Counter, defaultdict
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.sdk.testing.cast import Cast, CastApplication, CastPerson, make_cast
from core.sdk.testing.cast.occupations import OCCUPATIONS, Occupation

CAST = make_cast()
FITS = {"strong", "good", "partial", "weak", "off"}


def _occupation(job_key: str) -> Occupation:
    return next(o for o in OCCUPATIONS if job_key in {o.key, *(f"{o.key}-{n}" for n in range(9))})


def _works_as(person: CastPerson, occupation: Occupation) -> bool:
    return person.employments[0].title in {*occupation.titles, *occupation.juniors}


def _second_applications(cast: Cast) -> list[tuple[CastApplication, CastApplication]]:
    by_person: defaultdict[str, list[CastApplication]] = defaultdict(list)
    for application in cast.applications:
        by_person[application.person.key].append(application)
    return [(two[0], two[1]) for two in by_person.values() if len(two) > 1]


@given(seed=st.integers(0, 10_000), jobs=st.integers(1, 12))
@settings(max_examples=25, deadline=None)
def test_every_job_has_every_fit_whatever_the_seed(seed: int, jobs: int) -> None:
    fits: defaultdict[str, set[str]] = defaultdict(set)
    for application in make_cast(seed=seed, applications=jobs * 12, jobs=jobs).applications:
        fits[application.job_key].add(application.fit)
    assert [job for job, found in fits.items() if found != FITS] == []


@pytest.mark.parametrize("jobs", [2, 4, 8, 10, 19, 20])
def test_who_applies_twice_applies_to_another_occupation_and_is_off_there(jobs: int) -> None:
    pairs = _second_applications(make_cast(applications=400, jobs=jobs))
    assert pairs
    for first, second in pairs:
        assert _occupation(first.job_key) is not _occupation(second.job_key)
        assert second.fit == "off"
        assert not _works_as(second.person, _occupation(second.job_key))


def test_one_occupation_has_nobody_who_applies_twice() -> None:
    assert _second_applications(make_cast(applications=100, jobs=1)) == []


def test_only_off_applications_come_from_another_occupation() -> None:
    for application in CAST.applications:
        works_there = _works_as(application.person, _occupation(application.job_key))
        assert works_there == (application.fit != "off"), application.key


def test_strong_people_have_the_years_and_partial_people_have_not() -> None:
    for application in CAST.applications:
        years, asked = _years(application.person), _occupation(application.job_key).years
        if application.fit == "strong":
            assert years >= asked, application.key
        if application.fit in {"partial", "weak"}:
            assert years < max(asked, 1), application.key


def _years(person: CastPerson) -> float:
    months = 0
    for employment in person.employments:
        start, end = _month(employment.start), _month(employment.end or "2026-11")
        assert start < end
        months += end - start
    return months / 12


def _month(moment: str) -> int:
    year, month = moment.split("-")
    return int(year) * 12 + int(month)


def test_careers_run_forward_without_overlap_and_studies_end_before_work() -> None:
    for application in make_cast(seed=3, applications=600).applications:
        jobs, (study, *_) = application.person.employments, application.person.educations
        for newer, older in pairwise(jobs):
            assert older.end is not None
            assert older.end <= newer.start
        assert study.start_year < study.end_year <= int(jobs[-1].start[:4])


def test_one_person_is_there_twice_under_one_address_and_nobody_else_is() -> None:
    people = {a.person.key: a.person for a in CAST.applications}
    shared = [email for email, count in Counter(p.email for p in people.values()).items() if count > 1]
    assert len(shared) == 1
    one, two = [person for person in people.values() if person.email == shared[0]]
    assert one.last_name == two.last_name
    assert one.phone != two.phone


def test_links_lead_nowhere_real() -> None:
    hosts = {urlsplit(link).hostname or "" for a in CAST.applications for link in a.person.links}
    assert hosts
    assert all(host.endswith(("example.com", "example.org", "example.net")) for host in hosts)
