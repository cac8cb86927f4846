"""A hostile blog brought home and looked at in a real browser: nothing of it runs or loads."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

import demo
import hostile_blog
from checks import markup
from checks.screen import visit
from checks.site import Site, tree
from server import serving

MORE = 'COMMENT_CONTACT = "about/"\nDEFAULT_PAGINATION = 40\n'
SEEN = """
[...document.querySelectorAll(".thread li[id]")]
  .filter(one => one.getBoundingClientRect().height > 0).length
"""


def brought_home(folder: Path, strings: tuple[hostile_blog.Hostile, ...], *options: str) -> Site:
    """The hostile blog imported into a new site and built, by the commands."""
    demo.harvest("init", "site", "--title", "Home", at=folder)
    site = folder / "site"
    with (site / "pelicanconf.py").open("a") as conf:
        conf.write(MORE)
    export, pictures = hostile_blog.write(strings, folder)
    demo.harvest("import", str(export), "--media", str(pictures), *options, at=site)
    demo.harvest("build", at=site)
    return Site(site / "output")


@pytest.fixture(scope="module")
def strings() -> tuple[hostile_blog.Hostile, ...]:
    return hostile_blog.ours()


@pytest.fixture(scope="module", params=["html", "markdown"])
def home(request, tmp_path_factory, strings) -> Site:
    """The site after an import as HTML, and after one as Markdown."""
    folder = tmp_path_factory.mktemp(request.param)
    return brought_home(folder, strings, *(["--markdown"] if request.param == "markdown" else []))


def test_nothing_runs_loads_or_complains_on_any_page(home: Site, browser) -> None:
    """0 dialogs, 0 requests to another host, 0 complaints, under the strict policy."""
    assert trouble(home, browser, sorted(home.pages)) == []


def trouble(home: Site, browser, places: list[str]) -> list[str]:
    """Every dialog, request off the site and complaint of the console on these pages."""
    found: list[str] = []

    def closed(dialog) -> None:
        found.append(f"dialog {dialog.message}")
        dialog.dismiss()

    with serving(home.folder) as address, visit(browser, address, places[0]) as here:
        here.page.on("dialog", closed)
        for place in places:
            here.page.goto(address + place, wait_until="load")
            here.page.mouse.move(300, 400)
            here.page.keyboard.press("Tab")
            found += [f"{place}: {one}" for one in here.told()]
            here.faults.clear()
    return found


def test_the_page_around_them_stays_whole(home: Site, browser, strings) -> None:
    """Every comment is there to be seen, and what stands after the last of them."""
    (place,) = [one for one in home.pages if one.endswith("/hostile/")]
    written = [one for one in strings if one.place in ("comment", "author", "url")]
    with serving(home.folder) as address, visit(browser, address, place) as here:
        assert here.page.evaluate(SEEN) == len(written)
        assert here.page.locator(".thread > footer").is_visible()
        assert here.page.locator("footer.site").is_visible()
        shown = here.page.evaluate("document.querySelector('.thread').textContent")
    lost = [
        one
        for one in strings
        if one.place == "comment" and one.keeps not in " ".join(shown.split())
    ]
    assert [one.words[:80] for one in lost] == []


def test_every_page_is_html_without_an_error(home: Site) -> None:
    wrong = [
        f"{place}: {fault}"
        for place, html in (home.pages | home.moved).items()
        for fault in (*markup.parse_errors(html), *markup.repeated_ids(html))
    ]
    assert wrong == []


def test_titles_and_categories_can_still_be_read(home: Site, strings) -> None:
    told = " ".join(" ".join(tree(html).itertext()) for html in home.pages.values())
    told = " ".join(told.split())
    wanted = [one for one in strings if one.place in ("title", "category") and one.keeps]
    assert [one.words for one in wanted if one.keeps not in told] == []


def test_nothing_is_written_outside_of_the_site_or_over_its_own(home: Site) -> None:
    around = home.folder.parents[1]
    content = around / "site" / "content"
    found = [path for path in around.rglob("*outside*") if not path.is_relative_to(home.folder)]
    assert not [path for path in found if not path.is_relative_to(content)]
    assert not [path for path in content.rglob("*") if ".." in path.parts or "\\" in path.name]
    assert "AddDefaultCharset" in (home.folder / ".htaccess").read_text("utf-8")
    assert {path.name for path in around.iterdir()} == {"site", "export.xml", "pictures.zip"}


def test_no_link_leads_to_a_program_or_a_file(home: Site) -> None:
    links = {
        link
        for html in home.pages.values()
        for link in tree(html).xpath("//@href | //@src | //@cite")
    }
    kinds = {
        found[0].lower() for one in links if (found := re.match(r"[\w+.-]+:", unquote(one).strip()))
    }
    assert kinds <= {"http:", "https:", "mailto:"}
