"""Webhook bodies: the nested shape of Harvest v1, which webhooks still carry."""

from collections.abc import Callable
from typing import Any

from plugins.greenhouse.twin.account import Account, Row
from plugins.greenhouse.twin.present import definitions, named_values

_NAMED_SOURCE = {"new_candidate_application", "application_updated", "candidate_stage_change"}
_APP = "https://app.greenhouse.io"

Body = dict[str, Any]


class Bodies:
    """Builds bodies from an account; `link` gives the address of an attachment's bytes."""

    def __init__(self, account: Account, link: Callable[[Row], str]) -> None:
        self._account = account
        self._link = link

    def application(self, row: Row, event: str) -> Body:
        """`{application: …}` with candidate and jobs nested."""
        account = self._account
        source = account.get("sources", row["source_id"])
        key = "name" if event in _NAMED_SOURCE else "public_name"
        jobs = [row["job_id"]] if row["job_id"] else row["prospective_job_ids"]
        body: Body = {
            "id": row["id"],
            "rejected_at": plain(row["rejected_at"]),
            "prospect": row["prospect"],
            "status": "active" if row["status"] == "in_process" else row["status"],
            "applied_at": plain(row["created_at"]),
            "last_activity_at": plain(row["last_activity_at"]),
            "url": f"{_APP}/people/{row['candidate_id']}?application_id={row['id']}",
            "source": {"id": source["id"], key: source["name"]} if source else None,
            "credited_to": self._referrer(row["referrer_id"]),
            "rejection_reason": self._reason(row["id"]),
            "rejection_details": {"custom_fields": {}} if row["rejected_at"] else None,
            "current_stage": self._stage(row),
            "prospect_detail": {"prospect_pool": None, "prospect_stage": None, "prospect_owner": None},
            "custom_fields": self._custom("application", row),
            "candidate": self._candidate(row["candidate_id"], row),
            "jobs": [self.job(job)["job"] for job in map(self._job, jobs) if job],
        }
        return {"application": body}

    def hired(self, row: Row, offer: Row | None) -> Body:
        """`hire_candidate`: the application with opening, job and offer."""
        body: Body = self.application(row, "hire_candidate")["application"]
        opening = self._account.first("openings", application_id=row["id"])
        body["opening"] = {"opening_id": opening["opening_id"], "custom_fields": []} if opening else None
        body["job"] = body["jobs"][0] if body["jobs"] else None
        body["offer"] = offer and {
            "id": offer["id"],
            "version": offer["version"],
            "created_at": plain(offer["created_at"]),
            "sent_at": offer["sent_on"],
            "resolved_at": plain(offer["resolved_at"]),
            "starts_at": offer["starts_on"],
            "custom_fields": self._custom("offer", offer),
        }
        return {"application": body}

    def candidate(self, row: Row) -> Body:
        """`update_candidate`: `{candidate: …}`."""
        return {"candidate": self._candidate(row["id"], None)}

    def person(self, row: Row, **extra: Any) -> Body:
        """`delete_candidate` and `merge_candidate`: `{person: …}`."""
        return {
            "person": {
                "id": row["id"],
                "first_name": row["first_name"],
                "last_name": row["last_name"],
                "company": row["company"],
                "title": row["title"],
                "created_at": plain(row["created_at"]),
                "headline": None,
                "is_private": bool(row["private"]),
                "recruiter_user_id": None,
                "coordinator_user_id": None,
                "can_email": row["can_email"],
                **extra,
            }
        }

    def deleted_application(self, row: Row) -> Body:
        """`delete_application`."""
        detail = self._account.first("rejection_details", application_id=row["id"])
        return {
            "application": {
                "id": row["id"],
                "candidate_id": row["candidate_id"],
                "job_id": row["job_id"],
                "created_at": plain(row["created_at"]),
                "source_id": row["source_id"],
                "candidate_rejection_reason_id": detail["rejection_reason_id"] if detail else None,
                "rejection_note_id": detail["rejection_note_id"] if detail else None,
                "rejected_at": plain(row["rejected_at"]),
                "referrer_id": row["referrer_id"],
                "prospect": row["prospect"],
                "rejected_by_user_id": detail["rejected_by_id"] if detail else None,
            }
        }

    def job(self, row: Row) -> Body:
        """`job_created`, `job_updated`: `{job: …}`."""
        account = self._account
        post = account.first("job_posts", job_id=row["id"])
        department = account.get("departments", row["department_id"])
        offices = [office for office in map(self._office, row["office_ids"] or []) if office]
        return {
            "job": {
                "id": row["id"],
                "name": row["name"],
                "requisition_id": row["requisition_id"],
                "notes": row["notes"],
                "confidential": row["confidential"],
                "job_post_id": post["id"] if post else None,
                "status": row["status"],
                "created_by_id": None,
                "created_at": plain(row["created_at"]),
                "opened_at": plain(row["opened_at"]),
                "closed_at": plain(row["closed_at"]),
                "url": f"{_APP}/sdash/{row['id']}",
                "departments": [_named(department)] if department else [],
                "offices": [{**_named(office), "location": office["location"]} for office in offices],
                "hiring_team": self._team(row["id"]),
                "openings": [
                    {"id": opening["id"], "opening_id": opening["opening_id"], "custom_fields": []}
                    for opening in account.where("openings", job_id=row["id"])
                ],
                "custom_fields": self._custom("job", row),
            }
        }

    def job_post(self, row: Row) -> Body:
        """`job_post_created`, `job_post_updated`: flat."""
        place = self._account.first("job_post_locations", job_post_id=row["id"])
        return {
            "id": row["id"],
            "title": row["title"],
            "location": place["plain_text_location"] if place else None,
            "content": row["content"],
            "internal_content": row["internal_content"],
            "updated_at": plain(row["updated_at"]),
            "job_id": row["job_id"],
            "external": not row["internal"],
            "internal": row["internal"],
            "live": row["live"],
            "questions": [
                {
                    "required": question["required"],
                    "private": question["private"],
                    "label": question["label"],
                    "type": question["answer_type"],
                    "values": question["options"],
                }
                for question in row["questions"]
            ],
        }

    def _candidate(self, candidate_id: int, application: Row | None) -> Body:
        account = self._account
        row = account.tables["candidates"].rows[candidate_id]
        team = application or account.first("applications", candidate_id=candidate_id) or {}
        return {
            "id": row["id"],
            "first_name": row["first_name"],
            "last_name": row["last_name"],
            "title": row["title"],
            "company": row["company"],
            "created_at": plain(row["created_at"]),
            "external_id": None,
            "photo_url": None,
            "url": f"{_APP}/people/{row['id']}",
            "is_private": bool(row["private"]),
            "can_email": row["can_email"],
            "phone_numbers": row["phone_numbers"],
            "email_addresses": row["email_addresses"],
            "addresses": row["addresses"],
            "website_addresses": row["website_addresses"],
            "social_media_addresses": row["social_media_addresses"],
            "educations": [
                self._education(e) for e in account.where("candidate_educations", candidate_id=row["id"])
            ],
            "employments": [
                _employment(e) for e in account.where("candidate_employments", candidate_id=row["id"])
            ],
            "recruiter": self._user(team.get("recruiter_id")),
            "coordinator": self._user(team.get("coordinator_id")),
            "attachments": [
                {"filename": file["filename"], "url": self._link(file), "type": file["type"]}
                for file in account.where("attachments", candidate_id=row["id"])
            ],
            "tags": row["tags"],
            "custom_fields": self._custom("candidate", row),
        }

    def _custom(self, field_type: str, row: Row) -> Body:
        named = named_values(definitions(self._account, field_type), row["custom_fields"] or {})
        for entry in named.values():
            entry["type"] = "boolean" if entry["type"] == "yes_no" else entry["type"]
        return named

    def _stage(self, row: Row) -> Body | None:
        stage = self._account.get("job_interview_stages", row.get("_job_interview_stage_id"))
        if stage is None:
            return None
        steps = self._account.where("job_interviews", job_interview_stage_id=stage["id"])
        interviews = [{"id": step["id"], "name": step["name"], "status": "to_be_scheduled"} for step in steps]
        return {"id": stage["id"], "name": stage["name"], "interviews": interviews}

    def _reason(self, application_id: int) -> Body | None:
        detail = self._account.first("rejection_details", application_id=application_id)
        reason = self._account.get("rejection_reasons", detail["rejection_reason_id"]) if detail else None
        if reason is None:
            return None
        kind = {"id": reason["type"]["id"], "name": reason["type"]["name"]}
        return {"id": reason["id"], "name": reason["name"], "type": kind}

    def _referrer(self, referrer_id: int | None) -> Body | None:
        referrer = self._account.get("referrers", referrer_id)
        return self._user(referrer["user_id"]) if referrer else None

    def _user(self, user_id: int | None) -> Body | None:
        user = self._account.get("users", user_id)
        return user and {
            "id": user["id"],
            "email": user["primary_email"],
            "name": user["name"],
            "employee_id": user["employee_id"],
        }

    def _job(self, job_id: int) -> Row | None:
        return self._account.get("jobs", job_id)

    def _office(self, office_id: int) -> Row | None:
        return self._account.get("offices", office_id)

    def _team(self, job_id: int) -> Body:
        team: Body = {"hiring_managers": [], "sourcers": [], "recruiters": [], "coordinators": []}
        for row in self._account.where("job_hiring_managers", job_id=job_id):
            team["hiring_managers"].append(self._member(row["user_id"]))
        for row in self._account.where("job_owners", job_id=job_id):
            team[f"{row['type']}s"].append(self._member(row["user_id"]))
        return team

    def _member(self, user_id: int) -> Body:
        user = self._account.get("users", user_id)
        return {"user_id": user_id, "employee_id": user["employee_id"] if user else None}

    def _education(self, row: Row) -> Body:
        names = {
            key: (self._account.get("custom_field_options", row[f"{key}_custom_field_option_id"]) or {}).get(
                "name"
            )
            for key in ("school_name", "degree", "discipline")
        }
        return {**names, "start_date": _american(row["start_at"]), "end_date": _american(row["end_at"])}


def plain(stamp: str | None) -> str | None:
    """A stamp without milliseconds, as webhooks write it."""
    return stamp and stamp[:19] + "Z"


def _american(day: str | None) -> str | None:
    return day and f"{day[5:7]}/{day[8:10]}/{day[:4]}"


def _employment(row: Row) -> Body:
    return {
        "company_name": row["company_name"],
        "title": row["title"],
        "start_date": _american(row["start_date"]),
        "end_date": _american(row["end_date"]),
    }


def _named(row: Row) -> Body:
    return {"id": row["id"], "name": row["name"], "external_id": row["external_id"]}
