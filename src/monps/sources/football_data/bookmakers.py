"""The bookmakers whose prices football-data.co.uk has listed."""

from collections.abc import Mapping

from monps.domain.odds import CONSENSUS_AVERAGE, CONSENSUS_MAXIMUM, EXCHANGE_SUFFIX

BOOKMAKERS: Mapping[str, str] = {
    "1XB": "1xbet",
    "B365": "bet365",
    "BF": "betfair",
    "BFD": "betfred",
    "BFE": f"betfair{EXCHANGE_SUFFIX}",
    "BMGM": "betmgm",
    "BS": "blue_square",
    "BV": "bet_victor",
    "BW": "bwin",
    "CL": "coral",
    "GB": "gamebookers",
    "IW": "interwetten",
    "LB": "ladbrokes",
    "P": "pinnacle",
    "PS": "pinnacle",
    "SB": "sportingbet",
    "SJ": "stan_james",
    "SO": "sporting_odds",
    "SY": "stanleybet",
    "VC": "bet_victor",
    "WH": "william_hill",
    "Avg": CONSENSUS_AVERAGE,
    "BbAv": CONSENSUS_AVERAGE,
    "Max": CONSENSUS_MAXIMUM,
    "BbMx": CONSENSUS_MAXIMUM,
}
"""Abbreviations with the names under which we know the bookmakers."""
