"""The scorers' process: answers one question after another, confined, until its parent is gone.

Questions are read on a thread of their own, so that the end of standard input ends the process even while
a scorer is at work. Whatever plugins print is thrown away by the parent: it may be a resume.
"""

import os
import threading
import traceback
from collections.abc import Sequence
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO

import msgspec

from core.log import hide, protect
from core.registry.catalog import Catalog, load_catalog
from core.registry.confine import confine
from core.registry.loader import BrokenPlugin, in_one_line
from core.registry.scorer_calls import PipedCalls
from core.registry.scorer_wire import HEADER, Call, Called, Question, Reply, Setup, frame
from core.sdk.errors import ConnectorError, RateLimited
from core.sdk.scorer import Calls, Judgement, Rubric, Scorer, ScorerEntry, made


def main() -> None:
    """Serve until standard input closes."""
    source, target = _pipes()
    setup = msgspec.msgpack.decode(_take(source), type=Setup)
    confine(setup.memory)
    line = Line(target)
    questions: SimpleQueue[Question] = SimpleQueue()
    threading.Thread(target=_listen, args=(source, questions, line.calls), daemon=True).start()
    scorers = Scorers(
        load_catalog(
            plugins_dir=Path(setup.plugins_dir) if setup.plugins_dir else None,
            only=None if setup.only is None else frozenset(setup.only),
        ),
        line.calls,
    )
    while True:
        line.send(scorers.answer(questions.get()))


class Line:
    """The way to the parent, for answers and for calls from any thread."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._lock = threading.Lock()
        self.calls = PipedCalls(self.send)

    def send(self, message: Reply | Call) -> None:
        """Send one message whole."""
        with self._lock:
            self._target.write(frame(message))
            self._target.flush()


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes under numbers of their own: what a plugin reads is empty, what it prints goes elsewhere."""
    source, target = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    return source, target


def _listen(source: BinaryIO, questions: "SimpleQueue[Question]", calls: PipedCalls) -> None:
    while True:
        message = msgspec.msgpack.decode(_take(source), type=Question | Called)
        if isinstance(message, Called):
            calls.take(message)
        else:
            questions.put(message)


def _take(source: BinaryIO) -> bytes:
    header = source.read(HEADER.size)
    if len(header) < HEADER.size:
        os._exit(0)
    (size,) = HEADER.unpack(header)
    return source.read(size)


class Scorers:
    """The scorers asked for so far, made once for each of their settings."""

    def __init__(self, catalog: Catalog, calls: Calls) -> None:
        self._catalog, self._calls = catalog, calls
        self._made: dict[tuple[str, str], Scorer] = {}

    def answer(self, question: Question) -> Reply:
        """The scorer's version or judgements, or in one line what went wrong."""
        try:
            scorer = self._scorer(question)
            version = _version(scorer)
        except Exception as error:
            # A scorer is a stranger's code. No resume has been near it yet, so its words may be told.
            return Reply(number=question.number, problem=in_one_line(error))
        if question.rubric is None:
            return Reply(number=question.number, version=version)
        try:
            judgements = _judged(scorer, question.rubric, question)
        except BrokenPlugin as error:
            return Reply(number=question.number, problem=str(error))
        except ConnectorError as error:
            return _told(question, error)
        except Exception as error:
            # Its words may quote a resume: only the place is told.
            return Reply(number=question.number, problem=_place(error))
        return Reply(number=question.number, version=version, judgements=judgements)

    def _scorer(self, question: Question) -> Scorer:
        key = (question.scorer, msgspec.json.encode(question.settings, order="sorted").decode())
        if key not in self._made:
            found = self._catalog.scorers.get(question.scorer)
            if found is None:
                raise BrokenPlugin("It is not installed, or its plugin cannot be loaded.")
            self._made[key] = self._make(found.entry, question.settings)
        return self._made[key]

    def _make(self, entry: ScorerEntry, settings: dict[str, str]) -> Scorer:
        protect(*(settings.get(field.name, "") for field in entry.fields if field.kind == "secret"))
        return made(entry, settings, self._calls)


def _told(question: Question, error: ConnectorError) -> Reply:
    """What a scorer tells people itself; by the contract such words hold no secret and nothing of a resume."""
    wait = error.retry_after if isinstance(error, RateLimited) else 0.0
    return Reply(
        number=question.number,
        problem=hide(error.message),
        hint=hide(error.hint),
        kind=type(error).__name__,
        retry_after=wait,
    )


def _version(scorer: Scorer) -> str:
    version: object = scorer.version
    if not isinstance(version, str) or not version:
        raise BrokenPlugin("Its version must be a text that is not empty.")
    return version


def _judged(scorer: Scorer, rubric: Rubric, question: Question) -> tuple[tuple[Judgement, ...], ...]:
    judged: Any = scorer.judge(rubric, question.materials)
    if not isinstance(judged, Sequence) or isinstance(judged, str | bytes):
        raise BrokenPlugin("judge() must return a sequence with one tuple for each application.")
    try:
        plain = msgspec.to_builtins(judged)
        return msgspec.convert(plain, type=tuple[tuple[Judgement, ...], ...], strict=True)
    except msgspec.ValidationError as error:
        # The part behind " - at " is a path; the part before it may quote the value.
        raise BrokenPlugin(
            f"Its answer has the wrong shape at {str(error).rpartition(' - at ')[2]}."
        ) from None
    except TypeError:
        raise BrokenPlugin("Its answer holds something that is not a Judgement.") from None


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}."


if __name__ == "__main__":
    main()
