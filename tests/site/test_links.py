"""Every address on the site leads somewhere, and nothing is loaded from elsewhere."""

from __future__ import annotations

import re

from checks import links
from checks.site import Site, tree
from checks.verdict import none

ICON = "//link[contains(@rel, 'icon')]/@href"


def test_every_link_picture_and_fragment_leads_somewhere(built: Site, published: Site) -> None:
    """At home and as it is published."""
    none([*links.faults(built), *links.faults(published)])


def test_nothing_is_loaded_from_another_host(built: Site, published: Site) -> None:
    """No page, stylesheet or picture fetches anything the author did not publish."""
    none([*links.foreign_loads(built), *links.foreign_loads(published)])


def test_the_404_page_works_at_any_depth(built: Site, published: Site) -> None:
    """It holds no address that depends on where it is shown."""
    for site in (built, published):
        none(links.relative_on_404(site.pages["/404.html"]))


def test_a_site_at_home_names_no_other_address(built: Site) -> None:
    """Without SITEURL nothing leads to the published site, nor to a broken address."""
    for place, html in built.pages.items():
        assert not re.search(r"\b(?<!\.)example\.org", html), place
        assert not [link for link in links.addresses(html) if link.startswith(("http:///", "//"))]


def test_a_browser_that_looks_for_the_icon_finds_one(published: Site) -> None:
    """Else each first visit leaves a 404 in the log of the host."""
    if not (published.folder / "favicon.ico").is_file():
        none(place for place, html in published.pages.items() if not tree(html).xpath(ICON))


def test_every_data_file_a_card_links_is_published_as_it_is(published: Site) -> None:
    """A number leads back to the file it was read from, byte by byte."""
    from demo import ROOT

    linked = {link for html in published.posts.values() for link in tree(html).xpath("//a/@href")}
    files = {
        published.target(link, "/")[0] for link in linked if "/data/" in link and "csv" in link
    }
    assert files
    for file in files:
        assert file.read_bytes() == (ROOT / "content" / "data" / file.name).read_bytes()
