"""What the dashboard answers when it cannot do what was asked: a status, and a sentence for people."""

from monps import errors


class Refusal(Exception):  # noqa: N818 - a verdict, not a fault
    """A request that is refused.

    Parameters
    ----------
    status : int
        The HTTP status.
    message : str
        A message that has translations.
    """

    def __init__(self, status: int, message: str) -> None:
        self.status, self.message = status, message
        super().__init__(message)


_STATUSES: dict[type[errors.MonpsError], int] = {
    errors.UnknownNameError: 404,
    errors.NotFoundError: 404,
    errors.ConflictError: 409,
    errors.LowConfidenceError: 422,
    errors.UsageError: 422,
    errors.NotEnoughData: 422,
    errors.SourceError: 502,
    errors.StorageError: 503,
    errors.MonpsError: 500,
}


def status_of(error: errors.MonpsError) -> int:
    """Return the HTTP status of an error: that of the nearest kind that has one.

    Examples
    --------
    >>> status_of(errors.UnknownTeam("Arsenl")), status_of(errors.DataRefused("no columns"))
    (404, 500)
    """
    kinds = (kind for kind in type(error).__mro__ if kind in _STATUSES)
    return _STATUSES[next(kinds)]
