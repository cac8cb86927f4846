"""Every internal link of a built site is checked, and told where it is written."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import html5lib
import pytest

from harvest import anchors
from small_sites import bytes_of, harvest, post, put, site

AROUND = {
    "june.md": post("June", "2025-06-01", "## One part {#part}\n\nWords."),
    "pages/about.md": "Title: About\n\nWho writes.\n",
    "images/a line.png": b"a picture",
}

BROKEN = {
    "/2025/06/jun/": '"/2025/06/jun/" leads nowhere; did you mean "/2025/06/june/"?',
    "/abuot/": '"/abuot/" leads nowhere; did you mean "/about/"?',
    "../june/": '"../june/" leads nowhere; did you mean "/2025/06/june/"?',
    "/2025/06/june/#prat": '"/2025/06/june/#prat" leads to no anchor "prat" on 2025/06/june/;'
    ' did you mean "part"?',
    "#nowhere": '"#nowhere" leads to no anchor "nowhere" on 2025/05/may/; there are none',
    "{filename}june.md#prat": '"/2025/06/june/#prat" leads to no anchor "prat" on 2025/06/june/;'
    ' did you mean "part"?',
    "{nonsense}june.md": '"{nonsense}june.md" leads nowhere; no such file in the content folder',
    "/archives.html?x=1#y": '"/archives.html?x=1#y" leads to no anchor "y" on archives.html;'
    " there are none",
}


@pytest.mark.parametrize("link", BROKEN)
def test_a_broken_link_is_told_where_it_is_written(link: str, tmp_path: Path):
    root = site(tmp_path / "site", {**AROUND, "may.md": post(body=f"Words.\n\nA [link]({link}).")})
    ended = harvest(root, "build")
    assert ended.err.splitlines()[:-1] == [f"content/posts/may.md:6: {BROKEN[link]}"]
    assert ended.code == 1
    assert not (root / "output").exists()


def test_good_links_of_every_form_pass(tmp_path: Path):
    links = [
        "/2025/06/june/", "/2025/06/june", "/2025/06/june/index.html", "../../06/june/#part",
        "{filename}june.md#part", "{filename}/posts/june.md", "/about/", "/", "#top", "",
        "{static}/images/a%20line.png", "/images/a%20line.png", "https://elsewhere.example/x/",
        "mailto:ana@example.org", "//elsewhere.example/", "/archives.html#:~:text=x",
        "{index}", "{author}ana", "tel:+49123",
    ]  # fmt: skip
    body = f"{'word ' * 60}\n\n" + "\n\n".join(f"[x](<{link}>)" for link in links)
    root = site(tmp_path / "site", {**AROUND, "may.md": post(body=body)})
    ended = harvest(root, "build")
    assert (ended.code, ended.err) == (0, "")


def test_a_link_that_only_works_on_its_own_page_is_doubted_in_a_list(tmp_path: Path):
    body = "[june](../../06/june/) is after May."
    root = site(tmp_path / "site", {**AROUND, "may.md": post(body=body)})
    ended = harvest(root, "build")
    assert ended.code == 0
    assert ended.err == (
        'warning: content/posts/may.md:4: "../../06/june/" leads nowhere when it is shown on '
        "author/ana.html; write it from the root of the site, or with {filename}\n"
    )


def test_pictures_and_their_sets_are_links_too(tmp_path: Path):
    body = '<picture><source srcset="/images/no.png 1x, /images/a%20line.png 2x">'
    body += '<img src="/images/none.png" alt="x"></picture>'
    root = site(tmp_path / "site", {**AROUND, "may.md": post(body=body)})
    told = harvest(root, "build").err
    assert 'content/posts/may.md:4: "/images/no.png" leads nowhere' in told
    assert 'content/posts/may.md:4: "/images/none.png" leads nowhere' in told


def test_a_link_of_the_theme_is_told_once_with_its_first_page(tmp_path: Path):
    base = '{% extends "!simple/base.html" %}{% block header %}<a href="/gone/">x</a>{% endblock %}'
    files = {**AROUND, "theme/templates/base.html": base}
    root = site(tmp_path / "site", files, 'THEME_TEMPLATES_OVERRIDES = ["theme/templates"]')
    first, *rest = harvest(root, "build").err.splitlines()
    assert first.startswith('page 2025/06/june/index.html: "/gone/" leads nowhere (and on ')
    assert len(rest) == 1


def test_a_link_to_a_draft_without_its_file_name_is_broken(tmp_path: Path):
    files = {**AROUND, "may.md": post(body="[x](/drafts/plan/)")}
    files["plan.md"] = "Title: Plan\nStatus: draft\n\nWords.\n"
    ended = harvest(site(tmp_path / "site", files), "build")
    assert ended.err.startswith('content/posts/may.md:4: "/drafts/plan/" leads nowhere')


FROM_FOLDER = {
    "{filename}june.md#part": "../../06/june/index.html#part",
    "/2025/06/june/": "../../06/june/index.html",
    "/": "../../../index.html",
    "/images/a%20line.png": "../../../images/a%20line.png",
    "{static}/images/a%20line.png": "../../../images/a%20line.png",
    "/about/?x=1&amp;y": "../../../about/index.html?x=1&amp;y",
    "#here": "#here",
    "https://a.example/": "https://a.example/",
    "mailto:ana@a.example": "mailto:ana@a.example",
}


def test_relative_builds_open_from_any_folder_without_a_server(tmp_path: Path):
    links = "\n".join(f"<a href='{link}' title='a > b'>x</a>" for link in FROM_FOLDER)
    text = post(body=f"<p id=here>{links}</p>\n\n`<a href='/about/'>`")
    root = site(tmp_path / "site", {**AROUND, "may.md": text}, "RELATIVE_URLS = False\n")
    ended = harvest(root, "build", "--relative", "-o", "elsewhere")
    assert ended.code == 0, ended
    page = (root / "elsewhere/2025/05/may/index.html").read_text()
    for written, opens in FROM_FOLDER.items():
        assert f'href="{opens}"' in page or f"href='{opens}'" in page, written
    for path in (root / "elsewhere").rglob("*.html"):
        for link in anchors.read(path.read_text()).links:
            name = unquote(urlsplit(link.url).path)
            assert ":" in link.url or not name or (path.parent / name).is_file(), (path, link)


def test_a_broken_link_is_told_where_it_is_written_in_a_relative_build(tmp_path: Path):
    files = {**AROUND, "may.md": post(body="[june]({filename}june.md#prat)")}
    ended = harvest(site(tmp_path / "site", files), "build", "--relative")
    assert ended.err.startswith('content/posts/may.md:4: "')


def test_absolute_addresses_of_the_site_are_checked_when_it_is_published(tmp_path: Path):
    files = {**AROUND, "may.md": post(body="[x](https://a.example/blog/gone/) [y](/blog/about/)")}
    root = site(tmp_path / "site", files)
    ended = harvest(root, "publish", "--siteurl", "https://a.example/blog")
    assert ended.err.splitlines()[:-1] == [
        (
            'content/posts/may.md:4: "https://a.example/blog/gone/" leads nowhere;'
            " put a page or file there, or leave the link out"
        )
    ]
    put(root, "may.md", post(body="[x](https://a.example/blog/about/)"))
    ended = harvest(root, "publish", "--siteurl", "https://a.example/blog/")
    assert (ended.code, ended.err) == (0, "")


def test_the_reader_of_pages_sees_what_a_strict_parser_sees(tmp_path: Path):
    body = (
        "<!-- <a href='/no/'> --> <a HREF=/about/ title='a > b'>x</a> <a id=\"x&amp;y\">.</a>"
        '<script>var a = "<a href=\'/no/\'>";</script><a name=old>.</a>\n\n`<a href="/no/">`'
    )
    root = site(tmp_path / "site", {**AROUND, "may.md": post(body=body)})
    assert harvest(root, "build").code == 0
    pages = [data for name, data in bytes_of(root / "output").items() if name.endswith(".html")]
    for page in pages:
        tree = html5lib.parse(page.decode(), namespaceHTMLElements=False)
        seen = anchors.read(page.decode())
        assert {link.url for link in seen.links} == {
            element.attrib[name].strip()
            for element in tree.iter()
            for name in ("href", "src")
            if isinstance(element.tag, str) and name in element.attrib
        }
        ids = {one.attrib["id"] for one in tree.iter() if "id" in one.attrib}
        assert seen.ids == ids | {
            one.attrib["name"] for one in tree.iter("a") if "name" in one.attrib
        }
