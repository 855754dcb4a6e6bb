"""A small OpenAI-compatible service on a thread: for tests of scorers that ask a model, without a model.

It reads the prompt it is sent and points at sentences that share a word with a requirement, as a plain model
would. Its behaviour can be changed at any time, so that tests see what a scorer makes of a bad one.
"""

import json
import re
import threading
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, Literal, Self

Behaviour = Literal[
    "honest", "inventing", "counting", "obeying", "prose", "cut_off", "other_format", "fenced", "unsure"
]
_DEMAND: Final = re.compile(r"^(R\d+) \([^)]*\): (.*)$", re.MULTILINE)
_DOCUMENT: Final = re.compile(r"^<<< \S+ (\w+)\n(.*?)\n>>> \1$", re.MULTILINE | re.DOTALL)
_ORDER: Final = re.compile(r"ignore all previous instructions", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_COMMON: Final = frozenset(
    {"and", "for", "the", "with", "least", "years", "level", "experience", "one", "these", "enough"}
)


class ModelService:
    """The service: `behaviour` is what the model is like, `statuses` are answered first, one each.

    About texts that hold `chokes_on` it answers in prose, whatever its behaviour.
    """

    def __init__(self, *, key: str = "") -> None:
        self.key = key
        self.behaviour: Behaviour = "honest"
        self.chokes_on = ""
        self.statuses: list[tuple[int, dict[str, str]]] = []
        self.asked: list[dict[str, Any]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """The address to enter as base URL."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def fail(self, status: int, *, times: int = 1, **headers: str) -> None:
        """Answer the next requests with a status; `retry_after="2"` becomes the header Retry-After."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.statuses += [(status, named)] * times

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers.get("content-length", "0"))))
                status, headers, answer = service.answer(
                    self.path, self.headers.get("authorization", ""), body
                )
                self.send_response(status)
                for name, value in {**headers, "content-length": str(len(answer))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, format: str, *args: Any) -> None:
                """Nothing: what is asked is a resume."""

        return Handler

    def answer(
        self, path: str, authorization: str, body: dict[str, Any]
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body for one request."""
        self.asked.append(body)
        if self.statuses:
            status, headers = self.statuses.pop(0)
            return status, headers, b'{"error": {"message": "' + _words(body).encode()[:200] + b'"}}'
        if self.key and authorization != f"Bearer {self.key}":
            return 401, {}, b'{"error": {"message": "wrong key"}}'
        if path != "/v1/chat/completions":
            return 404, {}, b'{"error": {"message": "no such address"}}'
        if self.behaviour == "other_format":
            return 200, {}, b"<html>Welcome to nginx!</html>"
        reason = "length" if self.behaviour == "cut_off" else "stop"
        message = {"role": "assistant", "content": self._content(_words(body))}
        choice = {"index": 0, "message": message, "finish_reason": reason}
        return 200, {}, json.dumps({"object": "chat.completion", "choices": [choice]}).encode()

    def _content(self, words: str) -> str:
        if self.behaviour == "prose" or (self.chokes_on and self.chokes_on in words):
            return "Certainly! This candidate is a great fit, I would give them 92 of 100."
        found = self._findings(_DEMAND.findall(words), [text for _, text in _DOCUMENT.findall(words)])
        answer: dict[str, Any] = {"findings": found}
        if self.behaviour == "counting":
            answer = {"score": 99, "findings": [{**one, "confidence": 0.99, "points": 40} for one in found]}
        text = json.dumps(answer)
        return f"```json\n{text}\n```" if self.behaviour == "fenced" else text

    def _findings(self, demands: Sequence[tuple[str, str]], texts: Sequence[str]) -> list[dict[str, str]]:
        if self.behaviour == "inventing":
            quote = "Led the whole department for twenty years and was praised by everybody."
            return [_finding(label, quote, "supports") for label, _ in demands]
        if self.behaviour == "obeying" and any(map(_ORDER.search, texts)):
            first = next(line for text in texts for line in text.splitlines() if line.strip())
            return [_finding(label, first, "supports") for label, _ in demands]
        sentences = [line for text in texts for line in text.splitlines()]
        stance = "partial" if self.behaviour == "unsure" else ""
        return [
            _finding(label, sentence, stance or ("contradicts" if " no " in sentence else "supports"))
            for label, demand in demands
            for sentence in sentences
            if _named(demand) & _named(sentence)
        ]


def _words(body: dict[str, Any]) -> str:
    return str(next((m["content"] for m in body.get("messages", []) if m["role"] == "user"), ""))


def _named(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)} - _COMMON


def _finding(label: str, quote: str, stance: str) -> dict[str, str]:
    return {"requirement": label, "quote": quote, "stance": stance}
