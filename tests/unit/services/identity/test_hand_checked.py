"""The names that five leagues' sources use, each against whom it means, checked by hand."""

import pytest

from hand_checked_names import NAMES
from monps.services.identity.aliases import known_names
from monps.services.identity.names import fold

PAIRS = [
    (country, name, team)
    for country, teams in NAMES.items()
    for team, names in teams.items()
    for name in names
]


@pytest.mark.parametrize(("country", "name", "team"), PAIRS)
def test_a_name_means_the_team_it_was_checked_to_mean(country: str, name: str, team: str) -> None:
    meant = team if fold(name) == fold(team) else known_names(country).get(fold(name))
    assert meant == team
