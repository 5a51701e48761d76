"""``monps scorers`` on a country whose players are in its own tables, or in one of somebody's own."""

from pathlib import Path

import orjson
import pytest

from appearances import MAPPING, write_appearances
from monps.domain.predictions import EnsemblePrediction
from monps.domain.scorers import LineUps, ScorerForecast
from monps.sources.simulated import SimulatedCountry

AS_OF = ("--as-of", "2026-03-12T12:00:00Z")


@pytest.fixture(scope="module")
def told(country: SimulatedCountry, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of the country's appearances."""
    file = tmp_path_factory.mktemp("told") / "appearances.csv"
    write_appearances(country, file)
    file.with_name("mapping.toml").write_text(MAPPING)
    return file


@pytest.fixture(params=["its own tables", "a table of somebody's"])
def asked(request, empty, files: Path, told: Path):
    """Return the command line on a store with results and appearances."""
    assert empty("ingest", "football-data", str(files)).status == 0
    own = ("understat", str(files.with_name("understat")))
    mapped = ("table", str(told), "--mapping", str(told.with_name("mapping.toml")))
    answer = empty("ingest", *(own if request.param == "its own tables" else mapped))
    assert answer.status == 0, answer.err
    return empty


def fixture_of(country: SimulatedCountry) -> tuple[str, str]:
    key = next(each.key for each in country.fixtures() if each.key.competition == "SIM1")
    return key.home, key.away


def test_the_whole_way_from_files_to_scorers(asked, country: SimulatedCountry, tmp_path: Path) -> None:
    home, away = fixture_of(country)
    answer = asked("scorers", home, away, "--competition", "SIM1", *AS_OF, "--json")
    assert answer.status == 0, answer.err
    forecast = ScorerForecast.model_validate(answer.json)
    assert {scorer.team for scorer in forecast.scorers} == {home, away}
    assert forecast.scorers[0].position in {"forward", "midfielder"}
    predicted = asked(
        "predict",
        "-c",
        "SIM1",
        "--home",
        home,
        "--away",
        away,
        "--date",
        "2026-03-13T20:00:00Z",
        *AS_OF,
        "--json",
    )
    nothing = sum(
        price["probability"]
        for price in predicted.json["markets"]
        if (price["family"], price["selection"]) == ("first_to_score", "none")
    )
    assert forecast.no_goal == pytest.approx(nothing, abs=0.02)

    eleven = [scorer.player for scorer in forecast.scorers if scorer.team == home and not scorer.any_other][
        :11
    ]
    file = tmp_path / "line-ups.json"
    file.write_bytes(orjson.dumps({"home": {"starting": eleven}}))
    given = ScorerForecast.model_validate(
        asked("scorers", home, away, "-c", "SIM1", *AS_OF, "--lineup", str(file), "--json").json
    )
    assert given.home_line_up == "given"
    assert sum(scorer.start_probability or 0.0 for scorer in given.scorers if scorer.team == home) == 11

    shown = asked("scorers", home, away, "-c", "SIM1", *AS_OF)
    assert forecast.scorers[0].player in shown.out
    assert "the first goal" in shown.out


def test_without_appearances_one_is_told_what_is_missing(monps, country: SimulatedCountry) -> None:
    home, away = fixture_of(country)
    answer = monps("scorers", home, away, "-c", "SIM1", *AS_OF)
    assert answer.status == 1
    assert "no player of SIM1 was known" in answer.err


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("nothing", "holds no line-ups"),
        ('{"home": {"starting": ["one"]}}', "home.starting"),
        ('{"visitors": {}}', "visitors"),
    ],
)
def test_a_file_that_holds_no_line_up_is_refused(monps, tmp_path: Path, written: str, said: str) -> None:
    file = tmp_path / "line-ups.json"
    file.write_text(written)
    answer = monps("scorers", "A", "B", "-c", "SIM1", "--lineup", str(file))
    assert answer.status == 2
    assert said in answer.err


def test_a_file_that_is_not_there_is_a_mistake_in_use(monps, country, tmp_path: Path) -> None:
    home, away = fixture_of(country)
    answer = monps("scorers", home, away, "-c", "SIM1", "--lineup", str(tmp_path / "none.json"))
    assert answer.status == 2
    assert "cannot be read" in answer.err


def test_a_team_cannot_play_itself(monps, country: SimulatedCountry) -> None:
    home, _ = fixture_of(country)
    assert monps("scorers", home, home, "-c", "SIM1").status == 2


def test_a_prediction_says_who_scores_by_its_own_grid(
    asked, country: SimulatedCountry, tmp_path: Path
) -> None:
    home, away = fixture_of(country)
    fixture = ("-c", "SIM1", "--home", home, "--away", away, "--date", "2026-03-14T15:00:00Z", *AS_OF)
    told = EnsemblePrediction.model_validate(asked("predict", *fixture, "--scorers", "--json").json)
    found = told.scorers
    assert told.line_ups == LineUps()
    priced = {(e.period, e.selection): e.probability for e in told.markets if e.family == "correct_score"}
    assert found.no_goal == pytest.approx(priced["full_time", "0-0"], abs=1e-12)
    assert (found.home_goals, found.away_goals) == pytest.approx((told.home_goals, told.away_goals), abs=1e-9)
    eleven = [each.player for each in found.scorers if each.team == home and not each.any_other][:11]
    file = tmp_path / "line-ups.json"
    file.write_bytes(orjson.dumps({"home": {"starting": eleven}}))
    asked_for = ("predict", *fixture, "--scorers", "--lineup", str(file))
    given = EnsemblePrediction.model_validate(asked(*asked_for, "--json").json)
    assert (given.scorers.home_line_up, given.scorers.away_line_up) == ("given", "expected")
    assert given.prediction_id != told.prediction_id
    assert found.scorers[0].player in asked(*asked_for).out
    for made in (told, given):
        again = asked("reproduce", made.prediction_id, "--json")
        assert again.json["identical"], again.json


@pytest.mark.parametrize(
    "wrong",
    [
        ("--lineup", "{file}"),
        ("--scorers", "--model", "poisson"),
        ("--scorers", "--lineup", "{file}", "--round"),
    ],
)
def test_scorers_that_cannot_be_told_are_refused(monps, tmp_path: Path, wrong: tuple[str, ...]) -> None:
    file = tmp_path / "line-ups.json"
    file.write_text("{}")
    options = [option.format(file=file) for option in wrong]
    fixture = ("-c", "SIM1", "--home", "A", "--away", "B", "--date", "2026-03-14")
    answer = monps("predict", *fixture, *options)
    assert answer.status == 2
    assert "scorers" in answer.err
