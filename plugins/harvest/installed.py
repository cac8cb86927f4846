"""Where this package was installed from, as a line for another site's requirements.txt."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from importlib.metadata import distribution
from typing import Any

NAME = "harvest-blog"


def requirement() -> str:
    """The line that installs Harvest from where this one came from."""
    package = distribution(NAME)
    told = package.read_text("direct_url.json")
    return line(json.loads(told) if told else None, package.version)


def line(origin: Mapping[str, Any] | None, version: str) -> str:
    """The requirement for one origin, which is None for a package index.

    ``origin`` is what the installer wrote down (the packaging standards' direct_url.json):
    a folder, a wheel or an archive, or a version-control address.

    >>> line({"url": "file:///home/ana/harvest", "dir_info": {"editable": True}}, "0.1.0")
    'harvest-blog @ file:///home/ana/harvest'
    >>> line(None, "0.1.0")
    'harvest-blog>=0.1.0'
    """
    if origin is None:
        return f"{NAME}>={version}"
    fragment = f"#subdirectory={origin['subdirectory']}" if origin.get("subdirectory") else ""
    return f"{NAME} @ {_address(origin)}{fragment}"


def _address(origin: Mapping[str, Any]) -> str:
    address = str(origin["url"])
    if "vcs_info" not in origin:
        return address
    # pip 23 takes a requirement's address for one only where it names a host
    address = re.sub("^file:///", "file://localhost/", address)
    control = origin["vcs_info"]
    # a branch stays a branch, so that an upgrade brings what is new on it
    revision = control.get("requested_revision", "")
    return f"{control['vcs']}+{address}" + (f"@{revision}" if revision else "")
