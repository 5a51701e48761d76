"""Answers about the service itself."""

from typing import Literal

from monps.domain.base import Noun


class Alive(Noun):
    """The process answers."""

    status: Literal["alive"]
    version: str
