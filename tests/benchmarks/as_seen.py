"""Writes the reader's material as a scorer sees it: without whom it tells of.

    python tests/benchmarks/as_seen.py tests/benchmarks/data/reader/*.jsonl --out FOLDER

The reader must learn from the texts it will be given. What was taken out of a line leaves a mark in it; a line that
told of nothing else is left out. A passage for a requirement of the right to work stays as it is, as in
`shortlist match`.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.screening.deidentify import Deidentified, Identity, deidentify, recognised
from core.screening.matching import typed
from plugins.rubric_score.reader.examples import text_of

_NOBODY = Identity(names=())


def main() -> None:
    """Run it: one file of the same name for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for path in options.files:
        said = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
        lines = (json.dumps(_seen(one), ensure_ascii=False) for one in said)
        (options.out / path.name).write_text("".join(f"{line}\n" for line in lines), "utf-8")


def _seen(said: dict[str, Any]) -> dict[str, Any]:
    if "resumes" in said:
        return said | {"resumes": [one | {"lines": lines_seen(one["lines"])} for one in said["resumes"]]}
    if any(requirement.category == "authorization" for requirement in typed(said["requirement"])):
        return said
    if "passages" in said:
        return said | {"passages": [_passage(one) for one in said["passages"]]}
    return said | {side: _passage(said[side]) for side in ("better", "worse")}


def _passage(one: dict[str, Any]) -> dict[str, Any]:
    return one | {"evidence": deidentify(one["evidence"], _NOBODY).text}


def lines_seen(lines: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines of a resume with marks where the person was."""
    whole = text_of(lines)
    found = deidentify(whole, recognised(whole, _NOBODY))
    seen, at = [], 0
    for line in lines:
        end = at + len(line["text"])
        text = found.text[_place(found, at, last=False) : _place(found, end, last=True)].strip()
        at = end + 1
        if any(character.isalnum() for character in text):
            seen.append(line | {"text": text})
    return seen


def _place(found: Deidentified, offset: int, *, last: bool) -> int:
    """Where an offset of the original stands in the text without the person, `last` for the end of a stretch."""
    following = [*(here for here, _, _ in found.pieces[1:]), len(found.text)]
    for (here, there, length), upto in zip(found.pieces, following, strict=True):
        if offset < there + length or (last and offset == there + length):
            is_kept = upto - here == length
            return here + offset - there if is_kept else upto if last else here
    return len(found.text)


if __name__ == "__main__":
    main()
