"""Every page shows what is in the store, says so where nothing is, and runs nothing that it is told."""

import re

import pytest
from lxml import html

from fakes import FakeClock
from web_desk import FakeDesk, client_of
from web_store import NOW, add_predictions, fill_calendar

PAGES = ("/", "/team", "/performance", "/ledger", "/backtests", "/backtests/compare", "/system")
HOSTILE = (
    "<script>alert(1)</script>",
    "\u202e\u05e9\u05dc\u05d5\u05dd <b>FC</b>",
    "Llan" * 30,
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }} & '",
)
BET = {
    "selection": "odds~totals~2.5~full_time~over",
    "odds": "2.10",
    "stake": "12.50",
    "bookmaker": "by_hand",
}
BACKTEST = {
    "forecaster": "goals",
    "first_day": "2024-08-01",
    "last_day": "2025-05-30",
    "competition.SIM1": "1",
}
TOKEN = re.compile(r'name="csrf" value="([^"]+)"')


@pytest.fixture
def empty(opened, empty_file):
    """A client of an empty store."""
    return opened(empty_file)[0]


@pytest.fixture
def filled(opened, filled_file):
    """A client of a full store, and the number of the fixture in it."""
    client, database = opened(filled_file)
    with database.open_work() as work:
        [coming] = work.matches.fixtures([], NOW)
    return client, coming.match_id


def post(client, path, **data):
    token = TOKEN.search(client.get("/").text).group(1)
    return client.post(path, data={"csrf": token, **data})


@pytest.mark.parametrize("path", PAGES)
def test_an_empty_store_has_every_page(path, empty):
    assert empty.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_a_full_store_has_every_page(path, filled):
    client, _ = filled
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", [*PAGES, "/match/{}", "/match/{}/markets"])
def test_a_page_has_one_heading_a_title_and_no_script_of_its_own(path, filled):
    client, number = filled
    text = client.get(path.format(number)).text
    assert len(re.findall(r"<h1\b", text)) == 1
    assert re.search(r"<title>[^<]+ · monps</title>", text)
    assert re.findall(r"<script\b[^>]*>", text) == [
        re.search(r'<script src="/static/monps.js[^>]*>', text).group()
    ]
    assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:", text)
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', text)


def test_an_unknown_page_and_an_unknown_match_are_not_found(empty):
    assert [empty.get(path).status_code for path in ("/nothing", "/match/7", "/backtests/7")] == [404] * 3


def test_the_round_shows_what_was_predicted_last(filled):
    text = filled[0].get("/").text
    assert "1.62 : 1.08" in text
    assert 'href="/match/' in text


def test_the_match_shows_its_chances_agents_and_what_changed(filled):
    client, number = filled
    text = client.get(f"/match/{number}").text
    for words in ("likeliest score", "market memory", "abstains", "the referee is not known", "+0.12"):
        assert words in text
    assert "1.50" in re.search(r'id="history".*', text, re.DOTALL).group()


def test_a_typed_price_is_valued_and_staked(filled):
    client, number = filled
    price = {"odds~match_result~~full_time~home": "2.60", "bankroll": "500"}
    text = client.get(f"/match/{number}", params=price).text
    assert 'value="2.60"' in text
    assert "Record bet" in text
    assert "Record bet" not in client.get(f"/match/{number}").text


def test_a_price_below_the_fair_one_is_no_bet_and_says_why(filled):
    client, number = filled
    text = client.get(f"/match/{number}", params={"odds~match_result~~full_time~home": "1.50"}).text
    assert "does not clear" in text


@pytest.mark.parametrize("price", ["evens", "1.0", "-2", "nan", "inf", "1e9"])
def test_what_is_no_price_is_shown_as_refused(price, filled):
    client, number = filled
    answer = client.get(f"/match/{number}", params={"odds~match_result~~full_time~home": price})
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.text


