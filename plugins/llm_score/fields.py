"""What an admin enters about the model's service."""

from typing import Final

from core.sdk import Choice, Field

FIELDS: Final = (
    Field(
        name="base_url",
        label="Address of the service",
        kind="url",
        placeholder="http://localhost:11434/v1",
        help="An OpenAI-compatible service. The texts of applications are sent there, without who the person is.",
    ),
    Field(name="model", label="Model", placeholder="qwen3:8b", help="As the service calls it."),
    Field(
        name="api_key",
        label="API key",
        kind="secret",
        required=False,
        help="Empty for a service of your own that asks for none.",
        bound_to=("base_url",),
    ),
    Field(
        name="timeout",
        label="Seconds to wait for an answer",
        kind="number",
        default="120",
        advanced=True,
        help="Between 5 and 300. A model on a small machine needs long.",
    ),
    Field(
        name="answer_format",
        label="How the answer's form is asked for",
        kind="choice",
        default="json_schema",
        advanced=True,
        choices=(
            Choice(value="json_schema", label="By a JSON schema (most services)"),
            Choice(value="json_object", label="As a JSON object"),
            Choice(value="none", label="In words only"),
        ),
        help="Choose another when the service refuses requests.",
    ),
)
