"""One question to an OpenAI-compatible service, with each way it can fail in words."""

from collections.abc import Mapping
from typing import Any, Final, Literal

import msgspec

from core.sdk import AuthFailed, BadData, Calls, Misconfigured, Rejected, Response

_MOST_SECONDS: Final = 300
_AGAIN: Final = "We try again. If it stays, choose another model or another way to ask for the answer's form."


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A passage the model points at. Whatever else it says, numbers included, is not read."""

    requirement: str
    quote: str
    stance: Literal["supports", "partial", "contradicts"]


class Findings(msgspec.Struct, frozen=True, kw_only=True):
    """All that is read of a model's answer."""

    findings: tuple[Finding, ...]


class _Message(msgspec.Struct, frozen=True, kw_only=True):
    content: str | None = None


class _Choice(msgspec.Struct, frozen=True, kw_only=True):
    message: _Message
    finish_reason: str | None = None


class _Completion(msgspec.Struct, frozen=True, kw_only=True):
    choices: tuple[_Choice, ...]


class Service:
    """The service of some settings; see `fields.py`."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._url = _completions(settings.get("base_url", ""))
        key = settings.get("api_key", "")
        self._headers = {"authorization": f"Bearer {key}"} if key else {}
        self._seconds = float(min(max(int(settings.get("timeout") or 120), 5), _MOST_SECONDS))

    def ask(self, body: Mapping[str, Any], calls: Calls) -> Findings:
        """What the model points at; raises errors of `core.sdk.errors` when there is no usable answer."""
        response = calls.request("POST", self._url, json=body, headers=self._headers, seconds=self._seconds)
        _refuse(response)
        return _read(response)


def _completions(base: str) -> str:
    """The address of chat completions, whether or not the version was entered with the base."""
    base = base.rstrip("/").removesuffix("/chat/completions")
    return f"{base}/chat/completions" if base.endswith("/v1") else f"{base}/v1/chat/completions"


def _refuse(response: Response) -> None:
    """Never with the service's own words: they may repeat the text that was sent."""
    status = response.status
    if status in {401, 403}:
        raise AuthFailed(
            f"The model's service does not accept the API key ({status}).",
            hint="Enter a valid key under Settings > Scoring.",
        )
    if status == 404:
        raise Misconfigured(
            "The model's service knows no such address or model (404).",
            field="model",
            hint="Check both under Settings > Scoring.",
        )
    if 300 <= status < 400:
        raise Misconfigured(
            f"The model's service leads elsewhere ({status}), where we do not follow.",
            field="base_url",
            hint="Enter its final address under Settings > Scoring.",
        )
    if status != 200:
        raise Rejected(
            f"The model's service refused the request ({status}).",
            hint="The text may be too long for the model, or the answer's form unknown to the service.",
        )


def _read(response: Response) -> Findings:
    try:
        completion = msgspec.json.decode(response.body, type=_Completion)
    except msgspec.DecodeError as error:
        raise BadData("The model's service did not answer in OpenAI's format.", hint=_AGAIN) from error
    if not completion.choices or not completion.choices[0].message.content:
        raise BadData("The model gave no answer.", hint=_AGAIN)
    chosen = completion.choices[0]
    if chosen.finish_reason == "length":
        raise BadData("The model's answer was cut off.", hint=_AGAIN)
    try:
        return msgspec.json.decode(_unfenced(chosen.message.content or ""), type=Findings)
    except msgspec.DecodeError as error:
        raise BadData("The model's answer is not the JSON that was asked for.", hint=_AGAIN) from error


def _unfenced(content: str) -> str:
    """Without the Markdown fence some models put around any JSON."""
    text = content.strip()
    if text.startswith("```") and text.endswith("```") and "\n" in text:
        text = text[text.index("\n") + 1 : -3]
    return text
