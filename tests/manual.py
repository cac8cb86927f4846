"""The manual as its readers get it: README, docs/ and their fellows, and what stands in them.

Three remarks that a reader does not see steer what tests make of a block below them:

    <!-- before: COMMANDS -->   run first, what they say is left out
    <!-- file: PATH -->         the block is that file
    <!-- not run: REASON -->    the block is shown, and not run
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import demo

DOCS = sorted((demo.ROOT / "docs").glob("*.md"))
PAGES = (*(demo.ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")), *DOCS)

_PIECE = re.compile(
    r"^<!-- (?P<remark>before|file|not run): (?P<words>.*?) -->$"
    r"|^(?P<fence>`{3,})(?P<kind>\w*)\n(?P<text>.*?)^(?P=fence)$",
    re.DOTALL | re.MULTILINE,
)
_MARK = "@@ said @@"


@dataclass(frozen=True)
class Step:
    """One command of a console block, and what the page says that it says."""

    command: str
    said: str


@dataclass(frozen=True)
class Block:
    """A fenced block of a page, with the remark that stands above it."""

    kind: str
    text: str
    remark: str = ""
    words: str = ""

    @property
    def steps(self) -> list[Step]:
        """The commands of a console block."""
        parts = re.split(r"^\$ ", self.text, flags=re.MULTILINE)[1:]
        return [Step(*part.split("\n", 1)) for part in parts]


def blocks(page: str) -> Iterator[Block]:
    """The blocks of a page in their order; commands to run before are blocks of their own."""
    remark = words = ""
    for found in _PIECE.finditer(page):
        if found["remark"] == "before":
            yield Block("before", found["words"])
        elif found["remark"]:
            remark, words = found["remark"], found["words"]
        else:
            yield Block(found["kind"], found["text"], remark, words)
            remark = words = ""


def told(page: str, folder: Path) -> list[Step]:
    """Every command of a page that is run, with what it says in truth.

    The page is one session of a shell that begins in the folder.
    """
    script = "\n".join(_script(page))
    home = {"HOME": str(folder), "PATH": f"{demo.PROGRAMS}:/usr/local/bin:/usr/bin:/bin"}
    more = {"GIT_AUTHOR_NAME": "Ana", "GIT_COMMITTER_NAME": "Ana", "LC_ALL": "C.UTF-8"}
    ended = subprocess.run(
        ["bash", "-c", script], cwd=folder, env={**home, **more}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False,
    )  # fmt: skip
    said = ended.stdout.split(f"{_MARK}\n")[1:]
    commands = [step.command for step in run_steps(page)]
    assert len(said) == len(commands), ended.stdout
    return [Step(*pair) for pair in zip(commands, said, strict=True)]


def run_steps(page: str) -> list[Step]:
    """The commands of a page that are run, with what the page says that they say."""
    return [step for block in blocks(page) if _is_run(block) for step in block.steps]


def clone(folder: Path) -> Path:
    """What a reader of README stands in: the demo, and an environment where `make` puts it."""
    demo.copy(folder)
    shutil.copytree(demo.ROOT / "docs" / "charts", folder / "docs" / "charts")
    (folder / ".venv").symlink_to(sys.prefix)
    return folder


def prose(page: str) -> str:
    """The page without its fenced blocks and remarks."""
    return re.sub(r"^<!--.*?-->", "", _PIECE.sub("", page), flags=re.DOTALL | re.MULTILINE)


def headings(page: str) -> list[str]:
    """The anchors of a page's headings, as code hosts make them of the words."""
    titles = re.findall(r"^#{1,6} +(.+)$", prose(page), re.MULTILINE)
    return [re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles]


def links(page: str) -> list[str]:
    """Where the links and pictures of a page lead."""
    return re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", prose(page)))


def _is_run(block: Block) -> bool:
    return block.kind == "console" and block.remark != "not run"


def _script(page: str) -> Iterator[str]:
    for block in blocks(page):
        if block.kind == "before":
            yield f"{{ {block.text}; }} >/dev/null 2>&1"
        elif block.remark == "file":
            yield f"mkdir -p {shlex.quote(str(Path(block.words).parent))}"
            yield f"printf %s {shlex.quote(block.text)} > {shlex.quote(block.words)}"
        elif _is_run(block):
            for step in block.steps:
                yield f"echo {shlex.quote(_MARK)}"
                yield step.command
    yield ":"
