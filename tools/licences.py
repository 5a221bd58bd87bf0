"""Lists the licences of the installed packages a requirements file names, and refuses those that bind what uses them.

Usage: python -m tools.licences requirements.txt

A requirements file made by `make lock` names every package that comes along, so the list is complete. A licence is
what the installed package itself states: its SPDX expression, else its classifiers, else its licence field. Permissive
licences and the Mozilla Public License pass; every other is refused, and so is a package that states none.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from packaging.requirements import Requirement

PERMITTED = re.compile(
    r"(0BSD|([23]-Clause )?BSD|Apache|CC0-1\.0|ISC|MIT|MPL-2\.0|Mozilla Public License 2\.0|PSF|Unlicense|Zlib)\b",
    re.IGNORECASE,
)
LICENCE_CLASSIFIER = "License :: OSI Approved :: "


def required_here(requirements: str) -> Iterator[str]:
    """The names of the packages that `requirements`, the text of such a file, asks for on this machine."""
    for line in requirements.replace("\\\n", " ").splitlines():
        pinned = line.split(" --hash", 1)[0].strip()
        if not pinned or pinned.startswith(("#", "-")):
            continue
        requirement = Requirement(pinned)
        if requirement.marker is None or requirement.marker.evaluate():
            yield requirement.name


def stated_licence(name: str) -> str | None:
    """What an installed package says its licence is; None when it says nothing or is not installed."""
    try:
        stated = metadata(name)
    except PackageNotFoundError:
        return None
    if "License-Expression" in stated:
        return stated["License-Expression"]
    approved = [text for text in stated.get_all("Classifier", []) if text.startswith(LICENCE_CLASSIFIER)]
    if approved:
        return ", ".join(text.removeprefix(LICENCE_CLASSIFIER) for text in approved)
    if "License" not in stated:
        return None
    return next(iter(stated["License"].strip().splitlines()), None)


def is_refused(licence: str | None) -> bool:
    """Whether a package under `licence` may not be shipped with: each alternative has a part that is refused."""
    if licence is None:
        return True
    alternatives = re.split(r"\s+OR\s+", licence)
    return not any(all(map(PERMITTED.match, re.split(r"\s+AND\s+|,\s*", one.strip("() ")))) for one in alternatives)


def main(requirements: Path) -> int:
    """Prints one line a package; returns 1 when one of them is refused, else 0."""
    licences = {name: stated_licence(name) for name in required_here(requirements.read_text(encoding="utf-8"))}
    for name, licence in licences.items():
        print(f"{name:<26}{licence or '-'}")
    refused = [name for name, licence in licences.items() if is_refused(licence)]
    for name in refused:
        print(f"{name} may not be used at run time: its licence is {licences[name] or 'not stated'}.", file=sys.stderr)
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
