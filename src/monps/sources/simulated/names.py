"""Invented names: no club, referee or player of this country exists."""

from monps.errors import UsageError

CLUBS = (
    "Aldergate City", "Ashgrave", "Barrowmere", "Brackwater", "Calderfall", "Carrowden", "Copperlow Town",
    "Crowfallow", "Dunmarrow", "Elmhollow", "Emberwick", "Fallowgate", "Fenwarden", "Foxholt Rovers",
    "Glasswater", "Greymantle", "Hallowick City", "Harrowfen", "Hexmarsh", "Highmarrow", "Ironbourne",
    "Kestrelgate", "Kingsfallow", "Larkhaven", "Longmarrow", "Lowenthorn", "Marlgrave", "Mistlemoor",
    "Moorwarden", "Netherbeck Vale", "Northfallow", "Oakmantle", "Otterfen", "Pellmouth", "Pikehaven",
    "Quarrygate", "Ravenfold", "Redbarrow", "Rookmere", "Saltgrave", "Sandwarden", "Silverlow United",
    "Stagmantle", "Stonemarrow", "Tarnhollow", "Thornwater", "Ullergate", "Vanefold", "Westmantle",
    "Whitfallow", "Wolderhaven", "Wrengrave Athletic", "Yarrowfen", "Zellmoor",
)  # fmt: skip
_FIRST_NAMES = (
    "Adrik", "Bastel", "Corvin", "Dain", "Edrin", "Fenn", "Garrin", "Halden", "Ivo", "Jorrin", "Kellan",
    "Lorcan", "Maren", "Nevin", "Orrin", "Pell", "Quill", "Rowan", "Soren", "Tamsin", "Ulric", "Varian",
    "Wendel", "Yorick",
)  # fmt: skip
_SURNAME_STARTS = (
    "Alder", "Bram", "Cald", "Dunn", "Eller", "Farr", "Gris", "Hask", "Ister", "Jarr", "Kern", "Lang", "Morr",
    "Nett", "Ost", "Parr", "Quen", "Rask", "Stell", "Torr", "Ulf", "Vann", "Wess", "Yarr",
)  # fmt: skip
_SURNAME_ENDS = (
    "ach", "and", "beck", "croft", "dahl", "er", "fold", "gate", "holt", "ick", "keld", "low", "mere", "nor",
    "ow", "quist", "rin", "sen", "ton", "vik",
)  # fmt: skip
PEOPLE = len(_FIRST_NAMES) * len(_SURNAME_STARTS) * len(_SURNAME_ENDS)
"""How many people there are names for."""
_STRIDE = 4_397
"""Coprime to the number of names, so that numbers that follow each other get unlike names, none twice."""


def person(number: int) -> tuple[str, str]:
    """Return the first name and the surname of person ``number``; no two numbers share both.

    Raises
    ------
    UsageError
        If there are not so many names.

    Examples
    --------
    >>> person(0), person(1)
    (('Adrik', 'Alderach'), ('Fenn', 'Jarrcroft'))
    """
    if not 0 <= number < PEOPLE:
        raise UsageError(
            f"there are names for {PEOPLE} people, so person {number} has none: simulate fewer seasons"
        )
    rest, first = divmod(number * _STRIDE % PEOPLE, len(_FIRST_NAMES))
    start, end = divmod(rest, len(_SURNAME_ENDS))
    return _FIRST_NAMES[first], _SURNAME_STARTS[start] + _SURNAME_ENDS[end]


def player(number: int) -> str:
    """Return a player's full name."""
    return " ".join(person(number))


def referee(number: int) -> str:
    """Return a referee's name as result files write it: an initial and a surname.

    Examples
    --------
    >>> referee(0)
    'T Ostrin'
    """
    first, surname = person(PEOPLE - 1 - number)
    return f"{first[0]} {surname}"
