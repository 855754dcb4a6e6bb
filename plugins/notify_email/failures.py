"""What went wrong with a mail server, as the host's errors and in words of what to do."""

import ssl

import aiosmtplib

from core.sdk import AuthFailed, ConnectorError, Misconfigured, Rejected, Unavailable


def explained(error: Exception, host: str) -> ConnectorError:
    """The error to raise instead. Replies are told by their code alone: their words may hold addresses."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return _answered(error.recipients[0], host)
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return _answered(error, host)
    if isinstance(error, OverflowError):
        return Misconfigured("There is no such port.", field="port", hint="Use a number from 1 to 65535.")
    if _about_certificates(error):
        return Misconfigured(
            f"The certificate of {host} cannot be trusted, or it does not speak TLS on this port.",
            field="security",
            hint="Check server name, port and encryption; name a private authority in SSL_CERT_FILE.",
        )
    if isinstance(error, OSError):
        return Unavailable(f"{host} did not answer.", hint="Check server name and port.")
    if isinstance(error, aiosmtplib.SMTPNotSupported):
        return Rejected("The mail server cannot deliver to this address.", hint="Use a plain address.")
    return Misconfigured(
        f"{host} does not offer what the settings ask for.",
        field="security",
        hint="Check port, encryption and sign-in.",
    )


def _answered(error: aiosmtplib.SMTPResponseException, host: str) -> ConnectorError:
    """By the reply code (RFC 5321 4.2.1): 4xx may be tried again, 5xx is final."""
    if error.code < 500:
        return Unavailable(f"{host} cannot take mail now ({error.code}).", hint="We keep trying.")
    if isinstance(error, aiosmtplib.SMTPAuthenticationError):
        return AuthFailed(
            f"{host} refused the user name or password ({error.code}).",
            hint="Enter them again; some providers want a password made for one app.",
        )
    if isinstance(error, aiosmtplib.SMTPSenderRefused):
        return Misconfigured(
            f"{host} does not let this sender send ({error.code}).",
            field="sender",
            hint="Use an address that belongs to the user name.",
        )
    return Rejected(f"{host} refused the message ({error.code}).", hint="Check the member's e-mail address.")


def _about_certificates(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False
