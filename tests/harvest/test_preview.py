"""The preview as an author has it: a tiny site, `harvest serve`, saves, and what browsers get."""

from __future__ import annotations

import http.client
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from previewing import (
    ARTICLE,
    PATIENCE,
    PLUGIN,
    SETTINGS,
    Author,
    lines,
    previewing,
    serve,
    until,
    write_site,
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site")


@pytest.fixture
def author(site: Path) -> Iterator[Author]:
    with previewing(site) as author:
        yield author


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Author]:
    """One who only looks: the same preview for several tests."""
    with previewing(write_site(tmp_path_factory.mktemp("read"))) as author:
        yield author


def test_a_saved_post_is_told_and_served(author: Author) -> None:
    news = author.news("/may/")
    before = next(news)
    author.save("content/posts/may.md", "Title: May\nDate: 2025-05-01\n\nSecond words.\n")
    after = until(news, lambda state: state["pages"] > before["pages"])
    page = author.get("/may/").text
    assert "Second words." in page
    stamped = re.search(r'data-number="(\d+)"', page)
    assert stamped
    assert int(stamped[1]) >= after["pages"]


def test_a_mistake_keeps_the_last_good_page_tells_its_line_and_goes_when_mended(
    author: Author,
) -> None:
    news = author.news("/may/")
    before = next(news)
    author.save("content/posts/may.md", "Title: May\nDate: 2025-05-41\n\nWrong words.\n")
    held = until(news, lambda state: state["mistakes"])
    assert held["held"]
    assert held["pages"] == before["pages"]
    assert lines(held)[0].startswith("content/posts/may.md:2: ")
    assert "First words." in author.get("/may/").text
    author.save("content/posts/may.md", "Title: May\nDate: 2025-05-04\n\nMended words.\n")
    mended = until(news, lambda state: state["pages"] > before["pages"])
    assert not mended["mistakes"]
    assert "Mended words." in author.get("/may/").text


def test_a_broken_template_keeps_the_last_good_page_and_tells_its_line(author: Author) -> None:
    news = author.news("/may/")
    next(news)
    author.save("theme/templates/article.html", ARTICLE + "{% if %}\n")
    held = until(news, lambda state: state["mistakes"])
    assert lines(held)[0].startswith("theme/templates/article.html:3: ")
    assert "First words." in author.get("/may/").text


def test_a_template_that_fails_on_another_page_is_told_too(author: Author) -> None:
    news = author.news("/may/")
    next(news)
    author.save("theme/templates/404.html", "\n{{ nowhere.at.all }}")
    told = until(news, lambda state: state["mistakes"])
    assert lines(told)[0].startswith("theme/templates/404.html:2: ")
    assert not told["held"]


def test_a_plugin_is_taken_anew_and_a_slip_in_it_keeps_the_last_good_pages(author: Author) -> None:
    news = author.news()
    before = next(news)
    author.save("own/shout.py", PLUGIN.replace("Loud", "Louder"))
    louder = until(news, lambda state: state["pages"] > before["pages"])
    assert "Louder" in author.get("/").text
    author.save("own/shout.py", PLUGIN + "\nthis is no Python\n")
    held = until(news, lambda state: state["held"])
    assert held["pages"] == louder["pages"]
    assert "own/shout.py" in lines(held)[0] or "shout" in lines(held)[0]
    assert "Louder" in author.get("/").text


def test_the_settings_are_taken_anew_and_a_slip_in_them_keeps_the_last_good_pages(
    author: Author,
) -> None:
    news = author.news()
    next(news)
    author.save("pelicanconf.py", SETTINGS + "\nSITENAME = \n")
    held = until(news, lambda state: state["held"])
    assert lines(held)[0].startswith(f"pelicanconf.py:{SETTINGS.count(chr(10)) + 2}: ")
    assert "<h1>Tiny" in author.get("/").text
    author.save("pelicanconf.py", SETTINGS.replace("Tiny", "Small"))
    until(news, lambda state: not state["mistakes"])
    assert "<h1>Small" in author.get("/").text


def test_a_saved_style_swaps_styles_and_loads_no_page_again(author: Author) -> None:
    news = author.news()
    before = next(news)
    author.save("theme/static/main.css", "h1 { color: rgb(4, 5, 6) }\n")
    after = until(news, lambda state: state["styles"] > before["styles"])
    assert after["pages"] == before["pages"]
    assert "rgb(4, 5, 6)" in author.get("/theme/main.css").text


def test_a_deleted_post_is_gone(author: Author) -> None:
    news = author.news()
    before = next(news)
    (author.root / "content/posts/may.md").unlink()
    until(news, lambda state: state["pages"] > before["pages"])
    assert author.get("/may/").status == 404
    assert "May" not in author.get("/").text


def test_a_broken_link_is_told_on_the_new_page(author: Author) -> None:
    news = author.news("/may/")
    next(news)
    author.save("content/posts/may.md", "Title: May\nDate: 2025-05-01\n\n[Where](/no/where/)?\n")
    told = until(news, lambda state: state["mistakes"])
    assert lines(told)[0].startswith("content/posts/may.md:4: ")
    assert not told["held"]


