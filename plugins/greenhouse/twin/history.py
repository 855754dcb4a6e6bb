"""What became of seeded applications."""

from datetime import timedelta

from plugins.greenhouse.twin import people, pipeline
from plugins.greenhouse.twin.account import Row, stamp
from plugins.greenhouse.twin.hand import Hand


def progress(hand: Hand, application: Row, number: int) -> None:
    """Let some applications move on with an interview, some be rejected and one be hired.

    A few candidates are tagged, noted, private, or offered something.
    """
    stage, reason = application["_job_interview_stage_id"], hand.first("rejection_reasons", _default=True)
    if number % 9 == 4:
        pipeline.move(hand.world, application["id"], from_stage_id=stage, to_stage_id=None, to_job_id=None)
        _interview(hand, application)
    elif number % 11 == 6:
        by = hand.first("users", first_name="Chiara")
        pipeline.reject(hand.world, application["id"], reason_id=reason, by=by)
    elif number == 7:
        pipeline.offer(hand.world, application["id"])
        pipeline.offer(hand.world, application["id"], status="Accepted")
        pipeline.hire(hand.world, application["id"])
    _remark(hand, application, number)


def _remark(hand: Hand, application: Row, number: int) -> None:
    """What people add to candidates as time goes by."""
    candidate = application["candidate_id"]
    if number % 10 == 3:
        people.apply_tag(hand.world, candidate, hand.first("candidate_tags", name="Strong writer"))
    elif number % 12 == 5:
        text = "Called back within the hour; prefers e-mail."
        people.add_note(
            hand.world,
            candidate_id=candidate,
            application_id=application["id"],
            body=text,
            body_with_tags=text,
            type="NOTE",
            user_id=hand.first("users", first_name="Chiara"),
            visibility="publicly_visible",
        )
    elif number == 8:
        hand.account.change("candidates", candidate, hand.clock(), private=True)


def _interview(hand: Hand, application: Row) -> None:
    """A finished interview with a scorecard for the stage the application has just entered."""
    account, now = hand.account, stamp(hand.clock())
    entered = account.tables["applications"].rows[application["id"]]["_job_interview_stage_id"]
    step = account.first("job_interviews", job_interview_stage_id=entered)
    kit = account.first("interview_kits", job_interview_id=step["id"]) if step else None
    if step is None or kit is None:
        return
    user = hand.first("users", first_name="Dmitri")
    interview = account.add(
        "interviews",
        hand.clock(),
        job_id=application["job_id"],
        application_id=application["id"],
        job_interview_id=step["id"],
        starts_at=now,
        ends_at=stamp(hand.clock() + timedelta(minutes=45)),
        status="complete",
        organizer_id=hand.first("users", first_name="Chiara"),
        scheduled_at=now,
    )
    scorecard = account.add(
        "scorecards",
        hand.clock(),
        interview_kit_id=kit["id"],
        interviewer_id=user,
        submitter_id=user,
        interviewed_at=now,
        submitted_at=now,
        candidate_rating="yes",
        status="complete",
        application_id=application["id"],
    )
    account.add(
        "interviewers",
        hand.clock(),
        interview_id=interview["id"],
        user_id=user,
        scorecard_id=scorecard["id"],
        response_status="accepted",
    )
