"""Damage exports by chance, with a seed, and see that no comment is lost without a word.

    python -m tests.comment_archive.fuzz --format wordpress --seconds 120

The fixtures of a format, and a blog that a writer made up, are cut, doubled, spliced, changed at
single bytes and strewn with words of the format. Each time the file must give items or be refused
on one line, within ten seconds; and words of a comment that are still in the file, in one piece,
must be among what was read, unless something was named as lost or damaged.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from random import Random

from comment_archive.errors import Unimportable
from comment_archive.importers import BY_NAME
from comment_archive.model import Entry, Item, Left
from tests import old_blogs
from tests.old_blogs import Posted, Spoken

FIXTURES = Path(__file__).parent / "fixtures"
TOO_LONG = 10.0
WORDS = {
    "movable_type": [
        "\n-----\n",
        "\n--------\n",
        "COMMENT:\n",
        "BODY:\n",
        "AUTHOR: ",
        "DATE: ",
        "\r",
    ],
    "wordpress": [
        *("<![CDATA[", "]]>", "<item>", "</item>", "<wp:comment>", "</wp:comment>", "&", "&lt;"),
        *("<!--", "-->", "<?", '"', "<", ">", "</channel>", "<wp:comment_id>", "<!DOCTYPE x>"),
    ],
    "saved_page": [
        *(
            "<div>",
            "</div>",
            '<div class="comment">',
            '<div class="module">',
            "<p>",
            "</p>",
            "<!--",
        ),
        *("<script>", "</script>", "<table>", "<title>", "<textarea>", "<template>", '"', "<", ">"),
    ],
    "comment_feed": [
        *(
            "<entry>",
            "</entry>",
            "<content>",
            "</content>",
            "<![CDATA[",
            "]]>",
            "&",
            "&nbsp;",
            "<!--",
        ),
        *('"', "<", ">", "</feed>", '<content type="xhtml">', "<item>", "<title>"),
    ],
}
ODD = [b"\x00", b"\xff", b"\x9d", b"\xc3", b"\xe2\x80", b"\x0b", b"\xed\xa0\x80", b"\xef\xbb\xbf"]


@dataclass(frozen=True)
class Seed:
    """A file to damage, words of its comments as they stand in it, and what it names undamaged."""

    name: str
    content: bytes
    words: tuple[bytes, ...]
    named: frozenset[str]


def made_up(name: str) -> bytes:
    """A blog of three posts, each comment with words of its own."""
    posts = [
        Posted(
            f"Post {number}",
            f"Body {number} of many words.",
            tuple(
                Spoken(f"Mark{number}{place}x said this. And more of it.", f"Reader {place}")
                for place in range(5)
            ),
        )
        for number in range(3)
    ]
    if name == "saved_page":
        return old_blogs.saved_page(posts[0]).encode()
    return str(getattr(old_blogs, name)(posts)).encode()


def seeds(name: str, folder: Path) -> list[Seed]:
    """The fixtures of a format that can be read, and the blog that was made up."""
    files = {path.name: path.read_bytes() for path in sorted((FIXTURES / name).glob("*.*"))}
    found = []
    for file, content in [*files.items(), ("made up", made_up(name))]:
        path = folder / "seed"
        path.write_bytes(content)
        try:
            read = list(BY_NAME[name].read(path))
        except Unimportable:
            continue
        named = frozenset(one.what for one in read if isinstance(one, Left))
        found.append(Seed(file, content, _words(read, content), named))
    return found


def _words(read: list[Item], content: bytes) -> tuple[bytes, ...]:
    """The longest run of plain letters of each comment, where the file has it in one piece."""
    found = []
    for entry in read:
        for said in entry.comments if isinstance(entry, Entry) else ():
            runs = "".join(
                c if c.isalnum() and c.isascii() else " " for c in said.words.text
            ).split()
            longest = max(runs, key=len, default="").encode()
            if len(longest) > 4 and content.count(longest) == 1:
                found.append(longest)
    return tuple(found)


def unread(name: str, path: Path, seed: Seed, words: set[bytes]) -> set[bytes]:
    """Words that an undamaged file has where nothing reads them: in a post of the bin, say."""
    path.write_bytes(seed.content)
    return set(_lost(list(BY_NAME[name].read(path)), seed.content, words))


def damaged(content: bytes, others: list[Seed], words: list[str], chance: Random) -> bytes:
    """The same file after one to four accidents."""
    for _ in range(chance.randint(1, 4)):
        content = _accident(content, others, words, chance)
    return content


def _accident(content: bytes, others: list[Seed], words: list[str], chance: Random) -> bytes:
    a, b = sorted(chance.randint(0, len(content)) for _ in range(2))
    near = min(b, a + chance.choice([1, 2, 8, 40, 400]))
    ends = max(a, 60) if chance.random() < 0.3 else len(content)
    byte, odd = bytes([chance.randrange(256)]), chance.choice(ODD)
    return chance.choice(
        [
            content[:a] + content[near:],
            content[:a] + byte + content[a + 1 :],
            content[:a] + odd + content[a:],
            content[:a] + chance.choice(words).encode() + content[a:],
            content[:near] + content[a:near] + content[near:],
            content[:ends],
            content[:a] + chance.choice(others).content[a:],
            _two_lines_swapped(content, chance),
        ]
    )


def _two_lines_swapped(content: bytes, chance: Random) -> bytes:
    lines = content.split(b"\n")
    first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return b"\n".join(lines)


def fault_of(name: str, path: Path, seed: Seed, words: set[bytes]) -> tuple[str, str]:
    """What became of a damaged file, and what is wrong with that ("" where nothing is)."""
    began = time.perf_counter()
    try:
        read = list(BY_NAME[name].read(path))
    except Unimportable as told:
        return "refused", "more than one line" if "\n" in str(told) else ""
    except Exception as error:  # noqa: BLE001 that is what is looked for
        return "traceback", f"{type(error).__name__}: {error}"
    took = time.perf_counter() - began
    return ("slow", f"{took:.1f} seconds") if took > TOO_LONG else _read(read, path, seed, words)


def _read(read: list[Item], path: Path, seed: Seed, words: set[bytes]) -> tuple[str, str]:
    lost = _lost(read, path.read_bytes(), words)
    if {one.what for one in read if isinstance(one, Left)} - seed.named:
        return ("named, some words lost" if lost else "named, no word lost"), ""
    return ("lost", f"lost {lost[0]!r}") if lost else ("read", "")


def _lost(read: list[Item], content: bytes, words: set[bytes]) -> list[bytes]:
    """Words that stand in a file and not in what was read; not asked of two-byte letters."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return []
    said = repr(read).lower()  # a damaged tag may have a word for its name
    content = re.sub(rb"&\w*", b"", content)  # "&" makes a reference of what stands after it
    return [one for one in sorted(words) if one in content and one.decode().lower() not in said]


