"""List every distribution that an installation with all extras brings, with its version and licence.

``python release/licences.py`` writes ``docs/reference/licences.md`` anew, from what is installed;
``python release/licences.py --json`` prints the same as a bill of materials in CycloneDX 1.6.
"""

import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement

import monps

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "licences.md"
OURS = "monps"
HEADER = """\
# Licences of what monps depends on

Every distribution that `pip install 'monps[{extras}]'` brings, in the pinned versions, on Linux with Python
{python}. *Extra* says which extras need it; where nothing stands, every installation has it. `make licences`
writes this page anew; a test compares it with what is installed.

| distribution | version | licence | extra |
|---|---|---|---|
"""
_SPDX = {
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "BSD": "BSD-3-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "ISC License (ISCL)": "ISC",
    "Python Software Foundation License": "PSF-2.0",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
}


class Part(NamedTuple):
    """A distribution with what it says of itself, and the extras that need it."""

    name: str
    version: str
    licence: str
    extras: tuple[str, ...]


def parts() -> list[Part]:
    """Return all distributions below ours, by name; those that every installation has name no extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    core = _closure(project["dependencies"])
    needed = {extra: _closure(asked) for extra, asked in project["optional-dependencies"].items()}
    names = sorted(core.union(*needed.values()))
    return [_part(name, tuple(e for e in sorted(needed) if name in needed[e] - core)) for name in names]


def _closure(requirements: Iterable[str]) -> set[str]:
    """Name everything that requirements bring here."""
    todo, seen = list(_wanted(requirements, frozenset())), set()
    while todo:
        asked = todo.pop()
        if asked not in seen:
            seen.add(asked)
            name, extras = asked
            todo += _wanted(distribution(name).requires or (), extras)
    return {name for name, _ in seen}


def _wanted(requirements: Iterable[str], extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the distributions asked for, each with the extras asked of it."""
    for text in requirements:
        requirement = Requirement(text)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in extras | {""}):
            yield canonical(requirement.name), frozenset(requirement.extras)


def canonical(name: str) -> str:
    """Write a distribution's name as indexes do."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _part(name: str, extras: tuple[str, ...]) -> Part:
    found = distribution(name)
    return Part(name, found.version, licence(found), extras)


def licence(found: Distribution) -> str:
    """Return the licence as an SPDX expression where the distribution gives one, else in its own words."""
    metadata = found.metadata
    if expression := metadata.get("License-Expression"):
        return str(expression)
    kinds = [
        c.rpartition(" :: ")[2] for c in metadata.get_all("Classifier") or () if c.startswith("License ::")
    ]
    said = " AND ".join(_SPDX.get(kind, kind) for kind in kinds) or str(metadata.get("License") or "").strip()
    return _SPDX.get(said.partition("\n")[0], said.partition("\n")[0]) or "not said"


def page(listed: list[Part], python: str) -> str:
    """Return the page."""
    extras = sorted({extra for part in listed for extra in part.extras})
    rows = (f"| `{p.name}` | {p.version} | {p.licence} | {', '.join(p.extras)} |\n" for p in listed)
    return HEADER.format(extras=",".join(extras), python=python) + "".join(rows)


def materials(listed: list[Part]) -> dict[str, object]:
    """Return the bill of materials."""
    component = {"type": "application", "name": OURS, "version": monps.__version__, "bom-ref": OURS}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": component},
        "components": [
            {
                "type": "library",
                "name": part.name,
                "version": part.version,
                "purl": f"pkg:pypi/{part.name}@{part.version}",
                "licenses": [{"license": {"name": part.licence}}],
            }
            for part in listed
        ],
    }


def main() -> None:
    """Write the page, or print the bill of materials."""
    listed = parts()
    if "--json" in sys.argv[1:]:
        print(json.dumps(materials(listed), indent=2))
    else:
        PAGE.write_text(page(listed, f"{sys.version_info[0]}.{sys.version_info[1]}"), encoding="utf-8")


if __name__ == "__main__":
    main()
