import pytest

from monps.errors import UsageError
from monps.sources.simulated import names


def test_no_two_clubs_share_a_name() -> None:
    assert len(set(names.CLUBS)) == len(names.CLUBS) >= 48


def test_no_two_people_share_a_name() -> None:
    people = {names.player(number) for number in range(names.PEOPLE)}
    assert len(people) == names.PEOPLE


@pytest.mark.parametrize("number", [-1, names.PEOPLE])
def test_names_run_out(number: int) -> None:
    with pytest.raises(UsageError, match="simulate fewer seasons"):
        names.person(number)
