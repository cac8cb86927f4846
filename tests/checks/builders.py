"""Tiny pages and sites for the checkers' own tests, right in all: a test breaks one thing."""

from __future__ import annotations

from pathlib import Path

from checks.site import Site

POLICY = "default-src 'none'; img-src 'self'; style-src 'self'"


def page(body: str = "<p>Words.</p>", head: str = "", attributes: str = "") -> str:
    """A page without a fault around the given body."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>{head}'
        f'<meta name="viewport" content="width=device-width">'
        f"</head><body {attributes}><main><h1>A page</h1>{body}</main></body></html>"
    )


def strict(body: str, css: str = "") -> dict[str, str]:
    """The files of a one-page site under a strict policy, with one stylesheet."""
    head = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    head += '<link rel="stylesheet" href="/a.css">'
    return {"index.html": page(body, head), "a.css": css}


def site(folder: Path, files: dict[str, str], url: str = "https://blog.example") -> Site:
    """A site of these files."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return Site(folder, url)
