"""What is left of people in what a scorer sees, and what is lost of what they can do.

    python tests/benchmarks/deidentify.py [--documents 1000] [--data DIR] [--show]

Plants people of many cultures into documents of many trades and layouts, takes them out again with and
without what an ATS knows of them, and counts. A planted stretch leaks when a letter or figure of it is
left. `--data` is a folder of resumes (any kind that is read) nothing was planted in: of these it prints
how much is taken out of the lines that hold no contact, school or year; none of it should be. Exits
with 1 when a limit is passed.
"""

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from planting.hosts import LAYOUTS, TRADES, host
from planting.people import NAMES, make_person
from planting.plant import Document, leaks, lost_words, plant

from core.cli.inputs import files_in, read_files
from core.screening.deidentify import Identity, deidentify, recognised
from core.screening.deidentify.contacts import contacts
from core.screening.deidentify.page import Page
from core.sdk.testing.cast import make_cast
from core.sdk.text import default_lexicon

LEAKING_DOCUMENTS, LOST_WORDS, LOST_SKILLS, MILLISECONDS = 0.01, 0.03, 0.005, 10.0


def main() -> None:
    """Run it, print the tables, and fail when a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--data", type=Path, help="a folder of resumes nothing was planted in")
    parser.add_argument("--show", action="store_true", help="print each leak, and each word lost")
    options = parser.parse_args()
    documents = list(_documents(options.documents))
    passed = [_planted(documents, known=known, show=options.show) for known in (True, False)]
    passed.append(_untouched("demo cast", _cast_texts(), show=options.show))
    if options.data:
        texts = [one.reading.text for one in read_files(files_in([options.data]))]
        passed.append(_untouched(str(options.data), texts, show=options.show))
    sys.exit(0 if all(passed) else 1)


def _documents(count: int) -> Iterator[Document]:
    dice = random.Random(20)
    cultures, layouts = list(NAMES), list(LAYOUTS)
    for number in range(count):
        person = make_person(dice, cultures[number % len(cultures)], number // len(cultures))
        layout = layouts[(number + number // len(layouts)) % len(layouts)]
        yield plant(host(layout, dice.choice(TRADES)), person)


def _identity(document: Document) -> Identity:
    person = document.person
    forms = person.forms
    return Identity(names=(person.first, person.last), emails=(forms["email"],), phones=(forms["phone"],))


def _planted(documents: list[Document], *, known: bool, show: bool) -> bool:
    items, left, leaking, cultures = Counter[str](), Counter[str](), 0, Counter[str]()
    lost: Counter[str] = Counter()
    words, spent = 0, 0.0
    for document in documents:
        began = time.process_time()
        identity = _identity(document) if known else recognised(document.text, Identity())
        found = deidentify(document.text, identity)
        spent += time.process_time() - began
        items.update(item.kind for item in document.planted)
        leaked = leaks(document, found)
        left.update(item.kind for item in leaked)
        leaking += bool(leaked)
        cultures[document.person.culture] += bool(leaked)
        apart = (*((item.start, item.end) for item in document.planted), *document.labels)
        gone, count = lost_words(document.text, found, apart)
        lost.update(gone)
        words += count
        for item in leaked if show else ():
            print(
                f"  {document.person.culture}: {item.kind}: {document.text[item.start : item.end]!r}",
                _around(document, item.start),
            )
    name = "known to the ATS" if known else "unknown"
    print(f"\nperson {name}: {len(documents)} documents, {items.total()} planted items, {left.total()} left")
    print(
        f"  documents with a leak {leaking} ({leaking / len(documents):.2%}), by culture {dict(+cultures) or 'none'}"
    )
    print("  " + ", ".join(f"{kind} {left[kind]}/{count}" for kind, count in sorted(items.items())))
    print(
        f"  words lost {lost.total()} of {words} ({lost.total() / words:.2%}), "
        f"{spent / len(documents) * 1000:.1f} ms a document"
    )
    if show:
        print("  lost:", lost.most_common(40))
    allowed = 0 if known else LEAKING_DOCUMENTS * len(documents)
    return (
        leaking <= allowed
        and lost.total() <= LOST_WORDS * words
        and spent * 1000 <= MILLISECONDS * len(documents)
    )


def _around(document: Document, start: int) -> str:
    return repr(document.text[max(0, start - 25) : start + 45])


def _cast_texts() -> list[str]:
    """Bodies of the demo cast's resumes: no person, no school."""
    texts = []
    for application in make_cast(applications=120, jobs=8).applications:
        person = application.person
        jobs = [
            f"{job.title}, {job.company}, {job.start} - {job.end or 'present'}\n" + "\n".join(job.bullets)
            for job in person.employments
        ]
        studies = [f"{one.degree}, {one.discipline}" for one in person.educations]
        parts = (
            person.summary,
            "Experience",
            *jobs,
            "Skills",
            ", ".join(person.skills),
            "Education",
            *studies,
            "Languages",
            *person.languages,
            *person.certifications,
        )
        texts.append("\n".join(parts))
    return texts


_PERSONAL = re.compile(
    r"(?i)universi|college|school|institut|academy|polytech|technion|birth|nationality|citizen|marital|address|phone|e-?mail|linked|github|married|\b(?:19|20)\d\d\b"
)


def _untouched(name: str, texts: list[str], *, show: bool) -> bool:
    lost, lost_skills = Counter[str](), Counter[str]()
    words = skills = 0
    for text in texts:
        found = deidentify(text, recognised(text, Identity()))
        apart = tuple(_telling_lines(text))
        gone, count = lost_words(text, found, apart)
        lost.update(gone)
        words += count
        before, after = _skills(text), _skills(found.text)
        skills += before.total()
        lost_skills.update(before - after)
    print(f"\nuntouched, {name}: {len(texts)} texts, {words} words, {skills} skill mentions")
    print(
        f"  words lost {lost.total()} ({lost.total() / words:.2%}), "
        f"skill mentions lost {lost_skills.total()} ({lost_skills.total() / max(1, skills):.2%})"
    )
    if show:
        print("  lost:", lost.most_common(80), dict(lost_skills))
    return lost.total() <= LOST_WORDS * words and lost_skills.total() <= LOST_SKILLS * skills


def _telling_lines(text: str) -> Iterator[tuple[int, int]]:
    """Lines of which something should go: with contacts, schools, or years that may be of studies."""
    page = Page(text)
    reach = contacts(page)
    for line in page.lines:
        if _PERSONAL.search(line.text) or any(
            span.start < line.end and span.end > line.start for span in reach
        ):
            yield line.start, line.end


def _skills(text: str) -> Counter[str]:
    return Counter(found.skill for found in default_lexicon().find(text))


if __name__ == "__main__":
    main()
