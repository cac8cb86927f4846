"""Files of an import written into a content folder: all of them, or none.

What an author changed or deleted since is left as it is and named; ``is_forced`` writes it anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from comment_archive import ledger, swapping
from comment_archive.arranging.home import File, Known
from comment_archive.errors import Unimportable
from comment_archive.ledger import Ledger

_FORMS = {".html": ".md", ".md": ".html"}


@dataclass
class Settled:
    """What became of the files: names of new, changed, kept and missing ones, and a count."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    same: int = 0

    @property
    def is_quiet(self) -> bool:
        """True where everything was there already."""
        return not (self.new or self.changed or self.replaced)


@dataclass(frozen=True)
class Content:
    """A content folder with what earlier imports wrote there."""

    folder: Path
    ledger: Ledger
    is_forced: bool = False
    is_dry: bool = False


def settle(
    items: Iterable[File | Known],
    content: Content,
    last: Callable[[], tuple[Iterable[File], Ledger]],
    of_author: Iterable[File] = (),
) -> Settled:
    """The files written, those of ``last`` too, which is asked when all others have come.

    ``last`` gives files that are the import's own and the ledger to go on from; ``of_author`` are
    files that count as edited whatever is in them. An exception on the way, or a crash, leaves
    the folder as it was.
    """
    with _aside(content) as place:
        settling = _Settling(content, place / "staged")
        known = []
        for item in items:
            if isinstance(item, Known):
                known.append(item)
            else:
                settling.take(item)
        files, book = last()
        for file in files:
            settling.write(file)
        digests = settling.digests()
        for file in of_author:
            settling.write(file)
        book = replace(book.having(*known), files=digests)
        settling.write(File(ledger.NAME, ledger.written(book)))
        settling.finish()
        return settling.done


@contextmanager
def _aside(content: Content) -> Iterator[Path]:
    """Where to write; nowhere, when nothing is to be written."""
    if content.is_dry:
        yield Path()
        return
    content.folder.parent.mkdir(parents=True, exist_ok=True)
    with swapping.aside(content.folder) as place:
        content.folder.mkdir(exist_ok=True)
        yield place


class _Settling:
    """One import being written aside."""

    def __init__(self, content: Content, staged: Path) -> None:
        self.content, self.staged = content, staged
        self.done = Settled()
        self.names: dict[str, None] = {}
        self.wrote: dict[str, str] = {}

    def take(self, file: File) -> None:
        """Stage a file, unless the one that is there is the author's."""
        path = self._path(file.name)
        other = self._in_other_form(file.name)
        known = self.content.ledger.files
        if self.content.is_forced or self._is_ours(other):
            self.write(file)
            if (self.content.folder / other).exists() and other:
                self.done.replaced.append(other)
        elif other and (self.content.folder / other).exists():
            self.done.edited.append(other)
        elif not path.exists() and file.name in known and file.name not in self.names:
            self.done.deleted.append(file.name)
        elif path.exists() and not self._may_change(path, file):
            self.done.edited.append(file.name)
        else:
            self.write(file)

    def write(self, file: File) -> None:
        """Stage a file, unless there is one with the same bytes."""
        path = self._path(file.name)
        self.wrote[file.name] = ledger.digest(file.data)
        there = path.read_bytes() if path.is_file() else None
        if there == file.data:
            self.done.same += 1
            if file.name in self.names:  # written twice in this run, and back to what it was
                del self.names[file.name]
            return
        if not self.content.is_dry:
            (self.staged / file.name).parent.mkdir(parents=True, exist_ok=True)
            (self.staged / file.name).write_bytes(file.data)
        if file.name not in self.names:
            (self.done.new if there is None else self.done.changed).append(file.name)
        self.names[file.name] = None

    def digests(self) -> dict[str, str]:
        """What every file was when an import wrote it last."""
        digests = {**self.content.ledger.files, **self.wrote}
        return {
            name: one
            for name, one in digests.items()
            if name not in self.done.replaced and not _is_own(name)
        }

    def finish(self) -> None:
        """Put everything in its place."""
        if not self.content.is_dry and (self.names or self.done.replaced):
            swapping.put_in(self.staged, self.names, self.done.replaced, self.content.folder)

    def _may_change(self, path: Path, file: File) -> bool:
        data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        return data == file.data or self.content.ledger.wrote(file.name, data)

    def _in_other_form(self, name: str) -> str:
        """The name the same post would have as Markdown or HTML, where an import wrote that."""
        pure = PurePosixPath(name)
        if pure.parts[0] not in ("posts", "pages") or pure.suffix not in _FORMS:
            return ""
        other = str(pure.with_suffix(_FORMS[pure.suffix]))
        return other if other in self.content.ledger.files else ""

    def _is_ours(self, name: str) -> bool:
        path = self.content.folder / name
        return bool(name) and path.is_file() and self.content.ledger.wrote(name, path.read_bytes())

    def _path(self, name: str) -> Path:
        """Where a file will be: in the folder, and not behind a link that leads out of it."""
        pure = PurePosixPath(name)
        assert not pure.is_absolute() and ".." not in pure.parts, name  # noqa: S101, PT018
        for number in range(1, len(pure.parts)):
            folder = self.content.folder.joinpath(*pure.parts[:number])
            if folder.is_symlink():
                wrong = "is a link, and an import writes whole folders at once"
                raise Unimportable(str(folder), wrong, "put the folder itself there")
            if folder.exists() and not folder.is_dir():
                raise Unimportable(str(folder), "is a file", "move it away; a folder belongs there")
        return self.content.folder / name


def _is_own(name: str) -> bool:
    return name == ledger.NAME or name.startswith("comments/receipts/")
