"""What search engines, readers and other sites are told of a page is there and so."""

from __future__ import annotations

from checks import facts
from checks.site import Site, tree
from checks.verdict import none


def test_every_page_says_what_it_is(published: Site) -> None:
    """Canonical and Open Graph on each page; BlogPosting and h-entry on each post."""
    places = [place for place in published.pages if place != "/404.html"]
    none([fault for place in places for fault in facts.faults(published, place)])


def test_what_machines_are_told_is_what_readers_see(published: Site) -> None:
    """The headline is the heading, the language the page's, the date the one shown."""
    for place, html in published.posts.items():
        page = tree(html)
        (post,) = [data for data in facts.linked_data(html) if data["@type"] == "BlogPosting"]
        assert post["headline"] == " ".join(page.xpath("string(//h1)").split()), place
        assert post["inLanguage"] == page.get("lang"), place
        shown = page.xpath("//time[contains(@class, 'dt-published')]/@datetime")
        assert post["datePublished"] == shown[0], place


def test_the_author_has_a_card(published: Site) -> None:
    """The About on the home page is an h-card with name, photo and address."""
    cards = facts.cards(published.pages["/"], published.absolute("/"))
    full = [card["properties"] for card in cards if "photo" in card["properties"]]
    assert full
    assert full[0]["name"] == ["Ana Sample"]
    assert full[0]["url"][0].startswith(published.url)


def test_the_sitemap_lists_each_page_once(published: Site) -> None:
    """Each page for readers, by the address it calls its own."""
    none(facts.sitemap_faults(published))


def test_robots_are_let_in_and_shown_the_sitemap(published: Site) -> None:
    """robots.txt stands at the root."""
    none(facts.robots_faults(published))


def test_a_description_is_prose(published: Site) -> None:
    """What is shown with a link to a post is words of its author, in one paragraph."""
    for place, html in published.posts.items():
        said = facts.open_graph(html)["og:description"]
        assert said == " ".join(said.split()), place
        assert "<" not in said, place


def test_the_ready_headers_say_what_the_pages_say(published: Site) -> None:
    """A host that reads _headers sends the policy of the pages, and adds what meta cannot say."""
    headers = (published.folder / "_headers").read_text("utf-8")
    assert "Content-Security-Policy:" in headers
    assert "frame-ancestors" in headers
    policies = {
        tree(html).xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
        for html in published.pages.values()
    }
    for policy in policies:
        assert "default-src 'none'" in policy or "default-src 'self'" in policy
        assert "unsafe-inline" not in policy
        assert "unsafe-eval" not in policy


def test_the_policy_stands_before_anything_it_governs(published: Site) -> None:
    """Only the character set may come before it in the head."""
    for place, html in published.pages.items():
        names = [child.get("http-equiv") or child.tag for child in tree(html).find("head")]
        assert names.index("Content-Security-Policy") <= 1, place