@pytest.mark.parametrize("field", ["odds~x", "odds~match_result~x~full_time~home"])
def test_a_field_that_names_no_selection_is_refused(field, filled):
    client, number = filled
    assert client.get(f"/match/{number}", params={field: "2.0"}).status_code == 422


def test_a_bet_is_recorded_once_it_is_asked_for(filled):
    client, number = filled
    bet = {
        "selection": "odds~totals~2.5~full_time~over",
        "odds": "2.10",
        "stake": "12.50",
        "bookmaker": "by_hand",
    }
    answer = post(client, f"/match/{number}/bets", **bet)
    assert answer.status_code == 303
    text = client.get(answer.headers["location"]).text
    assert "12.50" in text
    assert "is recorded" in text


@pytest.mark.parametrize(
    "changed", [{"stake": "0"}, {"odds": "0.9"}, {"stake": "99999"}, {"selection": "odds~x"}]
)
def test_a_bet_that_makes_no_sense_is_refused(changed, filled):
    client, number = filled
    bet = {
        "selection": "odds~match_result~~full_time~home",
        "odds": "2.1",
        "stake": "5",
        "bookmaker": "by_hand",
    }
    assert post(client, f"/match/{number}/bets", **bet | changed).status_code in {409, 422}


def test_nobody_to_ask_is_said(filled):
    client, number = filled
    assert post(client, f"/match/{number}/forecast").status_code == 503