def test_a_draft_is_shown_and_nothing_is_written_into_output(reader: Author) -> None:
    assert "Not yet." in reader.get("/drafts/june/").text
    assert f"draft: {reader.url}drafts/june/" in reader.said
    assert not (reader.root / "output").exists()


@pytest.mark.parametrize(
    "path",
    [
        "/../pelicanconf.py",
        "/%2e%2e/pelicanconf.py",
        "/theme/..%2f..%2f..%2f..%2fpelicanconf.py",
        "/images/%2e%2e%5cpelicanconf.py",
        "//pelicanconf.py",
        "/dot%00.svg",
        "/content/posts/may.md",
        "/.harvest/../../pelicanconf.py",
    ],
)
def test_no_path_leaves_the_site(reader: Author, path: str) -> None:
    reply = reader.get(path)
    assert reply.status == 404
    assert "SITENAME" not in reply.text


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 200), ("blog.localhost", 200), ("127.0.0.1", 200), ("[::1]:8000", 200),
        ("", 200), ("evil.example:8000", 421), ("localhost.evil.example", 421), ("[x", 421),
    ],
)  # fmt: skip
def test_no_other_name_is_answered_on_this_machine(reader: Author, host: str, status: int) -> None:
    """A site elsewhere may have its own name lead here, and would read drafts as its own."""
    assert reader.get("/", Host=host).status == status
    assert reader.get("/.harvest/news", "HEAD", Host=host).status == status


def test_pages_and_files_are_sent_as_a_careful_host_would(reader: Author) -> None:
    home, style, feed = map(reader.get, ("/", "/theme/main.css", "/feeds/atom.xml"))
    assert home.headers["Content-Type"] == "text/html; charset=utf-8"
    assert home.headers["Cache-Control"] == "no-store"
    assert style.headers["Content-Type"] == "text/css; charset=utf-8"
    assert feed.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert reader.get("/images/dot.svg").headers["Content-Type"].startswith("image/svg+xml")
    assert reader.get("/theme/main.css", If_None_Match=style.headers["ETag"]).status == 304
    assert reader.get("/may").headers["Location"] == "may/"
    head = reader.get("/may/", "HEAD")
    assert (head.status, head.text) == (200, "")
    missing = reader.get("/nowhere/")
    assert missing.status == 404
    assert "Nothing." in missing.text


@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_quietly(author: Author, way: signal.Signals) -> None:
    author.process.send_signal(way)
    complaints = author.process.stderr.read()
    author.process.wait()
    assert (author.process.returncode, complaints) == (0, "")
    assert not list((author.root / ".harvest").rglob("*.css"))


def test_a_port_in_use_is_told_on_one_line_with_a_free_one(reader: Author) -> None:
    port = str(urlsplit(reader.url).port)
    command = [sys.executable, "-m", "harvest", "serve", "--port", port]
    ended = subprocess.run(
        command, cwd=reader.root, capture_output=True, encoding="utf-8", check=False
    )
    assert ended.returncode == 2
    assert ended.stderr.startswith(f"--port {port}: another program listens there; ")
    assert ended.stderr.count("\n") == 1


def test_without_watching_pages_are_as_they_are_built(site: Path) -> None:
    with serve(site) as process:
        page = Author(site, process).get("/may/").text
    assert "First words." in page
    assert "script" not in page


def test_without_watching_a_mistake_ends_it_with_every_line(site: Path) -> None:
    (site / "content/posts/may.md").write_text("Date: 2025-05-01\n\nNo title.\n")
    with serve(site) as process:
        said = process.stdout.read()
        assert process.wait() == 1
    assert "content/posts/may.md" in said


def test_with_watching_a_site_that_begins_with_a_mistake_is_shown_as_far_as_it_goes(
    site: Path,
) -> None:
    (site / "content/posts/july.md").write_text("Date: 2025-07-01\n\nNo title.\n")
    with serve(site, "--watch") as process:
        author = Author(site, process)
        assert "First words." in author.get("/may/").text
        assert "content/posts/july.md" in lines(next(author.news()))[0]


def test_a_folder_is_served_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/index.html").write_text("<p>As it is.")
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "out/way").symlink_to(tmp_path / "secret.txt")
    with serve(tmp_path, "--output", "out") as process:
        line = (process.stdout or iter(())).readline()  # type: ignore[union-attr]
        url = urlsplit(line.split(" is at ")[1].split()[0])
        connection = http.client.HTTPConnection(url.netloc, timeout=PATIENCE)
        replies = {}
        for path in ("/", "/way"):
            connection.request("GET", path)
            reply = connection.getresponse()
            replies[path] = reply.status, reply.read()
    assert replies == {"/": (200, b"<p>As it is."), "/way": (404, b"There is nothing here.\n")}


def test_a_plugin_that_cannot_be_registered_is_told_at_every_build(author: Author) -> None:
    news = author.news()
    before = next(news)
    author.save("own/shout.py", PLUGIN + "\ndel shout\n")
    held = until(news, lambda state: state["held"])
    assert held["pages"] == before["pages"]
    author.save("content/posts/may.md", "Title: May\nDate: 2025-05-01\n\nSecond words.\n")
    still = until(news, lambda state: state is not held)
    assert still["held"]
    assert lines(still) == lines(held)
