"""How FBref numbers competitions, and what folders of its tables are called."""

NUMBERS = {"E0": 9, "SP1": 12, "D1": 20, "I1": 11, "F1": 13}
"""FBref's number of each competition that monps knows."""

CODES = {str(number): code for code, number in NUMBERS.items()}
COUNTRIES = {"ENG": "E0", "SPA": "SP1", "GER": "D1", "ITA": "I1", "FRA": "F1"}
"""Our code by the folder in which a country's tables are kept."""

NAMES = {
    "premier league": "E0",
    "la liga": "SP1",
    "bundesliga": "D1",
    "serie a": "I1",
    "ligue 1": "F1",
    "epl": "E0",
}
"""Our code by a competition's name where the country cannot be another."""

_SQUADS = {
    "E0": (
        "Arsenal", "Aston Villa", "Bournemouth", "Brentford", "Brighton", "Burnley", "Cardiff City",
        "Chelsea", "Crystal Palace", "Everton", "Fulham", "Huddersfield", "Hull City", "Ipswich Town",
        "Leeds United", "Leicester City", "Liverpool", "Luton Town", "Manchester City", "Manchester Utd",
        "Middlesbrough", "Newcastle Utd", "Norwich City", "Nott'ham Forest", "QPR", "Sheffield Utd",
        "Southampton", "Stoke City", "Sunderland", "Swansea City", "Tottenham", "Watford", "West Brom",
        "West Ham", "Wolves",
    ),
    "SP1": (
        "Alavés", "Almería", "Athletic Club", "Atlético Madrid", "Barcelona", "Betis", "Celta Vigo",
        "Cádiz", "Eibar", "Elche", "Espanyol", "Getafe", "Girona", "Granada", "Huesca", "La Coruña",
        "Las Palmas", "Leganés", "Levante", "Mallorca", "Málaga", "Osasuna", "Oviedo", "Rayo Vallecano",
        "Real Madrid", "Real Sociedad", "Sevilla", "Valencia", "Valladolid", "Villarreal",
    ),
    "D1": (
        "Arminia", "Augsburg", "Bayern Munich", "Bochum", "Darmstadt 98", "Dortmund", "Düsseldorf",
        "Eint Frankfurt", "Freiburg", "Gladbach", "Greuther Fürth", "Hamburger SV", "Hannover 96",
        "Heidenheim", "Hertha BSC", "Hoffenheim", "Holstein Kiel", "Köln", "Leverkusen", "M'Gladbach",
        "Mainz 05", "Nürnberg", "Paderborn 07", "RB Leipzig", "Schalke 04", "St. Pauli", "Stuttgart",
        "Union Berlin", "Werder Bremen", "Wolfsburg",
    ),
    "I1": (
        "Atalanta", "Benevento", "Bologna", "Brescia", "Cagliari", "Chievo", "Como", "Cremonese",
        "Crotone", "Empoli", "Fiorentina", "Frosinone", "Genoa", "Hellas Verona", "Inter", "Juventus",
        "Lazio", "Lecce", "Milan", "Monza", "Napoli", "Parma", "Pisa", "Roma", "SPAL", "Salernitana",
        "Sampdoria", "Sassuolo", "Spezia", "Torino", "Udinese", "Venezia",
    ),
    "F1": (
        "Ajaccio", "Amiens", "Angers", "Auxerre", "Bordeaux", "Brest", "Caen", "Clermont Foot", "Dijon",
        "Guingamp", "Le Havre", "Lens", "Lille", "Lorient", "Lyon", "Marseille", "Metz", "Monaco",
        "Montpellier", "Nantes", "Nice", "Nîmes", "Paris FC", "Paris S-G", "Reims", "Rennes",
        "Saint-Étienne", "Strasbourg", "Toulouse", "Troyes",
    ),
}  # fmt: skip


def plays_in(squad: str, code: str) -> bool:
    """Whether a squad, under FBref's name, is known to have played in a league.

    The names of leagues are not enough: others have a Premier League and a Serie A too.
    """
    return squad in _SQUADS[code]
