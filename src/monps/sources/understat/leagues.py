"""Which league a payload of Understat is of: its own answers do not say."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePosixPath

LEAGUES = {"EPL": "E0", "La_liga": "SP1", "Bundesliga": "D1", "Serie_A": "I1", "Ligue_1": "F1", "RFPL": "RUS"}
"""Our code of each league by Understat's name."""

_TEAMS = {
    "E0": (
        "Arsenal", "Aston Villa", "Bournemouth", "Brentford", "Brighton", "Burnley", "Cardiff", "Chelsea",
        "Crystal Palace", "Everton", "Fulham", "Huddersfield", "Hull", "Ipswich", "Leeds", "Leicester",
        "Liverpool", "Luton", "Manchester City", "Manchester United", "Middlesbrough", "Newcastle United",
        "Norwich", "Nottingham Forest", "Queens Park Rangers", "Sheffield United", "Southampton", "Stoke",
        "Sunderland", "Swansea", "Tottenham", "Watford", "West Bromwich Albion", "West Ham",
        "Wolverhampton Wanderers",
    ),
    "SP1": (
        "Alaves", "Almeria", "Athletic Club", "Atletico Madrid", "Barcelona", "Cadiz", "Celta Vigo",
        "Cordoba", "Deportivo La Coruna", "Eibar", "Elche", "Espanyol", "Getafe", "Girona", "Granada",
        "Las Palmas", "Leganes", "Levante", "Malaga", "Mallorca", "Osasuna", "Rayo Vallecano",
        "Real Betis", "Real Madrid", "Real Sociedad", "Real Valladolid", "SD Huesca", "Sevilla",
        "Sporting Gijon", "Valencia", "Villarreal",
    ),
    "D1": (
        "Arminia Bielefeld", "Augsburg", "Bayer Leverkusen", "Bayern Munich", "Bochum",
        "Borussia Dortmund", "Borussia M.Gladbach", "Darmstadt", "Eintracht Frankfurt", "FC Cologne",
        "FC Heidenheim", "Fortuna Duesseldorf", "Freiburg", "Greuther Fuerth", "Hamburger SV",
        "Hannover 96", "Hertha Berlin", "Hoffenheim", "Holstein Kiel", "Ingolstadt", "Mainz 05",
        "Nuernberg", "Paderborn", "RasenBallsport Leipzig", "Schalke 04", "St. Pauli", "Union Berlin",
        "VfB Stuttgart", "Werder Bremen", "Wolfsburg",
    ),
    "I1": (
        "AC Milan", "Atalanta", "Benevento", "Bologna", "Brescia", "Cagliari", "Carpi", "Cesena",
        "Chievo", "Como", "Cremonese", "Crotone", "Empoli", "Fiorentina", "Frosinone", "Genoa", "Inter",
        "Juventus", "Lazio", "Lecce", "Monza", "Napoli", "Palermo", "Parma", "Parma Calcio 1913",
        "Pescara", "Roma", "SPAL 2013", "Salernitana", "Sampdoria", "Sassuolo", "Spezia", "Torino",
        "Udinese", "Venezia", "Verona",
    ),
    "F1": (
        "Ajaccio", "Amiens", "Angers", "Auxerre", "Bordeaux", "Brest", "Caen", "Clermont Foot", "Dijon",
        "Evian Thonon Gaillard", "GFC Ajaccio", "Guingamp", "Le Havre", "Lens", "Lille", "Lorient",
        "Lyon", "Marseille", "Metz", "Monaco", "Montpellier", "Nancy", "Nantes", "Nice", "Nimes",
        "Paris Saint Germain", "Reims", "Rennes", "SC Bastia", "Saint-Etienne", "Strasbourg", "Toulouse",
        "Troyes",
    ),
    "RUS": (
        "Amkar", "Anzhi Makhachkala", "Arsenal Tula", "CSKA Moscow", "Dinamo Moscow", "FC Krasnodar",
        "FC Orenburg", "FC Rostov", "FC Rotor Volgograd", "FC Tambov", "FC Ufa", "FC Yenisey Krasnoyarsk",
        "FK Akhmat", "Khimki", "Krylya Sovetov Samara", "Kuban Krasnodar", "Lokomotiv Moscow", "Mordovya",
        "Nizhny Novgorod", "PFC Sochi", "Rubin Kazan", "SKA-Khabarovsk", "Spartak Moscow", "Tom Tomsk",
        "Torpedo Moscow", "Tosno", "Ural", "Zenit St. Petersburg",
    ),
}  # fmt: skip

LEAGUE_OF = {team: league for league, teams in _TEAMS.items() for team in teams}
"""Our code of the league by the name of a team that has played in it."""

_CODE = re.compile(r"[A-Z][A-Z0-9]{1,7}")
_FILE = re.compile(r"(?:shots_|players_|appearances_)?(.+?)_(\d{4}|\d\d-\d\d)$", re.IGNORECASE)


def league_of(teams: Iterable[str]) -> str | None:
    """Return the league that most of some teams are known to have played in; None if none is known.

    A team that has just been promoted is not in the list, but those it meets are.

    Examples
    --------
    >>> league_of(["Arsenal", "A promoted team"]), league_of(["Nobody"])
    ('E0', None)
    """
    voted = Counter(LEAGUE_OF[team] for team in teams if team in LEAGUE_OF).most_common(1)
    return voted[0][0] if voted else None


def league_in(name: str) -> str | None:
    """Return the league that a payload's name tells: Understat's name for it, or a code of ours.

    Examples
    --------
    >>> league_in("La_liga_2022.json"), league_in("a/SIM1_2025.json"), league_in("shots_epl_14-15.csv.gz")
    ('SP1', 'SIM1', 'E0')
    """
    found = _FILE.match(PurePosixPath(name).name.split(".")[0])
    if not found:
        return None
    told = found[1]
    by_lower = {league.lower(): code for league, code in LEAGUES.items()}
    return by_lower.get(told.lower()) or (told if _CODE.fullmatch(told) else None)
