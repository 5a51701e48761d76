from datetime import date

import pytest
from rich.console import Console

from monps.cli import season_sheets
from monps.domain.season import SeasonForecast
from monps.sources.simulated import SimulatedCountry

AS_OF = "2025-12-31T00:00:00Z"


@pytest.fixture(scope="session")
def clubs(country: SimulatedCountry) -> list[str]:
    return sorted(set(country.season("SIM1", 2025).home))


@pytest.fixture
def season(monps):
    def ask(*more, competition="SIM1", runs=300):
        asked = ["--competition", competition, "--as-of", AS_OF, "--runs", str(runs)]
        return monps("season", *asked, *more)

    return ask


def test_the_answer_has_the_keys_that_scripts_rely_on(season, clubs):
    answer = season("--json")
    assert answer.status == 0
    assert answer.err == ""
    assert answer.json.keys() == {
        "competition", "season", "as_of", "model", "runs", "seed", "strength_draws", "rules", "played",
        "remaining", "table", "teams", "warnings",
    }  # fmt: skip
    assert answer.json["teams"][0].keys() == {
        "team", "points", "expected_points", "points_interval", "expected_position", "positions", "chances"
    }  # fmt: skip
    assert answer.json["table"][0].keys() == {
        "position", "team", "played", "won", "drawn", "lost", "goals_for", "goals_against", "goal_difference",
        "points", "deducted",
    }  # fmt: skip
    assert sorted(team["team"] for team in answer.json["teams"]) == clubs
    assert answer.json["played"] + answer.json["remaining"] == 56
    columns = zip(*(team["positions"] for team in answer.json["teams"]), strict=True)
    assert [sum(column) for column in columns] == pytest.approx([1.0] * 8)


def test_the_same_call_gives_the_same_numbers_and_says_so(season):
    assert season("--json").out == season("--json").out
    assert season("--json").json != season("--json", "--seed", "2").json
    assert "seed 1: the same call, the same numbers" in " ".join(season().out.split())


def test_the_table_fits_and_shows_the_same(season):
    answer, told = season(), season("--json").json
    assert max(map(len, answer.out.splitlines())) <= 100
    for team in told["teams"]:
        assert team["team"] in answer.out
        assert f"{team['expected_points']:.1f}" in answer.out
        assert f"{100 * team['chances']['title']:.1f} %" in answer.out


def test_cells_are_shaded_the_deeper_the_likelier(season):
    found = SeasonForecast.model_validate(season("--json").json)
    console = Console(color_system="truecolor", force_terminal=True, width=100)
    with console.capture() as printed:
        console.print(season_sheets.heat_map(found, 100))
    likeliest = max(max(team.positions) for team in found.teams)
    red, green, blue = season_sheets.shade(likeliest)
    assert f"48;2;{red};{green};{blue}m" in printed.get()
    assert season_sheets.shade(0) == season_sheets.PALE
    assert season_sheets.shade(1) == season_sheets.DEEP


def test_a_narrow_terminal_cuts_names_not_cells(season):
    found = SeasonForecast.model_validate(season("--json").json)
    console = Console(width=34)
    with console.capture() as printed:
        console.print(season_sheets.heat_map(found, 34))
    lines = printed.get().splitlines()
    assert len(lines) == 2 + len(found.teams)
    assert max(map(len, lines)) <= 34
    assert any("…" in line for line in lines)


def test_a_deduction_shows(season, clubs):
    answer = season("--deduct", f"{clubs[2]}=12", "--deduct", f"{clubs[0]} = 3", "--json")
    taken = {row["team"]: row["deducted"] for row in answer.json["table"]}
    assert (taken[clubs[2]], taken[clubs[0]], taken[clubs[1]]) == (12, 3, 0)
    assert f"{clubs[2]} -12" in " ".join(season("--deduct", f"{clubs[2]}=12").out.split())


def test_zones_and_rules_can_be_ones_own(season):
    told = season(
        "--zone", "europe=1..3", "--zone", "relegation=-1", "--tie-break", "head_to_head", "--json"
    ).json
    assert told["rules"]["tie_break"] == "head_to_head"
    assert sum(team["chances"]["europe"] for team in told["teams"]) == pytest.approx(3)
    assert sum(team["chances"]["relegation"] for team in told["teams"]) == pytest.approx(1)


def test_exact_strengths_are_said_so_and_surer(season):
    sure, unsure = season("--exact-strengths", "--json").json, season("--json").json
    assert (sure["strength_draws"], unsure["strength_draws"]) == (1, 100)
    assert "exact strengths" in season("--exact-strengths").out


def test_stale_data_is_warned_of(season, monkeypatch):
    assert "warning" not in season().out
    monkeypatch.setenv("MONPS_DATA_FRESHNESS_DAYS", "0.01")
    assert "days old" in season().out


def test_an_earlier_season_is_certain(season, country):
    assert country.until > date(2025, 7, 1)
    told = season("--season", "2425", "--json").json
    assert (told["season"]["start"], told["remaining"]) == (2024, 0)
    assert [max(team["positions"]) for team in told["teams"]] == [1.0] * 8


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_a_picture_is_drawn(season, tmp_path, ending):
    path = tmp_path / f"season.{ending}"
    assert season("--plot", str(path), "--json").status == 0
    assert path.read_bytes()[:5] == {"png": b"\x89PNG\r", "svg": b"<?xml"}[ending]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--deduct", "Everton"], "TEAM=POINTS"),
        (["--deduct", "=3"], "TEAM=POINTS"),
        (["--deduct", "Everton=-3"], "TEAM=POINTS"),
        (["--deduct", "Nowhere=3"], "unknown team"),
        (["--zone", "europe"], "no zone"),
        (["--zone", "europe=7..5"], "no zone"),
        (["--zone", "europe=0..5"], "there is no 0"),
        (["--tie-break", "coin"], "tie-break rule"),
        (["--model", "oracle"], "dixon_coles"),
        (["--season", "2224"], "two years"),
        (["--plot", "season.doc"], ".png"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_cure(season, words, said):
    answer = season(*words)
    assert answer.status == 2
    assert answer.out == ""
    assert said in answer.err


def test_no_runs_are_a_usage_error_and_no_season_not_enough_data(season, monps):
    assert season(runs=0).status == 2
    assert season("--season", "3031").status == 1
    assert monps("season", "--competition", "SIM1", "--as-of", "1999-01-01T00:00:00Z").status == 1
