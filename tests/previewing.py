"""A tiny site, `harvest serve` on it, and somebody who saves files and looks at pages."""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

PATIENCE = 300  # seconds until a preview that says nothing is ended; nothing waits that long

SETTINGS = """
SITENAME = "Tiny"
PATH = "content"
ARTICLE_PATHS = ["posts"]
STATIC_PATHS = ["images"]
THEME = "theme"
TIMEZONE = "UTC"
ARTICLE_URL = "{slug}/"
ARTICLE_SAVE_AS = "{slug}/index.html"
DRAFT_URL = "drafts/{slug}/"
DRAFT_SAVE_AS = "drafts/{slug}/index.html"
DIRECT_TEMPLATES = ["index", "404"]
FEED_ALL_ATOM = "feeds/atom.xml"
CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
PLUGIN_PATHS = ["own"]
PLUGINS = ["shout"]
"""
PLUGIN = """
from pelican import signals

def shout(generator):
    generator.context["shout"] = "Loud"

def register():
    signals.article_generator_init.connect(shout)
"""
BASE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; img-src 'self'; style-src 'self'">
<title>{{ SITENAME }}</title>
<link rel="stylesheet" href="/theme/main.css">
<link rel="icon" href="/images/dot.svg">
</head>
<body><h1>{{ SITENAME }} {{ shout }}</h1>
{% block content %}{% endblock %}
</body>
</html>
"""
ARTICLE = """{% extends "base.html" %}
{% block content %}<h2>{{ article.title }}</h2>{{ article.content }}{% endblock %}
"""
LIST = """{% extends "base.html" %}
{% block content %}
{% for article in articles %}<p><a href="/{{ article.url }}">{{ article.title }}</a></p>
{% endfor %}
{% endblock %}
"""
FILES = {
    "pelicanconf.py": SETTINGS,
    "own/shout.py": PLUGIN,
    "theme/static/main.css": "h1 { color: rgb(1, 2, 3) }\n",
    "theme/templates/base.html": BASE,
    "theme/templates/article.html": ARTICLE,
    "theme/templates/index.html": LIST,
    "theme/templates/404.html": f"{BASE}Nothing.",
    "content/images/dot.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "content/posts/may.md": "Title: May\nDate: 2025-05-01\n\nFirst words.\n",
    "content/posts/june.md": "Title: June\nDate: 2025-06-01\nStatus: draft\n\nNot yet.\n",
}
for name in ("category", "author", "tag", "archives", "page"):
    FILES[f"theme/templates/{name}.html"] = '{% extends "base.html" %}'


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    text: str


class Author:
    """Somebody at a desk: a site's folder, a running preview, files to save, pages to look at."""

    def __init__(self, root: Path, process: subprocess.Popen[str]) -> None:
        self.root = root
        self.process = process
        self.said: list[str] = []
        for line in process.stdout or ():
            self.said.append(line.strip())
            if line.startswith("http://"):
                break
        else:
            raise AssertionError(f"the preview ended: {self.said}")
        self.url = line.split()[0]

    def save(self, name: str, text: str) -> None:
        path = self.root / name
        aside = path.with_name(f".{path.name}.aside")
        aside.write_text(text, encoding="utf-8")
        aside.replace(path)

    def get(self, path: str, method: str = "GET", **headers: str) -> Reply:
        """The reply to exactly this path, as no browser would tidy it."""
        connection = self._connection()
        connection.request(
            method, path, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )
        response = connection.getresponse()
        reply = Reply(response.status, dict(response.getheaders()), response.read().decode())
        connection.close()
        return reply

    def news(self, path: str = "/") -> Iterator[dict[str, Any]]:
        """Every state the preview tells to a browser that shows this path."""
        connection = self._connection()
        connection.request("GET", f"/.harvest/news?path={path}")
        for line in connection.getresponse():
            if line.startswith(b"data: "):
                yield json.loads(line.removeprefix(b"data: "))

    def _connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=PATIENCE)


def until(news: Iterator[dict[str, Any]], told: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The first state of which that is true."""
    return next(state for state in news if told(state))


def lines(state: dict[str, Any]) -> list[str]:
    return [mistake["text"] for mistake in state["mistakes"]]


@contextmanager
def serve(root: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """A running `harvest serve`; it ends with the block, or when the patience does."""
    process = subprocess.Popen(
        [sys.executable, "-m", "harvest", "serve", "--port", "0", *options],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        # whoever runs the tests in the background has Ctrl-C switched off
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    watchdog = Timer(PATIENCE, process.kill)
    watchdog.start()
    try:
        yield process
    finally:
        watchdog.cancel()
        process.kill()
        process.communicate()


def write_site(root: Path) -> Path:
    """The tiny site in this folder."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@contextmanager
def previewing(root: Path) -> Iterator[Author]:
    """Somebody at work with `harvest serve --watch` while the block runs."""
    with serve(root, "--watch") as process:
        yield Author(root, process)
