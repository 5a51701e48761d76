"""The page for people tells all that the schema tells, and runs and loads nothing."""

import re
from html.parser import HTMLParser

import pytest

from http_service import TestClient, application_on
from monps.api.documentation import page
from monps.api.main import create_app, create_service


class Read(HTMLParser):
    """Collects a page's tags, links, anchors and text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.links, self.anchors, self.text = set(), [], set(), ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.tags.add(tag)
        self.links += [named["href"]] if "href" in named else []
        self.anchors |= {named["id"]} if "id" in named else set()

    def handle_data(self, data):
        self.text += f"{data}\n"


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    file = tmp_path_factory.mktemp("documentation") / "monps.sqlite"
    application = application_on(f"sqlite:///{file}")
    return create_app(create_service(application, application.consultant.predict))


@pytest.fixture(scope="module")
def read(app):
    return Read(page(app.openapi()))


def test_every_route_and_every_model_is_told(app, read):
    schema = app.openapi()
    routes = [f"{method.upper()} {path}" for path, methods in schema["paths"].items() for method in methods]
    assert [route for route in routes if route not in read.text] == []
    assert set(schema["components"]["schemas"]) <= read.anchors


def test_every_field_and_every_parameter_is_told(app, read):
    schema = app.openapi()
    fields = {
        field for each in schema["components"]["schemas"].values() for field in each.get("properties", ())
    }
    asked = {
        each["name"]
        for methods in schema["paths"].values()
        for told in methods.values()
        for each in told.get("parameters", ())
    }
    words = set(re.findall(r"[\w.-]+", read.text))
    assert fields | asked <= words


def test_every_link_leads_somewhere_on_the_page(read):
    within = [link[1:] for link in read.links if link.startswith("#")]
    assert len(within) > 50
    assert set(within) <= read.anchors
    assert [link for link in read.links if not link.startswith(("#", "/"))] == []


def test_nothing_is_run_or_loaded(app, read):
    assert read.tags.isdisjoint({"script", "link", "img", "iframe", "object"})
    answer = TestClient(app).get("/api/docs")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert answer.text == page(app.openapi())


def test_words_of_the_schema_are_text_and_no_markup():
    model = {"description": "a < b", "properties": {"<i>": {"type": "string", "maxLength": 3}}}
    schema = {
        "info": {"title": "<b>", "version": "1", "description": "x & y"},
        "paths": {},
        "components": {"schemas": {"Odd": model}},
    }
    found = Read(page(schema))
    told = ("a < b", "<b> 1", "x & y", "<i>\n (optional)", "string length ≤ 3")
    assert [words for words in told if words not in found.text] == []
    assert found.tags.isdisjoint({"b", "i"})
