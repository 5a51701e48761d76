import numpy as np

from monps.sources.simulated import DivisionSeason, SimulatedCountry
from monps.sources.simulated.appearances import MATCH_MINUTES
from monps.sources.simulated.squads import POSITION, SQUAD, draw_squads, renew


def test_eleven_start_and_ninety_minutes_are_filled(division: DivisionSeason) -> None:
    done = division.appearances
    assert (done.starts.sum(axis=1) == 11).all()
    assert (done.starts[:, POSITION == 0].sum(axis=1) == 1).all()
    assert (done.minutes.sum(axis=1) == 11 * MATCH_MINUTES).all()
    assert ((done.minutes >= 0) & (done.minutes <= MATCH_MINUTES)).all()
    assert ((done.minutes > 0).sum(axis=1) == 15).all()


def test_players_share_what_the_side_did(division: DivisionSeason) -> None:
    done, events = division.appearances, division.events
    assert (done.goals.sum(axis=1) == (events.goals - events.own_goals).ravel()).all()
    assert (done.penalties.sum(axis=1) == events.penalties.ravel()).all()
    assert (done.shots.sum(axis=1) == events.shots.ravel()).all()
    assert (done.yellow_cards.sum(axis=1) == events.yellow_cards.ravel()).all()
    assert (done.red_cards.sum(axis=1) == events.red_cards.ravel()).all()
    assert np.allclose(done.expected_goals.sum(axis=1), events.expected_goals.ravel())


def test_nobody_does_what_he_cannot(division: DivisionSeason) -> None:
    done = division.appearances
    absent = done.minutes == 0
    for counted in (done.goals, done.assists, done.shots, done.key_passes, done.yellow_cards, done.red_cards):
        assert (counted[absent] == 0).all()
    assert (done.goals <= done.shots).all()
    assert (done.penalties <= done.goals).all()
    assert (done.assists <= done.key_passes).all()
    from_play = (done.goals - done.penalties).sum(axis=1)
    assert (done.assists.sum(axis=1) <= from_play).all()
    assert (done.assists[(done.goals - done.penalties) > 0] == 0).all()


def test_forwards_score_most_a_minute(country: SimulatedCountry) -> None:
    goals = sum(each.appearances.goals.sum(axis=0) for each in country.divisions)
    minutes = sum(each.appearances.minutes.sum(axis=0) for each in country.divisions)
    keeper, defender, midfielder, forward = (
        goals[p == POSITION].sum() / minutes[p == POSITION].sum() for p in range(4)
    )
    assert keeper < defender < midfielder < forward


def test_a_quarter_of_the_squad_is_new() -> None:
    rng = np.random.default_rng(1)
    before = draw_squads(40, 0, rng)
    after = renew(before, rng)
    new = after.number != before.number
    assert 0.2 < new.mean() < 0.3
    assert len(set(after.number.ravel().tolist())) == 40 * SQUAD
    assert (after.rank[~new] == before.rank[~new]).all()
    assert after.number[new].min() == before.number.max() + 1
