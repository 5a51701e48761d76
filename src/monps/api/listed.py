"""Lists predictions, and remembers how a query was read: the same one is not read again."""

from functools import partial

from starlette.responses import Response

from monps.api.answers import raw_response
from monps.api.together import Together
from monps.ports.unit_of_work import UnitOfWorkFactory
from monps.services.predictions import ListQuestion, list_all

_MOST_REMEMBERED = 1000


class Lister:
    """Lists predictions for all that wait.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where they are.
    """

    def __init__(self, open_work: UnitOfWorkFactory) -> None:
        self._together: Together[ListQuestion, bytes] = Together(partial(list_all, open_work))
        self._understood: dict[bytes, ListQuestion] = {}

    async def list(self, question: ListQuestion) -> Response:
        """Answer with a page."""
        return raw_response(await self._together.ask(question))

    def remember(self, query: bytes, question: ListQuestion) -> None:
        """Remember what a query means, of which there was nothing to remark."""
        if len(self._understood) >= _MOST_REMEMBERED:
            self._understood.clear()
        self._understood[query] = question

    def understand(self, query: bytes) -> ListQuestion | None:
        """Return what a query means, if it was read before."""
        return self._understood.get(query)