def test_every_price_can_be_downloaded(filled):
    client, number = filled
    answer = client.get(f"/match/{number}/markets.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.text.splitlines()[0] == "family,line,period,selection,probability,fair_odds"
    assert len(answer.text.splitlines()) > 700


def test_backtests_are_shown_compared_and_downloaded(filled):
    client, _ = filled
    assert "0.1970" in client.get("/backtests/1").text
    assert "Dixon" not in client.get("/backtests/compare", params={"job": [1]}).text
    assert "dixon coles" in client.get("/backtests/compare", params={"job": [1, 2]}).text
    header, whole, *_ = client.get("/backtests/1.csv").text.splitlines()
    told = dict(zip(header.split(","), whole.split(","), strict=False))
    assert (told["part"], told["n"], told["rps"], told["log_loss_gap"]) == ("all", "380", "0.197", "0.0031")


@pytest.mark.parametrize("rule", ["", "flat", "kelly_match"])
def test_a_backtest_may_be_asked_to_stake(rule, filled):
    client, _ = filled
    path = post(client, "/backtests", **BACKTEST, stake=rule).headers["location"]
    assert client.get(path).status_code == 200
    assert f'<option value="{rule}">' in client.get("/backtests").text


def test_a_rule_that_is_none_is_refused(filled):
    assert post(filled[0], "/backtests", **BACKTEST, stake="martingale").status_code == 404


def test_a_page_waits_for_forecasts_that_are_being_made(opened, empty_file):
    database = opened(empty_file)[1]
    number = fill_calendar(database.open_work)
    busy = True
    client = client_of(FakeDesk(database.open_work, FakeClock(NOW)), is_filling=lambda: busy)
    for path in ("/", f"/match/{number}"):
        assert "data-polls" in client.get(path).text
        assert "The brain is learning" in client.get(path).text
    busy = False
    for path in ("/", f"/match/{number}"):
        assert "data-polls" not in client.get(path).text
    add_predictions(database.open_work, number)
    busy = True
    assert "data-polls" not in client.get("/").text


def test_a_backtest_is_queued_watched_and_cancelled(filled):
    client, _ = filled
    answer = post(client, "/backtests", **BACKTEST)
    path = answer.headers["location"]
    assert "data-polls" in client.get(path).text
    assert post(client, f"{path}/cancel").status_code == 303
    assert "cancelled" in client.get(path).text


@pytest.mark.parametrize(
    "changed", [{"first_day": "2026-01-01"}, {"first_day": "soon"}, {"forecaster": "nobody"}]
)
def test_a_backtest_that_makes_no_sense_is_refused(changed, filled):
    assert post(filled[0], "/backtests", **BACKTEST | changed).status_code in {404, 422}


def test_books_are_opened_and_bets_settled(opened, empty_file):
    client, database = opened(empty_file)
    fill_calendar(database.open_work)
    assert "Open a bankroll" in client.get("/ledger").text
    assert post(client, "/ledger/bankroll", initial="250,50", currency="EUR").status_code == 303
    assert "250.50" in client.get("/ledger").text
    assert post(client, "/ledger/settle").status_code == 303


@pytest.mark.parametrize("amount", ["", "-5", "0", "much", "NaN"])
def test_an_amount_that_is_none_is_refused(amount, empty):
    assert post(empty, "/ledger/bankroll", initial=amount, currency="EUR").status_code == 422


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_shown_and_not_run(name, opened, empty_file):
    client, database = opened(empty_file)
    number = fill_calendar(database.open_work, (name, "Barrowmere"))
    add_predictions(database.open_work, number, (name, "Barrowmere"))
    for path in ("/", "/team", f"/match/{number}", f"/match/{number}/markets", "/system"):
        text = client.get(path).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<b>FC" not in text
        assert "49 &amp;" not in text
    links = re.findall(r'href="(/team/SIM1/[^"]+)"', client.get("/team").text)
    assert [client.get(link).status_code for link in links] == [200] * 3


def test_a_team_s_style_is_shown_group_by_group(filled):
    client, _ = filled
    text = client.get("/team/SIM1/Ashgrave", params={"style": "pressing"}).text
    assert re.search(r'href="\?style=pressing#past" aria-current', text)
    assert "Style through time" in text
    assert client.get("/team/SIM1/Ashgrave", params={"style": "elegance"}).status_code == 404


def test_a_competition_that_is_not_in_the_store_has_no_team(filled):
    assert filled[0].get("/team/NOPE1/Ashgrave").status_code == 404


@pytest.mark.parametrize("path", [*PAGES, "/match/{}", "/match/{}/markets", "/team/SIM1/Ashgrave"])
def test_reading_writes_nothing(path, opened, filled_file):
    database = opened(filled_file)[1]
    with database.open_work() as work:
        [coming] = work.matches.fixtures([], NOW)

    def read_only(*, write=False):
        assert not write
        return database.open_work()

    reader = client_of(FakeDesk(read_only, FakeClock(NOW)))
    assert reader.get(path.format(coming.match_id)).status_code == 200


def test_french_is_spoken_where_it_is_asked_for(filled):
    client, number = filled
    text = client.get(f"/match/{number}", headers={"accept-language": "fr"}).text
    assert '<html lang="fr"' in text
    for words in ("buts attendus", "mémoire du marché", "1,62", "Victoire", "cote juste"):
        assert words.lower() in text.lower()


def test_a_sentence_that_nobody_translated_is_marked_as_english(filled):
    client, number = filled
    path, said = f"/match/{number}", "the referee is not known"
    assert f'<span lang="en">{said}</span>' in client.get(path, headers={"accept-language": "fr"}).text
    assert f'<p class="notice tone-warn">{said}</p>' in client.get(path).text


@pytest.mark.parametrize(
    "path",
    [*PAGES, "/match/{}", "/team/SIM1/Ashgrave", "/backtests/1", "/backtests/compare?job=1&job=2"],
)
def test_every_picture_has_its_figures_beside_it(path, filled):
    client, number = filled
    page = html.fromstring(client.get(path.format(number)).text)
    for picture in page.iterfind('.//svg[@role="img"]'):
        [nearest, *_] = picture.xpath('ancestor::figure|ancestor::tr|ancestor::div[@class="outcome-bar"]')[
            ::-1
        ]
        written = "".join(nearest.itertext())
        assert nearest.findall(".//table") or len(re.findall(r"\d%", written)) >= 3, written
