"""Line-ups in a file of JSON."""

from pathlib import Path

from pydantic import ValidationError

from monps.domain.scorers import LineUps
from monps.errors import UsageError


def read_line_ups(file: Path) -> LineUps:
    """Read the line-ups that are known.

    Raises
    ------
    UsageError
        If the file cannot be read, or holds something else.
    """
    try:
        return LineUps.model_validate_json(file.read_bytes())
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}") from error
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'the file'}: {e['msg']}" for e in error.errors())
        raise UsageError(f"{file} holds no line-ups: {wrong}") from error
