"""Ask whether a pinned dependency has a known vulnerability; where nobody can be asked, say so and go on."""

import json
import subprocess
import sys
from pathlib import Path

PINS = Path(__file__).parents[1] / "requirements" / "constraints.txt"
COMMAND = [
    sys.executable, "-m", "pip_audit", "--requirement", str(PINS), "--no-deps", "--disable-pip",
    "--progress-spinner", "off", "--format", "json", "--timeout", "10",
]  # fmt: skip


def main() -> int:
    """Return 1 if something vulnerable is pinned, else 0; what could not be asked about is counted."""
    done = subprocess.run(COMMAND, capture_output=True, text=True, check=False, timeout=300)
    try:
        listed = json.loads(done.stdout)["dependencies"]
    except (json.JSONDecodeError, KeyError):
        reason = done.stderr.strip().splitlines()[-1:] or ["no answer"]
        print(f"SKIPPED: the vulnerability database cannot be reached ({reason[0][:200]})")
        return 0
    vulnerable = [each for each in listed if each.get("vulns")]
    unknown = sum("skip_reason" in each for each in listed)
    for each in vulnerable:
        names = ", ".join(found["id"] for found in each["vulns"])
        print(f"{each['name']} {each['version']}: {names}")
    if unknown == len(listed):
        print(f"SKIPPED: the database knows none of {unknown} pins; it is no full mirror of the index")
        return 0
    print(
        f"{len(listed) - unknown} pins asked about, {len(vulnerable)} vulnerable, {unknown} not known there"
    )
    return 1 if vulnerable else 0


if __name__ == "__main__":
    sys.exit(main())
