"""What keeps strangers' pages and strangers' text from doing anything: headers, and tokens in forms.

A form carries the token of its reader's cookie, hidden under fresh noise on every page, so that a compressed
page gives nothing away by its length.
"""

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from monps.web.refusals import Refusal

CSRF_COOKIE, CSRF_FIELD = "monps_csrf", "csrf"
_BYTES = 32
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
}

Form = dict[str, str]


class SecureHeaders:
    """Adds ``HEADERS`` to every answer.

    Parameters
    ----------
    app : ASGIApp
        What answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, send_with_headers)


def new_token() -> str:
    """Return a token that nobody can guess."""
    return secrets.token_hex(_BYTES)


def token_of(request: Request) -> str | None:
    """Return the token in a reader's cookie, if there is one and it looks like one of ours."""
    token = request.cookies.get(CSRF_COOKIE, "")
    return token if len(token) == 2 * _BYTES and set(token) <= set("0123456789abcdef") else None


def masked(token: str) -> str:
    """Hide a token under fresh noise: no two pages carry the same text.

    Examples
    --------
    >>> token = new_token()
    >>> unmasked(masked(token)) == token, masked(token) == masked(token)
    (True, False)
    """
    secret, noise = bytes.fromhex(token), secrets.token_bytes(_BYTES)
    return urlsafe_b64encode(noise + _xor(secret, noise)).decode()


def unmasked(text: str) -> str | None:
    """Uncover a token; None if the text holds none."""
    try:
        both = urlsafe_b64decode(text.encode())
    except ValueError:
        return None
    return _xor(both[:_BYTES], both[_BYTES:]).hex() if len(both) == 2 * _BYTES else None


async def checked_form(request: Request) -> Form:
    """Read a form, and refuse one that was not sent from one of our own pages.

    Raises
    ------
    Refusal
        403, if it comes from another origin or does not carry the token of the reader's cookie.
    """
    form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    sent, kept = unmasked(form.pop(CSRF_FIELD, "")), token_of(request)
    if not (sent and kept and hmac.compare_digest(sent, kept) and _same_origin(request)):
        raise Refusal(
            403, "This form has expired, or was not sent from this dashboard. Go back, reload, try again."
        )
    return form


CheckedForm = Annotated[Form, Depends(checked_form)]


def local_path(path: str) -> str:
    """Return a path on this very host to go to, the front page instead of anything else.

    Examples
    --------
    >>> [local_path(path) for path in ("/match/1?x=2", "//evil.example/", "https://evil.example")]
    ['/match/1?x=2', '/', '/']
    """
    parts = urlsplit(path)
    odd = path.startswith("//") or "\\" in path or any(ord(letter) < 33 for letter in path)  # noqa: PLR2004
    return "/" if odd or parts.scheme or parts.netloc or not path.startswith("/") else path


def _same_origin(request: Request) -> bool:
    """Browsers say where a form comes from; a client that says nothing has no page that could be abused."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(left, right, strict=True))
