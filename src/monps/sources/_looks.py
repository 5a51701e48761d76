"""What a payload looks like that is not what it should be."""

import codecs
import re

_SHOWN = 40
_LOOKS = (
    (b"\x1f\x8b", "a gzip archive"),
    (b"PK\x03\x04", "a zip archive or an Excel workbook"),
    (b"\xd0\xcf\x11\xe0", "an Excel workbook"),
    (b"%PDF", "a PDF document"),
    (b"{", "JSON"),
    (b"[", "JSON"),
    (b"<?xml", "XML"),
)
_CHALLENGE = re.compile(
    rb"just a moment|cf[-_]chl|challenge-platform|enable javascript and cookies|attention required|"
    rb"captcha|access denied|you are being rate limited|unusual traffic",
    re.IGNORECASE,
)


def describe(content: bytes) -> str:
    """Say what a payload looks like.

    Examples
    --------
    >>> describe(b"<html><title>Just a moment...</title>")
    'a challenge or block page (HTML), which a robot must not pass'
    >>> describe(b"<!DOCTYPE html><html>"), describe(b"Date;Home"), describe(bytes(64))
    ('a web page (HTML)', "text that begins 'Date;Home'", 'binary data')
    """
    start = content.removeprefix(codecs.BOM_UTF8).lstrip()
    for mark, look in _LOOKS:
        if start.startswith(mark):
            return look
    if start.startswith(b"<"):
        return (
            "a challenge or block page (HTML), which a robot must not pass"
            if is_challenge(content)
            else "a web page (HTML)"
        )
    if not start or b"\0" in start[:1024]:
        return "binary data"
    return f"text that begins {start.decode('utf-8', 'replace')[:_SHOWN].splitlines()[0]!r}"


def is_challenge(content: bytes) -> bool:
    """Whether a page asks its reader to prove that he is no robot, or turns him away."""
    return bool(_CHALLENGE.search(content[:20_000]))
