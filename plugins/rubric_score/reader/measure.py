"""How well a stored reader reads files of others: matches right, passages in the right order, resumes as wholes."""

from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from plugins.rubric_score.reader import MATCHES, WORTH, Reading
from plugins.rubric_score.reader.examples import Example, examples
from plugins.rubric_score.reader.halves import ExactHalves
from plugins.rubric_score.reader.model import Reader

_WORTH: Final = dict(zip(MATCHES, WORTH, strict=True))

Read = tuple[Example, Reading]


def measure(model: Path, paths: Sequence[Path], threads: int) -> None:
    """Prints a line for each class of passages and each kind of resume."""
    found = examples(paths)
    readings = Reader(partial(ExactHalves, threads=threads), model).read([example.pair for example in found])
    by_class: dict[str, list[Read]] = defaultdict(list)
    for example in found:
        name = f"resume, {example.group.rsplit(' ', 1)[1]}" if example.resume else example.group
        read = example, readings[example.pair]
        by_class[name].append(read)
        by_class["all resumes" if example.resume else "all passages"].append(read)
    print(f"{'':28} {'passages':>9} {'right':>7} {'ordered':>8}")
    for name, reads in sorted(by_class.items(), key=lambda item: (item[0].startswith("all"), item[0])):
        right = sum(MATCHES[_most(reading)] == example.match for example, reading in reads) / len(reads)
        print(f"{name:28} {len(reads):9} {right:7.1%} {_ordered(reads):8.1%}")


def _most(reading: Reading) -> int:
    return max(range(len(MATCHES)), key=lambda place: reading[place])


def _ordered(reads: Sequence[Read]) -> float:
    """Of two passages for one requirement with different matches, how often the better one reads better."""
    together: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for example, reading in reads:
        key = example.requirement, example.group if example.resume else ""
        together[key].append((_WORTH[example.match], reading.worth))
    pairs = [
        (one[1], other[1])
        for group in together.values()
        for one in group
        for other in group
        if one[0] > other[0]
    ]
    return sum(better > worse for better, worse in pairs) / max(len(pairs), 1)
