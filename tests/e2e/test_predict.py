from datetime import date

import pytest

from monps.sources.simulated import SimulatedCountry

AS_OF = "2026-03-01T00:00:00Z"
KICKOFF = "2026-03-14T15:00:00Z"
FULL_TIME = ("match_result", "full_time")


@pytest.fixture(scope="session")
def clubs(country: SimulatedCountry) -> list[str]:
    return sorted(set(country.season("SIM1", 2025).home))


@pytest.fixture
def predict(monps, clubs):
    def ask(home=0, away=1, *more, competition="SIM1", as_of=AS_OF):
        sides = [side if isinstance(side, str) else clubs[side] for side in (home, away)]
        since = ["--as-of", as_of] if as_of else []
        fixture = ["--competition", competition, "--home", sides[0], "--away", sides[1], "--date", KICKOFF]
        return monps("predict", *fixture, *since, *more)

    return ask


def outcomes(answer):
    return [answer.json[key] for key in ("home_win", "draw", "away_win")]


def test_the_answer_has_the_keys_that_scripts_rely_on(predict, clubs):
    answer = predict(0, 1, "--json")
    assert answer.status == 0
    assert answer.json.keys() >= {
        "competition", "home", "away", "kickoff", "neutral", "as_of", "model", "matches", "data_known_at",
        "data_age_days", "home_win", "draw", "away_win", "home_goals", "away_goals", "home_goals_error",
        "away_goals_error", "scores", "markets", "warnings",
    }  # fmt: skip
    assert (answer.json["home"], answer.json["away"]) == (clubs[0], clubs[1])
    assert answer.json["markets"][0].keys() == {
        "family", "line", "period", "selection", "probability", "fair_odds"
    }  # fmt: skip


def test_prices_are_coherent(predict):
    answer = predict(0, 1, "--json")
    assert sum(outcomes(answer)) == pytest.approx(1)
    prices = answer.json["markets"]
    assert len(prices) >= 130
    priced = [price for price in prices if price["fair_odds"] is not None]
    assert all(price["probability"] * price["fair_odds"] == pytest.approx(1) for price in priced)
    result = {p["selection"]: p["probability"] for p in prices if (p["family"], p["period"]) == FULL_TIME}
    assert [result[side] for side in ("home", "draw", "away")] == pytest.approx(outcomes(answer))


def test_scores_come_likeliest_first(predict):
    chances = [score["probability"] for score in predict(0, 1, "--json").json["scores"]]
    assert chances == sorted(chances, reverse=True)
    assert 0 < sum(chances) < 1


def test_two_fixtures_differ(predict):
    assert outcomes(predict(0, 1, "--json")) != pytest.approx(outcomes(predict(2, 1, "--json")))


def test_the_ground_matters(predict):
    there, back = outcomes(predict(0, 1, "--json")), outcomes(predict(1, 0, "--json"))
    neutral, turned = (
        outcomes(predict(0, 1, "--neutral", "--json")),
        outcomes(predict(1, 0, "--neutral", "--json")),
    )
    assert there[0] > neutral[0] > back[2]
    assert neutral == pytest.approx(turned[::-1])


def test_what_came_later_has_no_say(predict, country):
    before = predict(0, 1, "--json", as_of="2025-12-01T00:00:00Z").json
    after = predict(0, 1, "--json").json
    assert before["matches"] < after["matches"]
    assert before["home_win"] != after["home_win"]
    assert before["data_known_at"] <= "2025-12-01"
    assert country.until > date(2025, 12, 1)


def test_looking_from_after_kick_off_is_refused(predict):
    answer = predict(as_of="2026-03-15T00:00:00Z")
    assert answer.status == 2
    assert "looking ahead" in answer.err


def test_one_looks_from_kick_off_when_that_is_past(predict):
    assert predict(0, 1, "--json", as_of=None).json["as_of"].startswith("2026-03-14T15:00")


def test_a_misspelt_team_is_answered_with_the_nearest_names(predict, clubs):
    answer = predict(clubs[0][:-1], 1)
    assert answer.status == 2
    assert answer.out == ""
    assert answer.err.startswith(f"error: unknown team '{clubs[0][:-1]}'; did you mean {clubs[0]}")
    assert "Traceback" not in answer.err


def test_an_unknown_competition_is_answered_with_those_known(predict):
    answer = predict(competition="E0")
    assert answer.status == 2
    assert "SIM1" in answer.err


def test_an_unknown_model_is_answered_with_those_known(predict):
    answer = predict(0, 1, "--model", "oracle")
    assert answer.status == 2
    assert "dixon_coles" in answer.err


def test_a_team_cannot_play_itself(predict):
    assert predict(0, 0).status == 2


def test_a_team_of_another_division_is_wide_and_warned_of(predict, country):
    below = sorted(set(country.season("SIM2", 2025).home) - set(country.season("SIM1", 2024).home))
    stranger, usual = predict(below[0], 1, "--json").json, predict(0, 1, "--json").json
    assert any(below[0] in warning for warning in stranger["warnings"])
    assert (
        stranger["home_goals_error"] / stranger["home_goals"]
        > usual["home_goals_error"] / usual["home_goals"]
    )


def test_stale_data_is_warned_of(predict, monkeypatch):
    monkeypatch.setenv("MONPS_DATA_FRESHNESS_DAYS", "1")
    answer = predict(0, 1, "--json", as_of="2026-03-13T00:00:00Z")
    assert any("days old" in warning for warning in answer.json["warnings"])


def test_before_any_match_there_is_not_enough_data(predict):
    assert predict(as_of="2001-01-01T00:00:00Z").status == 1


def test_a_naive_moment_is_read_as_utc_and_said_so(predict):
    answer = predict(0, 1, "--json", as_of="2026-03-01T00:00:00")
    assert "read as 2026-03-01T00:00:00+00:00" in answer.err
    assert answer.json["as_of"] == predict(0, 1, "--json").json["as_of"]


def test_the_table_fits_and_shows_the_same(predict, clubs):
    answer, told = predict(), predict(0, 1, "--json").json
    assert max(map(len, answer.out.splitlines())) <= 100
    assert clubs[0] in answer.out
    assert f"{100 * told['home_win']:.1f} %" in answer.out
    assert answer.err == ""


def test_all_markets_are_printed_when_asked_for(predict):
    assert len(predict(0, 1, "--all").out) > 3 * len(predict().out)
