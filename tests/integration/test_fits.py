"""Fits that are kept."""

from datetime import timedelta

import pytest

from factories import SATURDAY
from monps.ports.repositories import StoredFit

FIT = StoredFit(
    model="dixon_coles",
    spec_json='{"half_life_days": 390}',
    spec_hash="5eed",
    competition="E0",
    as_of=SATURDAY,
    data_version="E0:3",
    payload=bytes(range(256)),
    created_at=SATURDAY + timedelta(microseconds=1),
)


@pytest.fixture
def save(database):
    def keep(*fits):
        with database.open_work(write=True) as work:
            for fit in fits:
                work.fits.save(fit)
            work.commit()

    return keep


@pytest.fixture
def ask(database):
    def answer(question, *arguments):
        with database.open_work() as work:
            return getattr(work.fits, question)(*arguments)

    return answer


def test_a_fit_comes_back_as_it_was(save, ask):
    save(FIT)
    assert ask("find", "5eed", "E0", SATURDAY, "E0:3") == FIT


@pytest.mark.parametrize(
    "other",
    [
        ("beef", "E0", SATURDAY, "E0:3"),
        ("5eed", "E1", SATURDAY, "E0:3"),
        ("5eed", "E0", SATURDAY + timedelta(microseconds=1), "E0:3"),
        ("5eed", "E0", SATURDAY, "E0:4"),
    ],
)
def test_another_recipe_competition_moment_or_version_is_another_fit(save, ask, other):
    save(FIT)
    assert ask("find", *other) is None


def test_the_first_of_two_same_fits_stays(save, ask):
    save(FIT, FIT._replace(payload=b"another"))
    save(FIT._replace(payload=b"a third"))
    assert ask("find", "5eed", "E0", SATURDAY, "E0:3") == FIT


def test_the_latest_fit_that_does_not_look_ahead(save, ask):
    day = timedelta(days=1)
    later, revised = FIT._replace(as_of=SATURDAY + day), FIT._replace(data_version="E0:4")
    save(later, FIT, revised)
    assert ask("latest", "5eed", "E0", SATURDAY + 2 * day) == later
    assert ask("latest", "5eed", "E0", SATURDAY) == revised
    assert ask("latest", "5eed", "E0", SATURDAY - day) is None
    assert ask("latest", "beef", "E0", SATURDAY) is None
