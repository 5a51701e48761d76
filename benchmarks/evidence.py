"""Write the tables of the documents' evidence pages anew: ``python -m benchmarks.evidence [PAGE ...]``.

Only what stands between two marks is written, and the line that says when it was measured and from which
data. Words around a table are the author's: read them again when the figures have changed.
"""

import argparse
import hashlib
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path

import monps
from benchmarks import data
from benchmarks.evidence_tables import PAGES, Rows
from benchmarks.report import markdown
from monps.bootstrap import application

FOLDER = Path(__file__).parents[1] / "docs" / "methods-evidence"
STAMP = "measured"
BLOCK = re.compile(r"(?<=<!-- evidence: )([\w-]+)( -->\n)(.*?)(\n<!-- /evidence -->)", re.DOTALL)


def filled(text: str, blocks: Mapping[str, str]) -> str:
    """Return a page with something else between its marks.

    Raises
    ------
    ValueError
        If the page has other marks than there is something to write for.
    """
    marked = [found[0] for found in BLOCK.findall(text)]
    if sorted(marked) != sorted(blocks):
        raise ValueError(f"the page has marks for {marked}, and there is {sorted(blocks)} to write")
    return BLOCK.sub(lambda found: f"{found[1]}{found[2]}\n{blocks[found[1]]}\n{found[4]}", text)


def stamp(day: date, version: str) -> str:
    """Say when the tables of a page were measured, with what and from what."""
    return f"*Measured on {day} with monps {monps.__version__}. Data: {version}.*"


@cache
def data_version() -> str:
    """Name the files that are measured with: their number, and a digest of their names and bytes."""
    base = data.real_folder().parent
    files = sorted(path for path in base.rglob("*") if path.is_file())
    return f"{len(files):,} files, SHA-256 `{digest(base, files)}`"


def digest(base: Path, files: Iterable[Path]) -> str:
    """Return the first twelve digits of a digest of files' names and bytes."""
    whole = hashlib.sha256()
    for path in files:
        whole.update(path.relative_to(base).as_posix().encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:12]


@cache
def measured(topic: str) -> Rows:
    """Measure a topic, once."""
    return list(import_module(f"benchmarks.{topic}").measure().rows)


def write(page: str, day: date) -> Path:
    """Measure what a page shows, and write it."""
    path = FOLDER / f"{page}.md"
    tables = {name: markdown(pick(measured(topic))) for name, (topic, pick) in PAGES[page].items()}
    text = filled(path.read_text(encoding="utf-8"), {STAMP: stamp(day, data_version()), **tables})
    path.write_text(text, encoding="utf-8")
    return path


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the pages that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.evidence", description=__doc__)
    parser.add_argument("pages", nargs="*", metavar="PAGE", help=", ".join(PAGES))
    asked = parser.parse_args(arguments).pages or list(PAGES)
    if unknown := set(asked) - set(PAGES):
        parser.error(f"unknown page {', '.join(sorted(unknown))}; there are {', '.join(PAGES)}")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        data.real_folder()
        for page in asked:
            print(f"written: {write(page, application().clock.now().date())}", flush=True)
    except data.Absent as reason:
        parser.exit(1, f"{reason}\n")


if __name__ == "__main__":
    main()
