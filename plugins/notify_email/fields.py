"""What an admin enters about the mail server."""

from typing import Final

from core.sdk import Choice, Field

FIELDS: Final = (
    Field(name="host", label="Mail server", placeholder="smtp.example.com"),
    Field(
        name="port",
        label="Port",
        kind="number",
        default="587",
        help="587 with STARTTLS, 465 with TLS from the first byte, 25 for a relay in your own network.",
    ),
    Field(
        name="security",
        label="Encryption",
        kind="choice",
        default="starttls",
        choices=(
            Choice(value="starttls", label="STARTTLS"),
            Choice(value="tls", label="TLS"),
            Choice(value="none", label="None (a relay in your own network)"),
        ),
    ),
    Field(name="username", label="User name", required=False, help="Empty for a relay without sign-in."),
    Field(name="password", label="Password", kind="secret", required=False, bound_to=("host", "username")),
    Field(
        name="sender",
        label="Sender address",
        placeholder="shortlist@example.com",
        help="Notices come from this address. The mail server must let the user name send as it.",
    ),
    Field(name="sender_name", label="Sender name", default="Shortlist", required=False, advanced=True),
)
