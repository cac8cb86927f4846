"""What earlier imports wrote, so that the next one changes nothing that is the author's.

It lies beside the threads as imported.json: a digest of each file as it was written, the slug and
old addresses of each entry, the old feeds, and the ids of comments whose words were erased.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from hashlib import blake2b
from pathlib import Path

from comment_archive.archive import FOLDER, LEDGER
from comment_archive.arranging.home import Known
from mistakes import Mistake, Mistakes

NAME = f"{FOLDER}/{LEDGER}"
_ABOUT = "What the import wrote; it is read when the import runs again. Not for editing."


@dataclass(frozen=True)
class Ledger:
    """Digests by file name, entries by key, old feeds, and the day each comment was erased."""

    files: Mapping[str, str] = field(default_factory=dict)
    entries: Mapping[str, Known] = field(default_factory=dict)
    old_feeds: tuple[str, ...] = ()
    erased: Mapping[str, date] = field(default_factory=dict)

    def wrote(self, name: str, data: bytes) -> bool:
        """True for the bytes that an import wrote under this name."""
        return self.files.get(name) == digest(data)

    def having(self, *entries: Known, feeds: tuple[str, ...] = ()) -> Ledger:
        """The same with these entries and feeds known too."""
        known = {**self.entries, **{one.key: one for one in entries}}
        return replace(self, entries=known, old_feeds=tuple(dict.fromkeys(self.old_feeds + feeds)))


def digest(data: bytes) -> str:
    """A file's bytes as one word."""
    return blake2b(data, digest_size=16).hexdigest()


def read(content: Path) -> Ledger:
    """The ledger of a content folder, empty where there is none; `Mistakes` where it is damaged."""
    path = content / NAME
    try:
        given = json.loads(path.read_text("utf-8"))
        return Ledger(
            {str(name): str(known) for name, known in given["files"].items()},
            {one["key"]: _known(one) for one in given["entries"]},
            tuple(map(str, given["old_feeds"])),
            {str(name): date.fromisoformat(day) for name, day in given["erased"].items()},
        )
    except FileNotFoundError:
        return Ledger()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        right = "put the one from before back, or import again with --force"
        wrong = "is not as the import wrote it"
        raise Mistakes([Mistake(f"{content.name}/{NAME}", None, wrong, right)]) from None


def written(ledger: Ledger) -> bytes:
    """The ledger's file."""
    told = {
        "about": _ABOUT,
        "old_feeds": list(ledger.old_feeds),
        "erased": {name: day.isoformat() for name, day in sorted(ledger.erased.items())},
        "entries": [asdict(one) for one in ledger.entries.values()],
        "files": dict(sorted(ledger.files.items())),
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _known(given: Mapping[str, object]) -> Known:
    addresses = given["addresses"]
    if not isinstance(addresses, list):
        raise TypeError
    return Known(
        str(given["key"]),
        str(given["slug"]),
        str(given["folder"]),
        tuple(map(str, addresses)),
        bool(given["is_public"]),
        str(given["ending"]),
    )
