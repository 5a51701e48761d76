import pytest
from hypothesis import given
from hypothesis import strategies as st

from monps.services.identity.aliases import ALIASES, known_names
from monps.services.identity.names import fold


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Atlético Madrid", "Atletico Madrid"),
        ("Nott'm Forest", "Nottm Forest"),
        ("St. Pauli", "St Pauli"),
        ("1. FC Köln", "1 FC Koln"),
        ("Borussia M.Gladbach", "BORUSSIA M GLADBACH"),
        ("Ødegaard", "Odegaard"),
        ("Groß", "Gross"),
    ],
)
def test_accents_case_and_punctuation_do_not_count(name: str, same: str) -> None:
    assert fold(name) == fold(same)


@given(st.text())
def test_to_fold_twice_is_to_fold_once(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize("country", ALIASES)
def test_no_alias_means_two_teams_or_is_the_name_of_another(country: str) -> None:
    aliases = [fold(alias) for names in ALIASES[country].values() for alias in names]
    assert len(aliases) == len(set(aliases))
    assert not set(aliases) & {fold(team) for team in ALIASES[country]} - {
        fold(alias)
        for team, names in ALIASES[country].items()
        for alias in names
        if fold(alias) == fold(team)
    }
    assert set(known_names(country)) == set(aliases)


def test_an_unknown_country_has_no_aliases() -> None:
    assert known_names("Atlantis") == {}
