"""The books from the command line: open, bet, settle, report; and every refusal leaves them as they were."""

import orjson
import pytest

EARLY, THEN = "2024-08-01T00:00:00Z", "2025-12-05T18:00:00Z"


@pytest.fixture(autouse=True)
def bankroll(own):
    """A bankroll of 1000."""
    assert own("bankroll", "open", "main", "1000.00").status == 0


@pytest.fixture
def matches(own):
    """Two matches that have been played: number, sides, day."""
    found = own("value", "-c", "SIM1", "--as-of", THEN, "-f", "dixon_coles", "--json").json["values"]
    seen = {value["match_id"]: value for value in found}
    return list(seen.values())[:2]


def books(own):
    return own("bets", "--json").out, own("bankroll", "list", "--json").out


def named(match):
    return [
        "--competition",
        "SIM1",
        "--home",
        match["home"],
        "--away",
        match["away"],
        "--day",
        match["kickoff"][:10],
    ]


def test_from_bankroll_to_report(own, matches, tmp_path):
    first, second = matches
    what = ["--selection", "home", "--odds", "2.10", "--stake", "10.00", "--placed-at", THEN]
    told = own("bet", *named(first), *what, "--bookmaker", "bet365", "--note", "by feel", "--json")
    assert told.status == 0
    assert (told.json[0]["match_id"], told.json[0]["odds"], told.json[0]["stake"]) == (
        first["match_id"],
        "2.10",
        "10.00",
    )
    row = f"{second['match_id']},totals,2.5,over,1.90,5,{THEN}"
    (tmp_path / "bets.csv").write_text(f"match_id,family,line,selection,odds,stake,placed_at\n{row}\n")
    assert own("bet", "--file", "bets.csv").status == 0
    assert len(own("bets", "--open", "--json").json) == 2
    assert "totals 2.5: over" in own("bets").out
    done = own("settle", "--json").json
    assert (len(done["settled"]), done["open"], done["warnings"]) == (2, 0, [])
    before = books(own)
    assert own("settle", "--json").json["settled"] == []
    assert books(own) == before
    report = own("report", "--html", "report.html", "--json").json
    assert report["bets"] == 2
    assert float(report["profit"]) == float(report["final"]) - 1000
    assert {"yield", "clv", "drawdown", "by", "equity"} <= report.keys()
    assert "Betting loses money" in own("report").out
    page = (tmp_path / "report.html").read_text()
    assert page.count("<svg") == 5
    assert "http" not in page.replace("http-equiv", "")


def test_value_is_sized_placed_and_placed_once(own):
    ask = ["value", "-c", "SIM1", "--as-of", THEN, "-f", "dixon_coles", "--caution", "0", "-b", "main"]
    found = own(*ask, "--place", "--json").json
    stakes = [value["stake"] for value in found["values"] if not value["no_bet"]]
    assert stakes
    bets = own("bets", "--json").json
    assert [bet["stake"] for bet in bets] == stakes
    before = books(own)
    assert own(*ask, "--place").status == 0
    assert books(own) == before
    assert "bets among" in own(*ask[:-2]).out


def test_usually_there_is_no_bet(own):
    answer = own("value", "-c", "SIM1", "--as-of", THEN, "-f", "dixon_coles", "--least-value", "5")
    assert "0 bets among" in answer.out
    assert "no edge" in answer.out
    assert (
        len(own("value", "-c", "SIM1", "--as-of", THEN, "-f", "dixon_coles", "--all").out.splitlines()) > 20
    )


def test_what_is_done_by_hand_is_written_down(own, matches):
    number = str(matches[0]["match_id"])
    own("bet", "--match", number, "-s", "home", "--odds", "2", "--stake", "10", "--placed-at", THEN)
    assert own("settle", "--void-match", number).status == 2
    done = own("settle", "--void-match", number, "--reason", "abandoned", "--json").json
    assert done["settled"][0]["settlement"]["reason"] == "abandoned"
    kinds = [event["event_type"] for event in own("audit", "list", "--json").json["events"]]
    assert kinds[:3] == ["bet.settled", "bet.placed", "bankroll.opened"]
    assert own("audit", "verify").status == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--match", "99999", "-s", "home", "--odds", "2", "--stake", "10"], "no match 99999"),
        (["--match", "1", "-s", "home", "--odds", "1.0", "--stake", "10"], "greater than 1"),
        (["--match", "1", "-s", "home", "--odds", "2", "--stake", "1001", "--placed-at", EARLY], "exceeds"),
        (["--match", "1", "-s", "home", "--odds", "2", "--stake", "10"], "kicked off"),
        (["--match", "1", "-s", "hone", "--odds", "2", "--stake", "10"], "hone"),
        (["--match", "1", "-s", "home", "--odds", "2", "--stake", "0"], "stake"),
        (["--match", "1", "-s", "home", "--odds", "two", "--stake", "1"], "odds"),
        (["--match", "1", "--stake", "10"], "selection"),
        (["-s", "home", "--odds", "2", "--stake", "10"], "names its match"),
        (["--file", "nowhere.csv"], "no file"),
    ],
)  # fmt: skip
def test_bad_bets_are_refused_and_the_books_stay(own, words, said):
    before = books(own)
    answer = own("bet", *words)
    assert answer.status == 2
    assert said in answer.err
    assert books(own) == before


