import pytest

from core.sdk.text import degrees


@pytest.mark.parametrize("text", ["Bartender, March 2019 - May 2021", "born 12 March 1979", "MARCH 2020"])
def test_the_month_of_march_is_no_degree_in_architecture(text: str) -> None:
    assert not degrees(text)


@pytest.mark.parametrize("text", ["MArch, Bartlett", "M.Arch 2019"])
def test_a_degree_in_architecture_is_one(text: str) -> None:
    assert [name for name, _, _ in degrees(text)] == ["master"]


@pytest.mark.parametrize(
    "text",
    [
        "I master chocolate work.",
        "Calm as a Zen master.",
        "The Site Master must read under 1.3.",
        "Handed over to the master, who checked it",
        "Master of setting out with total station",
        "carried to the master's hands",
    ],
)
def test_who_masters_a_craft_has_no_degree(text: str) -> None:
    assert degrees(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Master of Science in biology", "master"),
        ("master of arts", "master"),
        ("a master's in law", "master"),
        ("the master’s degree in law", "master"),
        ("Master, HR", "master"),
        ("Master hairdresser, Brno", "vocational"),
        ("Postgraduate diploma in nursing", "postgraduate"),
        ("PGDip Nursing", "postgraduate"),
    ],
)
def test_degrees_are_told_from_the_titles_of_crafts(text: str, name: str) -> None:
    assert [found for found, _, _ in degrees(text)] == [name]
