"""The headers of an HTML source, read as Pelican's reader will read them: each a <meta>."""

from __future__ import annotations

from html.parser import HTMLParser

from harvest.headers import Ending, Head, Header


def read(text: str) -> Head:
    """The head of an HTML source whose newlines are ``\\n``; a <title> is a header too."""
    parser = _Metas()
    parser.feed(text[: _end(text)])
    parser.close()
    headers = {
        name: Header(name, tuple(value for value, _ in given), tuple(line for _, line in given))
        for name, given in parser.found.items()
    }
    return Head(headers, parser.getpos()[0], Ending.FILE)


def _end(text: str) -> int:
    """Where the body begins: nothing there is a header, and it may be long."""
    found = text.lower().find("<body")
    return found if found >= 0 else len(text)


class _Metas(HTMLParser):
    """Every <meta> and the <title> within the <head>, each with its line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: dict[str, list[tuple[str, int]]] = {}
        self._is_in_head = False
        self._title: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "head":
            self._is_in_head = True
        elif tag == "title" and self._is_in_head:
            self._title = []
        elif tag == "meta" and self._is_in_head:
            given = dict(reversed(attrs))
            if name := (given.get("name") or "").lower():
                value = given.get("content") or given.get("contents") or ""
                self._take("tags" if name == "keywords" else name, value)

    def handle_data(self, data: str) -> None:
        if self._title is not None:
            self._title.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def handle_endtag(self, tag: str) -> None:
        if tag == "head":
            self._is_in_head = False
        elif tag == "title" and self._title is not None:
            self._take("title", "".join(self._title))
            self._title = None

    def _take(self, name: str, value: str) -> None:
        self.found.setdefault(name, []).append((value.strip(), self.getpos()[0]))
