"""What is certain is linked, what is not is shown with suggestions, and what somebody decided stands."""

from datetime import date, timedelta

import pytest

from fakes import NOON, FakeStore
from monps.domain.identity import LinkDecision, PlayedFixture, Scope
from monps.ports.identity import PlayerSeen
from monps.services.identity import resolve_names
from monps.services.identity.players import same_players
from monps.services.identity.resolve import suggest

SCOPE = Scope("mine", "E0", 2022)
TEAMS = ("Man United", "Man City", "Arsenal", "Wolves")
SCORES = ((2, 1), (0, 0), (3, 1), (1, 4), (2, 2), (0, 1))


def fixtures(names=TEAMS):
    """Let four teams meet often enough to be told apart."""
    pairs = [(h, a) for h in range(4) for a in range(4) if h != a]
    return [
        PlayedFixture(
            names[h],
            names[a],
            date(2022, 8, 6) + timedelta(days=3 * place),
            *(SCORES[(h + place) % 6][0], SCORES[(a * 2 + place) % 6][1]),
        )
        for place, (h, a) in enumerate(pairs)
    ]


@pytest.fixture
def store() -> FakeStore:
    store = FakeStore()
    store.identity.countries["E0"] = "England"
    store.identity.known["E0", 2022] = fixtures()
    return store


def told(store: FakeStore, names, scope: Scope = SCOPE):
    store.identity.told[scope] = fixtures(names)
    return resolve_names(store, NOON)


def linked(store: FakeStore) -> dict[str, tuple[str, str]]:
    return {name: link for (_, name), link in store.identity.linked.items()}


def test_same_names_and_aliases_are_linked(store) -> None:
    report = told(store, ("Manchester United", "Manchester City", "ARSENAL", "Wolverhampton Wanderers"))
    assert linked(store) == {
        "Manchester United": ("Man United", "alias"),
        "Manchester City": ("Man City", "alias"),
        "ARSENAL": ("Arsenal", "name"),
        "Wolverhampton Wanderers": ("Wolves", "alias"),
    }
    assert (report.teams_linked, report.matches_linked, report.unlinked) == (4, 12, ())
    assert {each.evidence for each in store.identity.log} == {"6 of 6 results coincide"}


def test_numbers_are_linked_by_fixtures(store) -> None:
    told(store, ("14", "13", "1", "20"))
    assert linked(store) == dict(
        zip(("14", "13", "1", "20"), ((team, "fixtures") for team in TEAMS), strict=True)
    )


def test_a_name_that_fixtures_contradict_is_not_linked(store) -> None:
    report = told(store, ("Man City", "Man United", "Arsenal", "Wolves"))  # the first two are mixed up
    assert set(linked(store)) == {"Arsenal", "Wolves"}
    assert [each.name for each in report.unlinked] == ["Man City", "Man United"]
    assert report.unlinked[0].reason.startswith("it should be Man City, but only")


def test_what_looks_like_a_name_is_suggested_not_linked(store) -> None:
    store.identity.told[SCOPE] = fixtures(("Man Unitd", "Man City", "Arsenal", "Wolves"))[:2]
    report = resolve_names(store, NOON)
    [open_name] = report.unlinked
    assert (open_name.name, open_name.suggestions[0]) == ("Man Unitd", "Man United")
    assert "Man Unitd" not in linked(store)


def test_part_of_a_name_is_no_name(store) -> None:
    store.identity.told[SCOPE] = fixtures(("United", "City", "Arsenal", "Wolves"))[:1]
    assert [each.name for each in resolve_names(store, NOON).unlinked] == ["City", "United"]


@pytest.mark.parametrize("season", [None, 2022])
def test_a_decision_of_somebody_stands(store, season) -> None:
    store.identity.told[SCOPE] = fixtures(("Red Devils", "Man City", "Arsenal", "Wolves"))[:2]
    decision = LinkDecision(
        decided_at=NOON, source="mine", country="England", season=season, name="Red Devils",
        team="Man United", basis="user",
    )  # fmt: skip
    store.identity.log.append(decision)
    resolve_names(store, NOON)
    assert linked(store)["Red Devils"] == ("Man United", "user")


def test_a_link_taken_back_is_not_made_again(store) -> None:
    names = ("Manchester United", "Man City", "Arsenal", "Wolves")
    told(store, names)
    taken_back = LinkDecision(
        decided_at=NOON, source="mine", country="England", name="Manchester United", team=None, basis="user"
    )
    with store(write=True) as work:
        work.identity.decide(taken_back)
        work.commit()
    report = resolve_names(store, NOON)
    assert [each.name for each in report.unlinked] == ["Manchester United"]
    assert "Manchester United" not in linked(store)


def test_a_season_without_results_is_left_open_without_complaint(store) -> None:
    report = told(store, TEAMS, Scope("mine", "E0", 2031))
    assert (report.scopes, report.teams_linked, report.unlinked) == (1, 0, ())


def test_to_resolve_twice_is_to_resolve_once(store) -> None:
    told(store, TEAMS)
    before = list(store.identity.log)
    assert resolve_names(store, NOON).scopes == 0
    assert store.identity.log == before


def test_suggestions_are_the_nearest_names_only() -> None:
    assert suggest("Bayern Munchen", ["Bayern Munich", "Leverkusen", "Hertha"]) == ("Bayern Munich",)
    assert suggest("17", ["Arsenal"]) == ()


def seen(number: int, name: str, source: str = "fpl", minutes=None, **more) -> PlayerSeen:
    return PlayerSeen(number, source, name, "Arsenal", more.get("same_as"), minutes or {})


def test_players_are_linked_by_name_in_whatever_order_and_by_words_within() -> None:
    squad = [
        seen(1, "Gabriel Jesus", "understat"),
        seen(2, "Heung-Min Son", "understat"),
        seen(11, "Gabriel Fernando de Jesus"),
        seen(12, "Son Heung-min"),
    ]
    assert sorted(same_players(squad)) == [(11, 1, "words"), (12, 2, "name")]


def test_two_who_may_be_meant_are_neither() -> None:
    squad = [
        seen(1, "Gabriel", "understat"),
        seen(11, "Gabriel Magalhães"),
        seen(12, "Gabriel Martinelli"),
    ]
    assert list(same_players(squad)) == []


def test_minutes_that_disagree_forbid_a_link() -> None:
    on, off = dict.fromkeys(range(6), 90), dict.fromkeys(range(6), 12)
    assert (
        list(same_players([seen(1, "Danny Ward", "understat", on), seen(11, "Danny Ward", minutes=off)]))
        == []
    )
    [link] = same_players([seen(1, "Danny Ward", "understat", on), seen(11, "Danny Ward", minutes=on)])
    assert link == (11, 1, "name")


def test_who_is_linked_already_is_left_alone() -> None:
    assert list(same_players([seen(1, "Nine", "understat"), seen(11, "Nine", same_as=1)])) == []
