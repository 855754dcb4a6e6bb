"""What an admin enters, and where a connection may call."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from core.sdk import Choice, Field

API: Final = "https://harvest.greenhouse.io/v3"
TOKENS: Final = "https://auth.greenhouse.io/token"
FILES: Final = "https://grnhse-prod-jben-us-east-1.s3.amazonaws.com"

FIELDS: Final = (
    Field(
        name="client_id",
        label="Client ID",
        help="In Greenhouse: Configure > Dev Center > API Credentials > Create new > Harvest V3 (OAuth).",
        help_url="https://support.greenhouse.io/hc/en-us",
    ),
    Field(
        name="client_secret",
        label="Client secret",
        kind="secret",
        help="Greenhouse shows it once, when the credential is made.",
        bound_to=("client_id", "api_url", "token_url"),
    ),
    Field(
        name="acting_user",
        label="Acting user (ID)",
        help="The number of a Site Admin. Reading lists needs one, and what we write appears under the name.",
        placeholder="4000012002",
    ),
    Field(
        name="webhook_secret",
        label="Webhook secret key",
        kind="secret",
        required=False,
        help="The secret key you give the webhooks. Without webhooks, changes are read every minute.",
    ),
    Field(
        name="note_visibility",
        label="Who sees our notes in Greenhouse",
        kind="choice",
        default="private",
        choices=(
            Choice(value="private", label="Those who may see private notes"),
            Choice(value="admin_only", label="Site Admins only"),
            Choice(value="public", label="Everybody on the hiring team"),
        ),
        advanced=True,
    ),
    Field(
        name="score_field",
        label="Application field for the score",
        default="Shortlist score",
        help="Its name in Greenhouse. Fields that do not exist are made, if the credential may.",
        advanced=True,
    ),
    Field(name="band_field", label="Application field for the band", default="Shortlist band", advanced=True),
    Field(
        name="reasons_field",
        label="Application field for the reasons",
        default="Shortlist reasons",
        advanced=True,
    ),
    Field(name="link_field", label="Application field for the link", default="Shortlist link", advanced=True),
    Field(name="api_url", label="API address", kind="url", default=API, advanced=True),
    Field(name="token_url", label="Token address", kind="url", default=TOKENS, advanced=True),
    Field(
        name="files_url",
        label="Address of the file store",
        kind="url",
        default=FILES,
        help="Where links to resumes lead.",
        advanced=True,
    ),
    Field(
        name="more_file_hosts",
        label="Further hosts of the file store",
        required=False,
        help="Separated by commas. The check names a host that is missing here.",
        advanced=True,
    ),
)

PREREQUISITES: Final = (
    "A Greenhouse Site Admin who may manage API credentials in the Dev Center.",
    "A credential of the type “Harvest V3 (OAuth)”: its client ID and its secret, shown once.",
    "The scopes listed in the next step, ticked on that credential.",
    "The numeric ID of the Site Admin on whose behalf Shortlist reads and writes.",
)

EVENTS: Final = (
    "new_candidate_application",
    "application_updated",
    "candidate_stage_change",
    "update_candidate",
    "reject_candidate",
    "unreject_candidate",
    "hire_candidate",
    "unhire_candidate",
    "delete_application",
    "delete_candidate",
    "merge_candidate",
    "candidate_anonymized",
    "job_created",
    "job_updated",
    "job_deleted",
    "job_post_created",
    "job_post_updated",
    "job_post_deleted",
    "job_interview_stage_deleted",
)

WEBHOOK_STEPS: Final = (
    "In Greenhouse open Configure > Dev Center > Web Hooks.",
    "For each event below create a webhook with this address and one secret key for all of them.",
    "Enter the same secret key here under “Webhook secret key”.",
    "Greenhouse sends a ping at once. If that fails, the webhook is disabled and must be enabled by hand.",
)


def hosts(settings: Mapping[str, str]) -> frozenset[str]:
    """The API, the token endpoint and the file store, with their ports where they name one."""
    addresses = [settings.get(name, "") for name in ("api_url", "token_url", "files_url")]
    addresses += [f"//{host.strip()}" for host in settings.get("more_file_hosts", "").split(",")]
    return frozenset(authority for address in addresses if (authority := authority_of(address)))


def authority_of(address: str) -> str:
    """Host, or host and port, of an address; empty for what is none."""
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    return f"{parts.hostname}{port}" if parts.hostname else ""
