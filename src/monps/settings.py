"""What the environment may set: variables that begin with ``MONPS_``, or a ``.env`` file."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self

import platformdirs
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from monps.errors import UsageError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

LogLevel = Literal["debug", "info", "warning", "error"]


def data_dir() -> Path:
    """Return the folder in which this user's data belongs."""
    return platformdirs.user_data_path("monps", appauthor=False)


def _default_url() -> str:
    return f"sqlite:///{data_dir() / 'monps.sqlite'}"


def _default_cache() -> Path:
    return platformdirs.user_cache_path("monps", appauthor=False)


class Settings(BaseSettings):
    """The settings, checked when they are read; unset ones have defaults that need no configuration.

    Parameters
    ----------
    debug : bool
        Show tracebacks, and log everything.
    database_url : str
        ``sqlite:///FILE`` or ``postgresql://…``; by default a file in the user's data folder.
    cache_dir : Path
        Where fetched payloads are kept.
    data_freshness_days : float
        Results older than this many days are called stale.
    log_level, log_format : str
        What is logged on standard error, and whether people or programs read it.
    """

    model_config = SettingsConfigDict(env_prefix="MONPS_", env_file=".env", extra="ignore", frozen=True)

    debug: bool = False
    database_url: str = Field(default_factory=_default_url)
    cache_dir: Path = Field(default_factory=_default_cache)
    data_freshness_days: float = Field(default=10, gt=0)
    log_level: LogLevel = "warning"
    log_format: Literal["console", "json"] = "console"

    @classmethod
    def read(cls) -> Self:
        """Read the environment.

        Raises
        ------
        UsageError
            If a variable has a value that makes no sense.
        """
        try:
            return cls()
        except ValidationError as error:
            raise UsageError("; ".join(_sentence(problem) for problem in error.errors())) from error


def _sentence(problem: "ErrorDetails") -> str:
    name = "_".join(str(part) for part in problem["loc"]).upper()
    return f"MONPS_{name}={problem['input']!r}: {problem['msg']}"
