"""Templates, and what all of them may use."""

import hashlib
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from monps.web import naming, security
from monps.web.messages import LANGUAGES
from monps.web.preferences import THEMES, preferences_of, remember
from monps.web.writing import WRITERS, Writer

STATIC = Path(__file__).parent / "static"
_TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """Return the templates' environment: everything is escaped, nothing undefined passes."""
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    made.globals.update(static=static_address, languages=LANGUAGES, themes=THEMES)
    return made


@cache
def static_address(name: str) -> str:
    """Return the address of one of our files, which changes with its content, so that it may be kept."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?{digest}"


def render(template: str, writer: Writer, **context: Any) -> str:
    """Fill a template, written in the writer's language."""
    return environment().get_template(template).render(_words(writer) | context)


def draw(picture: Any, writer: Writer, **words: str) -> Markup:
    """Write a picture down as SVG.

    Parameters
    ----------
    picture : a picture
        Any of ``monps.web.pictures``: it names its template.
    writer : Writer
        Whose language it speaks.
    **words : str
        What the picture is to say: a ``label``, and what else its template asks for.
    """
    written = render(f"pictures/{picture.template}.svg", writer, picture=picture, **words)
    return Markup(written)  # noqa: S704 - the template escaped it


def page(request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """Answer with a page in the reader's language and theme.

    Parameters
    ----------
    request : Request
        Whose cookies say who reads.
    template : str
        The page's.
    status : int
        The HTTP status.
    **context
        What the template shows.
    """
    chosen, token = preferences_of(request), security.token_of(request)
    fresh = token or security.new_token()
    content = render(
        template, WRITERS[chosen.language], **_frame(request, chosen._asdict(), fresh), **context
    )
    response = HTMLResponse(
        content, status, {"cache-control": "private, no-cache", "vary": "accept-language, cookie"}
    )
    if token is None:
        remember(response, security.CSRF_COOKIE, fresh, secure=request.url.scheme == "https")
    return response


def _frame(request: Request, chosen: Mapping[str, str], token: str) -> dict[str, Any]:
    query = f"?{request.url.query}" if request.url.query else ""
    return {
        **chosen,
        "here": request.url.path + query,
        "section": request.url.path.split("/")[1] or "rounds",
        "csrf": Markup('<input type="hidden" name="{}" value="{}">').format(
            security.CSRF_FIELD, security.masked(token)
        ),
    }


def _words(writer: Writer) -> dict[str, Any]:
    """Return what templates write with."""
    names = (
        "number", "signed", "percent", "signed_percent", "odds", "count", "day", "moment", "clock", "age",
        "form",
    )  # fmt: skip
    return {
        "_": writer.message,
        "said": _saying(writer),
        "sentence": writer.sentence,
        "draw": _drawing(writer),
        "market_of": naming.market_of,
        "competition_name": naming.competition_name,
        "market_name": partial(naming.market_name, writer=writer),
        **{name: getattr(writer, name) for name in names},
    }


def _saying(writer: Writer) -> Any:
    """Return what writes a sentence; one that the reader's language lacks is marked as English."""

    def said(text: str) -> Markup:
        words = writer.sentence(text)
        return Markup('<span lang="en">{}</span>').format(text) if words is None else escape(words)

    return said


def _drawing(writer: Writer) -> Any:
    return lambda picture, **words: draw(picture, writer, **words)
