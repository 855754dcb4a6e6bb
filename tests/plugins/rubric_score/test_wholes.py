"""What all readings of a resume come to: another passage can only add, and what nothing speaks for is not shown."""

from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.screening.points import points_for
from plugins.rubric_score.reader import Reading
from plugins.rubric_score.reader.wholes import KINDS, TOLD, Seen, stored


def _earned(seen: Seen) -> int:
    """Of a hundred points."""
    return points_for(seen.match(), 100, seen.extent())


@st.composite
def _readings(draw: st.DrawFn) -> Reading:
    cuts = sorted(draw(st.lists(st.integers(0, 1000), min_size=3, max_size=3)))
    return Reading(cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1], 1000 - cuts[2])


_SEEN = st.builds(
    Seen,
    told=st.sampled_from(TOLD),
    kind=st.sampled_from(KINDS),
    readings=st.lists(_readings(), max_size=5),
)


@given(_SEEN, _readings())
def test_a_further_passage_that_denies_nothing_never_takes_anything_away(
    seen: Seen, another: Reading
) -> None:
    assume(another.not_met <= 500)
    more = seen._replace(readings=[*seen.readings, another])
    assert _earned(more) >= _earned(seen)


@given(_SEEN, st.sampled_from(TOLD))
def test_better_news_of_the_comparators_never_takes_anything_away(seen: Seen, other: str) -> None:
    worse, better = sorted((seen.told, other), key=TOLD.index)
    assert _earned(seen._replace(told=better)) >= _earned(seen._replace(told=worse))


@given(_SEEN, st.randoms())
def test_the_order_of_passages_decides_nothing(seen: Seen, random: Random) -> None:
    shuffled = list(seen.readings)
    random.shuffle(shuffled)
    again = seen._replace(readings=shuffled)
    assert (again.match(), again.extent()) == (seen.match(), seen.extent())


def test_the_likelier_the_whole_is_shown_the_more_of_it_counts() -> None:
    partly = [
        Seen("not_stated", "hard_skill", [Reading(met, 900 - met, 50, 50)]) for met in range(0, 900, 10)
    ]
    extents = dict.fromkeys(seen.extent() for seen in partly if seen.match() == "partly")
    assert list(extents) == ["little", "half", "most"]


@pytest.mark.parametrize("kind", KINDS)
def test_silence_is_silence_and_a_clear_deed_is_met_whatever_is_asked(kind: str) -> None:
    assert Seen("not_stated", kind, []).match() == "not_stated"
    assert Seen("met", kind, [Reading(960, 20, 15, 5)]).match() == "met"


def test_a_clear_denial_is_told_from_silence() -> None:
    assert Seen("not_stated", "hard_skill", [Reading(5, 5, 40, 950)]).match() == "not_met"


def test_a_denial_elsewhere_speaks_against_what_is_not_clear() -> None:
    unclear, denial = Reading(780, 100, 100, 20), Reading(5, 5, 10, 980)
    alone = Seen("not_stated", "hard_skill", [unclear])
    assert _earned(alone._replace(readings=[unclear, denial])) < _earned(alone)


def test_the_weights_never_count_good_news_against_somebody() -> None:
    for weights in (stored().met, stored().shown):
        assert min((*weights.readings, *weights.told)) >= 0
