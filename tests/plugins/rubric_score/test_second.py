"""Reading again: deeds in other words are found and quoted, and nothing else becomes more than it is."""

from collections.abc import Callable, Iterable
from datetime import date

import pytest

from core.screening import extract
from core.sdk import Judgement, Material, Rubric, Source
from plugins.rubric_score.reader import Pair, Reading
from plugins.rubric_score.reader.model import Reader
from plugins.rubric_score.reader.near import Near
from plugins.rubric_score.scorer import RubricScorer

_RESUME = """Waldner Stone, Graz, 2016 - 2026
{deed}
Cycled across the Alps twice.
Grew up on a farm near Leoben.
Plays the tuba in the village band.
Two years of evening school in Linz."""


class Counting:
    """A reader that counts what it is given."""

    def __init__(self) -> None:
        self._reader, self.pairs = Reader(), 0

    @property
    def name(self) -> str:
        return self._reader.name

    @property
    def near(self) -> Near:
        return self._reader.near

    def read(self, pairs: Iterable[Pair]) -> dict[Pair, Reading]:
        wanted = list(pairs)
        self.pairs += len(set(wanted))
        return self._reader.read(wanted)


@pytest.mark.parametrize(
    ("demand", "deed"),
    [
        (
            "Experience in baking bread",
            "Shaped four hundred sourdough loaves and rye batons a night at the oven.",
        ),
        (
            "Experience in bookkeeping",
            "Posted supplier invoices and reconciled the bank every Friday for three dental practices.",
        ),
        (
            "Experience in felling trees",
            "Took down beetle-ridden spruces with the chainsaw, forty a day, on steep slopes above Murau.",
        ),
        (
            "Experience operating a forklift",
            "Unloaded forty pallets an hour with the Linde reach truck, double-deep racking.",
        ),
    ],
)
def test_a_deed_in_the_words_of_the_trade_is_found_and_quoted(
    judge_resume: Callable[..., Judgement], demand: str, deed: str
) -> None:
    with_it, without = (judge_resume(demand, _RESUME.format(deed=line)) for line in (deed, "Sang."))
    assert with_it.match in {"met", "partly"}
    assert [quote.quote for quote in with_it.evidence] == [deed]
    assert without.match in {"not_stated", "not_met"}


def test_a_plain_sentence_in_the_requirements_own_words_stands(judge: Callable[..., Judgement]) -> None:
    asked = "At least 1 year of experience teaching in primary school"
    assert judge(asked, "Taught in a primary school for two years.").match == "met"


@pytest.mark.parametrize(
    ("demand", "text"),
    [
        ("Experience with Google Ads", "My manager ran the Google Ads campaigns and I kept the books."),
        ("Experience with Kubernetes", "Our vendor operated Kubernetes for us while I wrote the manuals."),
    ],
)
def test_what_somebody_else_did_is_not_read_into_a_deed(
    judge: Callable[..., Judgement], demand: str, text: str
) -> None:
    assert judge(demand, text).match != "met"


def test_only_a_passage_leans(
    judge: Callable[..., Judgement], judge_resume: Callable[..., Judgement]
) -> None:
    told = "Experience in baking bread", "Shaped sourdough at night."
    leaning = judge(*told).leaning
    assert leaning is not None
    assert 0.0 <= leaning <= 1.0
    assert judge_resume(*told).leaning is None


def test_a_text_that_is_no_resume_is_read_in_bounds() -> None:
    reader = Counting()
    rubric = extract("Requirements:\n- Experience in baking bread")
    lines = [f"Shelf {n} holds bread tins and flour from mill {n % 7}." for n in range(1500)]
    source = Source(name="resume", text="\n".join(lines))
    scorer = RubricScorer(open_reader=lambda: reader)
    scorer.judge(
        Rubric(requirements=rubric.requirements),
        [Material(id="1", sources=(source,), as_of=date(2026, 11, 1))],
    )
    assert reader.pairs <= 100
