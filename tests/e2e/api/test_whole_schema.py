"""Every route of the schema, asked whatever the schema allows and forbids, by a generator of requests."""

import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from monps.bootstrap import SystemClock
from monps.sources.simulated import SimulatedCountry
from served import ENDED_WELL, Served

pytest.importorskip("schemathesis", reason="schemathesis is not installed")

CONFIGURATION = """
[checks]
positive_data_acceptance.expected-statuses = [
    "2xx", "3xx", "400", "401", "403", "404", "409", "412", "422", "429"
]
"""
"""A request may be written well and still not be answered: what it names must exist, and lie ahead."""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    folder = tmp_path_factory.mktemp("schema")
    yesterday = (SystemClock().now() - timedelta(days=1)).date()
    SimulatedCountry(seed=2, seasons=3, sizes=(8, 8), until=yesterday).write(folder)
    service = Served(f"sqlite:///{folder / 'monps.sqlite'}", {"MONPS_API_KEYS_REQUIRED": "true"})
    service.monps("ingest", "football-data", str(folder / "football-data"))
    service.secret = service.monps("keys", "create", "tester", "--scope", "admin").strip()
    service.start()
    (folder / "schemathesis.toml").write_text(CONFIGURATION)
    service.folder = folder
    yield service
    assert service.end() in ENDED_WELL


def ask(served, *options):
    command = [
        Path(sys.executable).with_name("schemathesis"), "run", f"{served.base}/api/openapi.json",
        "--header", f"Authorization: Bearer {served.secret}", "--continue-on-failure", "--no-color", *options,
    ]  # fmt: skip
    done = subprocess.run(
        command, cwd=served.folder, capture_output=True, text=True, check=False, timeout=3000, env=os.environ
    )
    found = re.search(r"([\d,]+) generated", done.stdout)
    assert found, done.stdout + done.stderr
    assert done.returncode == 0, done.stdout[-6000:]
    return int(found.group(1).replace(",", ""))


def test_some_requests_of_every_kind(served):
    assert ask(served, "--max-examples", "6", "--phases", "fuzzing", "--seed", "1") >= 100


@pytest.mark.slow
def test_two_thousand_requests_and_more(served):
    generated = ask(served, "--max-examples", "100", "--seed", "1")
    sys.__stderr__.write(f"\n{generated} requests generated\n")
    assert generated >= 2000
