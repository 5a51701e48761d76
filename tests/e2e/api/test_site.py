"""The dashboard stands behind the same gate."""

from monps.services.keys import create_key


def test_the_dashboard_is_there(serve):
    answer = serve().get("/")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "script-src 'self'" in answer.headers["content-security-policy"]


def test_the_dashboard_needs_a_key_where_the_api_does(serve):
    client = serve(api_keys_required=True)
    refused = client.get("/")
    assert (refused.status_code, "Basic" in refused.headers["www-authenticate"]) == (401, True)
    application = client.application
    reader = create_key(application.open_work, "reader", ["read"], now=application.clock.now()).secret
    assert client.get("/", auth=("me", reader)).status_code == 200
    assert client.post("/preferences", auth=("me", reader)).status_code == 403


def test_files_of_the_dashboard_are_kept_by_browsers(serve):
    import re  # noqa: PLC0415

    client = serve()
    style = re.search(r'href="(/static/[^"]+\.css[^"]*)"', client.get("/").text).group(1)
    assert "immutable" in client.get(style).headers["cache-control"]
