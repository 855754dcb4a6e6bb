"""Puts applications together with their persons and documents, fifty ids to a call."""

from collections.abc import Sequence

from core.sdk import AnyRecord, Application, BadData, Document, Person, Problem
from plugins.greenhouse import mapping
from plugins.greenhouse.client import Harvest, Row, ids_of, together
from plugins.greenhouse.job_reading import grouped
from plugins.greenhouse.names import Names

_HIDDEN = "Greenhouse does not show this candidate: private, or not ready yet. Its applications wait."


class Bundling:
    """Completes rows of applications to records a page can hold."""

    def __init__(self, harvest: Harvest, names: Names) -> None:
        self._harvest = harvest
        self._names = names

    async def bundle(self, rows: Sequence[Row]) -> tuple[list[AnyRecord], list[Problem]]:
        """Persons, applications and documents of the rows, and what had to be set aside.

        Prospects without a job are left out. An application whose person Greenhouse does not show is set
        aside with its person: nobody could be screened by it.
        """
        wanted = [row for row in rows if row.get("job_id") is not None]
        if not wanted:
            return [], []
        ids, people = ids_of(wanted, "id"), ids_of(wanted, "candidate_id")
        harvest, optional = self._harvest, self._names.optional
        candidates, employments, educations, attachments, stages = await together(
            harvest.batched("candidates", "ids", people),
            optional(harvest.in_batches("candidate_employments", "candidate_ids", people), "employments"),
            optional(harvest.in_batches("candidate_educations", "candidate_ids", people), "educations"),
            harvest.batched("attachments", "application_ids", ids),
            self._stages(wanted),
        )
        problems: list[Problem] = []
        persons = await self._persons(candidates, employments, educations, problems)
        seen = set(ids_of(candidates, "id"))
        hidden = [key for key in people if key not in seen]
        problems += [Problem(reference=f"candidate {key}", message=_HIDDEN) for key in hidden]
        shown = {person.id for person in persons}
        applications = await self._applications(wanted, stages, attachments, shown, problems)
        documents = _documents(attachments, applications, problems)
        return [*persons, *applications, *documents], problems

    async def _persons(
        self,
        candidates: Sequence[Row],
        employments: Sequence[Row],
        educations: Sequence[Row],
        problems: list[Problem],
    ) -> list[Person]:
        schools = await self._names.of_education(educations)
        worked, studied = grouped(employments, "candidate_id"), grouped(educations, "candidate_id")
        found: list[Person] = []
        for row in candidates:
            key = str(row.get("id"))
            if "id" not in row:  # the stub of a private candidate; its id is reported as missing
                continue
            try:
                found.append(mapping.person(row, worked.get(key, ()), studied.get(key, ()), schools))
            except BadData as error:
                problems.append(Problem(reference=f"candidate {key}", message=error.message))
        return found

    async def _applications(
        self,
        rows: Sequence[Row],
        stages: Sequence[Row],
        attachments: Sequence[Row],
        people: set[str],
        problems: list[Problem],
    ) -> list[Application]:
        current = {
            str(row.get("application_id")): str(row.get("job_interview_stage_id") or "") for row in stages
        }
        sources = await self._names.of("sources")
        files = grouped(attachments, "application_id")
        found: list[Application] = []
        for row in rows:
            key = str(row.get("id"))
            try:
                application = mapping.application(row, current.get(key, ""), sources, files.get(key, ()))
            except BadData as error:
                problems.append(Problem(reference=f"application {key}", message=error.message))
                continue
            if application is not None and application.person_id in people:
                found.append(application)
        return found

    async def _stages(self, rows: Sequence[Row]) -> list[Row]:
        """The stage history's current entries of active applications that do not tell their stage."""
        unknown = [
            str(row["id"])
            for row in rows
            if row.get("job_interview_stage_id") is None and row.get("status") == "in_process" and "id" in row
        ]
        listing = self._harvest.in_batches("application_stages", "application_ids", unknown, current="true")
        return await self._names.optional(listing, "application_stages")


def _documents(
    attachments: Sequence[Row], applications: Sequence[Application], problems: list[Problem]
) -> list[Document]:
    people = {application.id: application.person_id for application in applications}
    found: list[Document] = []
    for row in attachments:
        person = people.get(str(row.get("application_id")), "")
        try:
            document = mapping.document(row, person)
        except BadData as error:
            problems.append(Problem(reference="attachment", message=error.message))
            continue
        if document is not None:
            found.append(document)
    return found