def test_a_settled_bet_is_not_edited(own, matches):
    number = str(matches[0]["match_id"])
    own("bet", "--match", number, "-s", "home", "--odds", "2", "--stake", "10", "--placed-at", THEN)
    own("settle")
    before = books(own)
    answer = own("settle", "--void-bet", "1", "--reason", "regret")
    assert answer.status == 2
    assert "never changed" in answer.err
    assert books(own) == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bets.csv", "match_id,selection,odds,stake\n1,home,2.0,10\n1,home,0.9,10\n"),
        ("bets.json", "[1"),
        ("bets.json", "{}"),
        ("bets.csv", "match_id,selection,odds,stake\n"),
    ],
)
def test_a_file_with_a_bad_row_is_refused_whole(own, tmp_path, name, content):
    (tmp_path / name).write_text(content)
    before = books(own)
    assert own("bet", "--file", name).status == 4
    assert books(own) == before


def test_a_list_in_json_is_read(own, tmp_path, matches):
    row = {
        "match_id": matches[0]["match_id"],
        "selection": "away",
        "odds": "3.5",
        "stake": "2",
        "placed_at": THEN,
    }
    (tmp_path / "bets.json").write_bytes(orjson.dumps([row]))
    assert own("bet", "--file", "bets.json", "--json").json[0]["selection"] == "away"


@pytest.mark.parametrize(
    "words",
    [
        ["bankroll", "open", "main", "5"],
        ["bankroll", "open", "second", "much"],
        ["report", "-b", "nobody"],
        ["report", "--html", "report.pdf"],
        ["report", "--html", "nowhere/report.html"],
        ["value", "-c", "SIM1", "--place"],
        ["value", "-c", "SIM1", "-b", "main", "--stake", "martingale"],
    ],
)
def test_what_makes_no_sense_is_refused(own, words):
    answer = own(*words)
    assert answer.status == 2
    assert answer.err


def test_risk_is_told(own):
    told = own("risk", "position", "--balance", "1000", "--odds", "2.1", "-p", "0.52", "--json").json
    assert (told["stake"], told["no_bet"]) == ("20.90", None)
    offers = ["--offer", "match_result:home=2.2", "--offer", "totals 2.5:over=2.0"]
    goals = ["--home-goals", "1.6", "--away-goals", "1.1"]
    told = own("risk", "portfolio", "--balance", "1000", *goals, *offers, "--json").json
    assert len(told["positions"]) == 2
    assert "staked" in own("risk", "portfolio", "--balance", "1000", *goals, *offers).out
    assert own("risk", "var", "--json").json["worst"] == "0.00"
    assert "0 bets" in own("risk", "var").out
    assert own("risk", "book", "--json").json["exposures"] == []
    assert "at stake" in own("risk", "book").out
    for words in (["--offer", "home=2"], ["--offer", "match_result:home=0.5"], []):
        answer = own("risk", "portfolio", "--balance", "1000", *goals, *words)
        assert answer.status == 2


def test_limits_are_settings(own, monkeypatch):
    ask = ["risk", "position", "--balance", "1000", "--odds", "2.1", "-p", "0.9", "--json"]
    assert own(*ask).json["stake"] == "50.00"
    monkeypatch.setenv("MONPS_LIMIT_PER_BET", "0.01")
    told = own(*ask).json
    assert (told["stake"], told["controls"][0]["control"]) == ("10.00", "per_bet")
    monkeypatch.setenv("MONPS_LIMIT_PER_BET", "2")
    answer = own(*ask)
    assert answer.status == 2
    assert "MONPS_LIMIT_PER_BET" in answer.err
