"""The schema as a page for people, without a script and without another host."""

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from html import escape
from typing import Any

STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}"
    "code{font:14px ui-monospace,monospace}h2{border-top:1px solid #ccc;padding-top:1rem}"
    "table{border-collapse:collapse;width:100%}"
    "td,th{text-align:left;padding:.2rem .6rem .2rem 0;vertical-align:top}"
    "@media(prefers-color-scheme:dark){body{background:#16181c;color:#e6e6e6}a{color:#8ab4f8}}"
)
POLICY = (
    f"default-src 'none'; style-src 'sha256-{b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'"
)


def page(schema: dict[str, Any]) -> str:
    """Write a schema as HTML.

    Parameters
    ----------
    schema : dict
        OpenAPI.
    """
    info = schema["info"]
    parts = [
        "<!doctype html><html lang=en><meta charset=utf-8>",
        f"<title>{escape(info['title'])} {escape(info['version'])}</title>",
        "<meta name=viewport content='width=device-width'>",
        f"<style>{STYLE}</style><h1>{escape(info['title'])} {escape(info['version'])}</h1>",
        f"<p>{escape(info['description'])}</p>",
        "<p>For programs: <a href='/api/openapi.json'>/api/openapi.json</a></p>",
        *_routes(schema),
        "<h1>What is sent and answered</h1>",
        *_models(schema),
    ]
    return "".join(parts)


def _routes(schema: dict[str, Any]) -> Iterator[str]:
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            yield f"<h2><code>{method.upper()} {escape(path)}</code></h2>"
            yield f"<p>{escape(told.get('description', ''))}</p>"
            yield _table(_inputs(told))
            yield _table(_answers(told))


def _inputs(told: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for each in told.get("parameters", ()):
        needed = "" if each.get("required") else ", optional"
        yield f"<code>{escape(each['name'])}</code> ({each['in']}{needed})", _kind(each.get("schema", {}))
    for kind, content in told.get("requestBody", {}).get("content", {}).items():
        yield f"body ({escape(kind)})", _kind(content.get("schema", {}))


def _answers(told: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for status, answer in told["responses"].items():
        kinds = {_kind(content.get("schema", {})) for content in answer.get("content", {}).values()}
        yield status, f"{escape(answer['description'])} {' '.join(sorted(kinds))}"


def _models(schema: dict[str, Any]) -> Iterator[str]:
    for name, model in sorted(schema["components"]["schemas"].items()):
        yield f"<h2 id='{escape(name)}'>{escape(name)}</h2><p>{escape(model.get('description', ''))}</p>"
        needed = set(model.get("required", ()))
        fields = model.get("properties", {}).items()
        yield _table(
            (f"<code>{escape(field)}</code>{'' if field in needed else ' (optional)'}", _kind(kind))
            for field, kind in fields
        )


def _kind(schema: dict[str, Any]) -> str:
    """Put a field's type into words, with links to what is described below."""
    if reference := schema.get("$ref"):
        name = escape(reference.rpartition("/")[2])
        return f"<a href='#{name}'>{name}</a>"
    if choices := schema.get("anyOf") or schema.get("oneOf"):
        return " or ".join(map(_kind, choices))
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    if options := schema.get("enum"):
        return escape(", ".join(map(str, options)))
    bounds = (f"{name} {schema[key]}" for key, name in _BOUNDS.items() if key in schema)
    return escape(" ".join([str(schema.get("format", schema.get("type", "any"))), *bounds]))


_BOUNDS = {
    "minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤", "exclusiveMaximum": "<", "minLength": "length ≥",
    "maxLength": "length ≤", "pattern": "like",
}  # fmt: skip


def _table(rows: Iterator[tuple[str, str]]) -> str:
    written = "".join(f"<tr><td>{left}<td>{right}" for left, right in rows)
    return f"<table>{written}</table>" if written else ""
