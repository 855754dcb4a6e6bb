"""Makes the space of titles from a list of occupations: `python -m plugins.rubric_score.titles.fit --help`."""

import argparse
import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from safetensors.numpy import save_file

from plugins.rubric_score.model import WEIGHTS_SHA256, Exact, Model
from plugins.rubric_score.titles import BASE, TITLES_FILE, Numbers, unit

_DIRECTIONS: Final = 150
_STEADIED: Final = 0.3
"""Share of the mean spread that is added in every direction, so that rare ones are not blown up."""
_TITLES: Final = 5
"""Of an occupation, its first name included."""


def occupations(file: Path) -> Iterator[list[str]]:
    """Of each row of a csv with PREFERREDLABEL and ALTLABELS the first name and some others, spread over their list."""
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            others = [label.strip() for label in row["ALTLABELS"].splitlines() if label.strip()]
            step = max(1, len(others) // (_TITLES - 1))
            yield [row["PREFERREDLABEL"], *others[::step][: _TITLES - 1]]


def fit(found: Sequence[Sequence[str]], out: Path) -> None:
    """Writes the file for these occupations, each the titles of one."""
    sizes = [len(titles) for titles in found]
    every = [title for titles in found for title in titles]
    vectors = Model(Exact()).encode(every)
    rows = np.stack([vectors[title] for title in every]).astype(np.float64)
    middle = rows.mean(axis=0)
    bend = discriminants(rows - middle, np.repeat(np.arange(len(sizes)), sizes))
    parts = {"middle": middle, "bend": bend, "titles": unit((rows - middle) @ bend)}
    stored = {name: part.astype(np.float16) for name, part in parts.items()}
    starts = np.cumsum([0, *sizes[:-1]]).astype(np.int32)
    save_file({**stored, "starts": starts}, out, {BASE: WEIGHTS_SHA256})
    out.chmod(0o644)


def discriminants(rows: Numbers, groups: Any) -> Numbers:
    """(width, directions) in which groups differ most for how much they differ within, the best first."""
    sizes = np.bincount(groups)
    centres = np.zeros((len(sizes), rows.shape[1]))
    np.add.at(centres, groups, rows)
    centres = (centres / sizes[:, None])[groups]
    within, between = ((part.T @ part) / len(rows) for part in (rows - centres, centres))
    steady = _STEADIED * np.trace(within) / len(within) * np.eye(len(within))
    spread, axes = np.linalg.eigh(within + steady)
    narrow = axes / np.sqrt(spread)
    _, turned = np.linalg.eigh(narrow.T @ between @ narrow)
    found: Numbers = narrow @ turned[:, ::-1][:, :_DIRECTIONS]
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m plugins.rubric_score.titles.fit", description=__doc__)
    parser.add_argument("--occupations", type=Path, required=True, help="a csv of ESCO's occupations")
    parser.add_argument("--out", type=Path, default=TITLES_FILE, help="where the file goes (%(default)s)")
    options = parser.parse_args(arguments)
    fit(list(occupations(options.occupations)), options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
