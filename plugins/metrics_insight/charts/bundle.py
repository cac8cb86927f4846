"""Which plotly.js readers load when they explore a chart: the whole one, or a smaller one.

The Python package plotly carries the whole library, so that nothing else is needed. An author
with Node may name the file of npm's package ``plotly.js-basic-dist-min`` instead, a quarter of
the size: of the same version, and of the very bytes that were published under it.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

from metrics_insight.errors import Fault

WIRE_LEVEL = 6
"""How hard hosts compress what they send, give or take one level of gzip."""

_VERSION = re.compile(rb"plotly\.js (\([a-z0-9 -]+\) )?v(?P<version>[\w.-]+)")
_SHEET = re.compile(rb'getElementById\("([0-9a-f]{64})"\)')
_SETTING = re.compile(r"(?P<file>[^#]+\.js)(#sha256-(?P<hash>[0-9a-f]{64}))?")
_RIGHT = 'a file, as "node_modules/plotly.js-basic-dist-min/plotly-basic.min.js"'


class Published(NamedTuple):
    """The bytes published under a version: their SHA-256, and how many go over the wire."""

    sha256: str
    wire: int


WHOLE = {
    "4.1.1": Published(
        "3b6e15d45dbb7fca5bd2094291e961ddc5472cd887009e6009a56dab668d721f", 1_470_802
    ),
}
"""The library in the Python package, so that no build need compress 5 MB to know the size."""

BASIC = {
    "4.1.1": Published("99784e3abfb07b142a15e521a439e6d9addceadb3f79553fd24c72774f0649ba", 395_570),
}
"""The file ``plotly-basic.min.js`` of npm's package."""


@dataclass(frozen=True)
class Bundle:
    """A plotly.js to be written: its bytes, their SHA-256, how many of them go over the wire."""

    raw: bytes
    version: str
    sha256: str
    wire: int

    @cached_property
    def sheet(self) -> str:
        """The id of the style sheet for maps that the library adds unless it is there; or ""."""
        found = _SHEET.search(self.raw)
        return found[1].decode() if found else ""


def of(setting: object, root: Path) -> Bundle | None:
    """The library that INSIGHT_EXPLORE asks for: True, False or a file; else a `Fault`."""
    if isinstance(setting, str):
        return chosen(setting, root)
    if not isinstance(setting, bool):
        raise Fault(f"INSIGHT_EXPLORE cannot be {setting!r}", f"write True or False, or {_RIGHT}")
    return whole() if setting else None


@cache  # it is 5 MB, and the same for as long as the process lives
def whole() -> Bundle:
    """The library as the Python package carries it."""
    raw = _offline().get_plotlyjs().encode("utf-8")
    digest, known = hashlib.sha256(raw).hexdigest(), WHOLE.get(version())
    is_known = known is not None and digest == known.sha256
    return Bundle(raw, version(), digest, known.wire if known and is_known else wire(raw))


def chosen(setting: str, root: Path) -> Bundle:
    """The file that a setting names, seen from ``root``: ``FILE`` or ``FILE#sha256-…``.

    Raises `Fault` where there is no such file, where it is of another version than the Python
    package draws for, and where its bytes are not those that are known or declared.
    """
    named = _SETTING.fullmatch(setting)
    if named is None:
        raise Fault(f"INSIGHT_EXPLORE cannot be {setting!r}", f"write {_RIGHT}")
    file = named["file"]
    try:
        raw = (root / file).read_bytes()
    except OSError:
        raise Fault(f"INSIGHT_EXPLORE names {file}, which cannot be read", _npm()) from None
    found = _VERSION.search(raw[:400])
    if found is None or found["version"].decode() != version():
        has = f"plotly.js {found['version'].decode()}" if found else "no plotly.js"
        raise Fault(f"INSIGHT_EXPLORE: {file} is {has}, not {version()}", _npm())
    return _held(raw, file, named["hash"])


def wire(raw: bytes) -> int:
    """How many bytes of these a host sends: compressed by gzip."""
    return len(zlib.compress(raw, WIRE_LEVEL, wbits=31))


def version() -> str:
    """The version of plotly.js that the Python package draws for."""
    return str(_offline().get_plotlyjs_version())


def _held(raw: bytes, file: str, declared: str | None) -> Bundle:
    """The bundle of these bytes, if they are the declared ones, else the known ones."""
    known = BASIC.get(version())
    digest = hashlib.sha256(raw).hexdigest()
    if declared is None and known is None:
        raise Fault(
            f"INSIGHT_EXPLORE: no SHA-256 of the small plotly.js {version()} is known here",
            f'if you trust the file, write "{file}#sha256-{digest}"',
        )
    right = declared or (known.sha256 if known else "")
    if digest != right:
        wrong = f"INSIGHT_EXPLORE: {file} has the SHA-256 {digest}, not {right}"
        raise Fault(wrong, _npm())
    is_known = known is not None and digest == known.sha256
    return Bundle(raw, version(), digest, known.wire if known and is_known else wire(raw))


def _npm() -> str:
    return f"get it with: npm install plotly.js-basic-dist-min@{version()}"


def _offline() -> Any:
    """The part of plotly that has the library."""
    from plotly import offline  # noqa: PLC0415  60 ms, and most commands draw nothing

    return offline
