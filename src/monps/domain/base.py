"""What all nouns share: they are frozen, refuse what they do not know, and read time as aware UTC."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict


class Noun(BaseModel):
    """A frozen, hashable record that refuses unknown fields and infinite or missing numbers."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def _to_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


Moment = Annotated[AwareDatetime, AfterValidator(_to_utc)]
"""An aware datetime, held in UTC; a naive one is refused."""
