"""How SofaScore numbers competitions."""

CODES = {17: "E0", 8: "SP1", 35: "D1", 23: "I1", 34: "F1"}
"""Our code by the number of the unique tournament."""


def code_of(number: int) -> str:
    """Return our code of a tournament; one that we have none for goes by its number.

    Examples
    --------
    >>> code_of(17), code_of(10783)
    ('E0', 'S10783')
    """
    return CODES.get(number, f"S{number}")
