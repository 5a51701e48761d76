import pytest

from monps import bootstrap
from monps.sources.simulated import SimulatedCountry

AS_OF = ("--competition", "SIM1", "--as-of", "2026-03-01T00:00:00Z")


@pytest.fixture(scope="session")
def clubs(country: SimulatedCountry) -> list[str]:
    return sorted(set(country.season("SIM1", 2025).home))


def test_a_profile_as_json(monps, clubs):
    answer = monps("dna", clubs[0], *AS_OF, "--json")
    assert answer.status == 0
    assert answer.json["team"] == clubs[0]
    known = [each for each in answer.json["dimensions"] if each["value"] is not None]
    assert len(known) >= 20
    for each in answer.json["dimensions"]:
        assert (each["value"] is None) == (each["reason"] is not None)
    assert {"value", "standard_error", "n", "z", "source", "as_of", "age_days"} <= known[0].keys()


def test_a_profile_in_words(monps, clubs):
    answer = monps("dna", clubs[0], *AS_OF)
    assert answer.status == 0
    assert clubs[0] in answer.out
    assert "missing: " in answer.out
    assert "(*)" in answer.out


def test_a_profile_as_a_picture(monps, clubs, tmp_path):
    picture = tmp_path / "radar.svg"
    assert monps("dna", clubs[0], *AS_OF, "--plot", str(picture)).status == 0
    assert picture.read_text().count("shot share") >= 1
    refused = monps("dna", clubs[0], *AS_OF, "--plot", str(tmp_path / "radar.txt"))
    assert refused.status != 0
    assert ".svg" in refused.err


def test_friction_as_json(monps, clubs):
    answer = monps("friction", clubs[0], clubs[1], *AS_OF, "--json")
    assert answer.status == 0
    assert [each["target"] for each in answer.json["targets"]] == [
        "goals", "corners", "cards", "first_half_share",
    ]  # fmt: skip


def test_friction_in_words(monps, clubs):
    answer = monps("friction", clubs[0], clubs[1], *AS_OF)
    assert answer.status == 0
    assert "moves prices" in answer.out


def test_an_unknown_team_is_refused_with_the_nearest(monps, clubs):
    answer = monps("dna", clubs[0][:-1] + "q", *AS_OF)
    assert answer.status != 0
    assert clubs[0] in answer.err


def store_matches():
    application = bootstrap.application()
    with application.open_work() as work:
        return [
            {"match_id": each.match_id, "home": each.match.key.home, "away": each.match.key.away}
            for each in work.matches.history(["SIM1"], application.clock.now())
        ]


def test_a_matchs_features_are_those_of_its_sides(monps):
    last = max(store_matches(), key=lambda each: each["match_id"])
    told = monps("features", str(last["match_id"]), "--json")
    assert told.status == 0
    assert [told.json[side]["dna"]["team"] for side in ("home", "away")] == [last["home"], last["away"]]
    difference = {each["dimension"]: each["value"] for each in told.json["differentials"]}
    home, away = (
        {each["dimension"]: each["z"] for each in told.json[side]["dna"]["dimensions"]}
        for side in ("home", "away")
    )
    assert len(difference) > 5
    for name, value in difference.items():
        assert value == pytest.approx(home[name] - away[name])


def test_a_matchs_features_in_words(monps):
    last = max(store_matches(), key=lambda each: each["match_id"])
    told = monps("features", str(last["match_id"]))
    assert told.status == 0
    assert f"{last['home']} less {last['away']}" in told.out


def test_features_of_no_match_are_an_error(monps):
    refused = monps("features", "999999")
    assert refused.status != 0
    assert "999999" in refused.err
