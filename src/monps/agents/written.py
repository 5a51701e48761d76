"""Arrays and a few plain facts, written down in one piece and read again."""

import io
from collections.abc import Mapping
from typing import Any

import numpy as np
import orjson

_META = "meta"


def write(meta: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> bytes:
    """Write facts that JSON can hold, and arrays of numbers of any shape, each by its name."""
    buffer = io.BytesIO()
    text = np.frombuffer(orjson.dumps(dict(meta)), dtype=np.uint8)
    np.savez(buffer, allow_pickle=False, **{_META: text, **arrays})
    return buffer.getvalue()


def read(payload: bytes) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Read what ``write`` wrote: the facts, and the arrays in their shapes."""
    with np.load(io.BytesIO(payload), allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    return orjson.loads(arrays.pop(_META).tobytes()), arrays
