"""What the environment may set: variables that begin with ``MONPS_``, or a ``.env`` file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Self

import platformdirs
from pydantic import Field, StringConstraints, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from monps.domain.stakes import Limits
from monps.errors import UsageError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_LIMITS = Limits()

LogLevel = Literal["debug", "info", "warning", "error"]
RateLimit = Annotated[str, StringConstraints(pattern=r"^(off|[1-9]\d{0,8}/(second|minute|hour|day))$")]


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
    environment : str
        What this installation is called in logs and metrics.
    host, port : str, int
        Where the service listens.
    api_keys_required : bool
        Whether every request needs a key; off this machine that is refused to be false.
    allowed_hosts, cors_origins : list of str
        Names under which the service may be addressed, and pages of others that may ask it; as JSON.
    rate_limit, rate_limit_writes : str
        How often a key, or an address without one, may ask: ``600/minute``; ``off`` for no limit.
    max_request_bytes : int
        Larger requests are refused.
    database_pool_size, database_pool_overflow : int
        Connections to PostgreSQL that each process keeps, and may open beyond these.
    max_prediction_days : float
        Matches further ahead are not predicted.
    min_confidence_threshold : float
        Predictions on which the agents agree less are refused.
    metrics_enabled : bool
        Whether ``/metrics`` answers.
    telemetry : bool
        Whether requests are traced with OpenTelemetry, which the extra ``telemetry`` brings.
    warm_up : bool
        Whether the service learns at its start what is in season, or only when somebody asks.
    answers_kept : int
        So many predictions that were asked for lately stay in memory, ready to be sent.
    limit_per_bet, limit_per_match, limit_per_day, limit_per_competition : float
        Shares of the bankroll that stakes never exceed.
    limit_drawdown, limit_daily_loss : float
        Falls of the bankroll, from its peak and within a day, at which betting stops.
    """

    model_config = SettingsConfigDict(env_prefix="MONPS_", env_file=".env", extra="ignore", frozen=True)

    debug: bool = False
    database_url: str = Field(default_factory=_default_url)
    cache_dir: Path = Field(default_factory=_default_cache)
    data_freshness_days: float = Field(default=10, gt=0)
    log_level: LogLevel = "warning"
    log_format: Literal["console", "json"] = "console"
    environment: str = Field(default="local", pattern=r"^[\w.-]{1,40}$")
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    api_keys_required: bool = False
    allowed_hosts: tuple[str, ...] = ()
    cors_origins: tuple[str, ...] = ()
    rate_limit: RateLimit = "6000/minute"
    rate_limit_writes: RateLimit = "1200/minute"
    max_request_bytes: int = Field(default=262_144, ge=1024)
    database_pool_size: int = Field(default=5, ge=1, le=100)
    database_pool_overflow: int = Field(default=5, ge=0, le=100)
    max_prediction_days: float = Field(default=60, gt=0, le=400)
    min_confidence_threshold: float = Field(default=0.70, ge=0, le=1)
    metrics_enabled: bool = True
    telemetry: bool = False
    warm_up: bool = True
    answers_kept: int = Field(default=1000, ge=0, le=100_000)
    limit_per_bet: float = Field(default=_LIMITS.per_bet, gt=0, le=1)
    limit_per_match: float = Field(default=_LIMITS.per_match, gt=0, le=1)
    limit_per_day: float = Field(default=_LIMITS.per_day, gt=0, le=1)
    limit_per_competition: float = Field(default=_LIMITS.per_competition, gt=0, le=1)
    limit_drawdown: float = Field(default=_LIMITS.drawdown_stop, gt=0, le=1)
    limit_daily_loss: float = Field(default=_LIMITS.daily_loss, gt=0, le=1)

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
