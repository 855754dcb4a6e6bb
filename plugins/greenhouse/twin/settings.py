"""What a twin can be told to do: limits, and a switch for all that is unconfirmed about Harvest v3."""

from typing import Literal

import msgspec

DAY = 24 * 3600


class TwinSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Defaults are what was recorded from production, or where nothing was, what is harder on a client."""

    rate_limit: bool = True
    calls_per_window: int = 150
    tokens_per_window: int = 60
    token_seconds: int = 3600
    url_seconds: int = 7 * DAY
    cursor_seconds: int = DAY
    files_url: str = ""
    """Base of attachment links; empty means `/files` of the host the client called."""

    custom_fields_patch: Literal["replace", "merge"] = "replace"
    single_select_by: Literal["id", "name", "both"] = "both"
    duplicate_tag: Literal["existing", "refused", "second"] = "existing"
    duplicate_applied_tag: Literal["existing", "refused", "second"] = "refused"
    one_active_token: bool = False
    stable_event_id: bool = True
    bracket_filters: Literal["honoured", "ignored", "refused"] = "honoured"
    job_interview_stage_id: bool = True
    """Applications carry the undocumented `job_interview_stage_id` and can be filtered by it."""
    forbidden_body: Literal["message", "errors", "empty"] = "message"
    last_link: Literal["empty", "missing"] = "empty"
    private_stubs: bool = False
    """Private candidates come as `{"message": …}` rows."""
    confidential_jobs: bool = True
    """Site Admins see confidential jobs they are not on the hiring team of."""
    visible_after_seconds: float = 0.0
    """How long a created candidate or application stays out of lists."""
    children_touch_parents: bool = False
    """A new note, tag or attachment moves `updated_at` of its candidate and application."""
    webhook_time_scale: float = 1.0
    """Factor on the waits between webhook attempts."""