@dataclass(frozen=True)
class Trial:
    """One damaged file: which it was, what became of it, what is wrong with that."""

    name: str
    content: bytes
    end: str
    fault: str


def trials(name: str, number: int, folder: Path) -> Iterator[Trial]:
    """Damaged files of a format without end; the same ones for the same number."""
    chance, path = Random(number), folder / "export"
    known = seeds(name, folder)
    words = {word for seed in known for word in seed.words}
    asked_of = {seed.name: words - unread(name, path, seed, words) for seed in known}
    while True:
        seed = chance.choice(known)
        content = damaged(seed.content, known, WORDS[name], chance)
        path.write_bytes(content)
        yield Trial(seed.name, content, *fault_of(name, path, seed, asked_of[seed.name]))


def main() -> int:
    """Damage files for so many seconds; 1 where one of them shows a fault, which is kept."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--format", choices=sorted(BY_NAME), required=True)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the files that show a fault")
    asked = parser.parse_args()
    ends, faults = Counter[str](), list[Trial]()
    until = time.monotonic() + asked.seconds
    with tempfile.TemporaryDirectory() as folder:
        running = trials(asked.format, asked.seed, Path(folder))
        for trial in takewhile(lambda _: time.monotonic() < until, running):
            ends[trial.end] += 1
            faults += [trial] if trial.fault else []
    told = ", ".join(f"{many:,} {end}" for end, many in ends.most_common())
    print(f"{asked.format}: {ends.total():,} damaged files, seed {asked.seed}: {told}")
    for number, trial in enumerate(faults, start=1):
        print(f"{number}. {trial.name}: {trial.fault}")
        if asked.keep:
            asked.keep.mkdir(parents=True, exist_ok=True)
            (asked.keep / f"{asked.format}-{number}").write_bytes(trial.content)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
