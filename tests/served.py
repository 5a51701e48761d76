"""The service as a process of its own, that can be killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field

import httpx

V1 = "/api/v1"
ENDED_WELL = {0, -signal.SIGTERM}
"""Once all is finished, uvicorn hands the signal on to whom it was meant for."""
MONPS = [sys.executable, "-c", "import sys; from monps.cli import main; sys.exit(main())"]


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Served:
    """Runs ``monps serve`` on a store."""

    url: str
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    secret: str = ""

    @property
    def base(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What it finds in its environment."""
        ours = {"MONPS_DATABASE_URL": self.url, "MONPS_RATE_LIMIT": "off", "MONPS_RATE_LIMIT_WRITES": "off"}
        quiet = {"MONPS_LOG_LEVEL": "error", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        return {**os.environ, **ours, **quiet, **self.settings}

    @property
    def headers(self) -> dict[str, str]:
        """What a request brings along."""
        return {"authorization": f"Bearer {self.secret}"} if self.secret else {}

    def monps(self, *arguments: str) -> str:
        """Run a command on the same store."""
        done = subprocess.run(
            [*MONPS, *arguments], env=self.environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    def start(self, path: str = f"{V1}/ready", seconds: float = 300, arguments: tuple[str, ...] = ()) -> None:
        """Start, and wait until it is ready."""
        command = [*MONPS, "serve", "--port", str(self.port), *arguments]
        self.process = subprocess.Popen(command, env=self.environment)
        until = time.monotonic() + seconds
        while True:
            try:
                if httpx.get(self.base + path, headers=self.headers, timeout=60).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            assert self.process.poll() is None, f"it ended with {self.process.returncode}"
            assert time.monotonic() < until, "it is not ready"
            time.sleep(0.05)

    def end(self, how: int = signal.SIGTERM) -> int:
        """End it, and return its status."""
        self.process.send_signal(how)
        return self.process.wait(60)
