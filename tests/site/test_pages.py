"""Every page of the demo is right HTML, every post is there, and no draft is."""

from __future__ import annotations

import pytest

import demo
from checks import links, markup
from checks.site import Site, tree, with_class, words
from checks.verdict import none
from kinds import KINDS, body, cards, page_of


@pytest.mark.parametrize("kind", KINDS)
def test_the_demo_shows_every_kind_of_page(built: Site, kind: str) -> None:
    """What the tests look at is what a reader can meet."""
    assert page_of(built, kind) in built.pages


def test_every_page_parses_without_an_error(built: Site, published: Site) -> None:
    """A strict parser agrees with every page, at home and as it is published."""
    told = [
        f"{place}: {fault}"
        for site in (built, published)
        for place, html in site.pages.items()
        for fault in markup.faults(html)
    ]
    none(told)


def test_every_published_post_is_a_page_under_its_title(published: Site) -> None:
    """No post is lost on the way."""
    titles = {words(tree(html).xpath("//h1")[0]) for html in published.posts.values()}
    wanted = {words(tree(f"<p>{post.title}")) for post in demo.sources() if post.is_published}
    assert titles == wanted


def test_a_draft_is_written_nowhere(built: Site, published: Site) -> None:
    """Neither its page nor a word of it in any other file."""
    drafts = [post for post in demo.sources() if post.header.get("status") == "draft"]
    assert drafts
    for name, data in [
        *demo.contents(built.folder).items(),
        *demo.contents(published.folder).items(),
    ]:
        assert "draft" not in name
        assert not [post.title for post in drafts if post.title.encode() in data], name


def test_every_card_asked_for_is_on_its_page(published: Site) -> None:
    """A block in a published post becomes a card, never a note of a fault."""
    blocks = sum(post.text.count("\n```insight\n") for post in demo.sources() if post.is_published)
    assert sum(len(cards(html)) for html in published.posts.values()) == blocks
    assert not [place for place, html in published.pages.items() if "insight-fault" in html]


def test_the_archives_list_every_post(published: Site) -> None:
    """Every post in the site's own language, by its title, once."""
    listed = [words(link) for link in tree(published.pages["/archives/"]).xpath("//main//a")]
    titles = [
        words(tree(f"<p>{post.title}"))
        for post in demo.sources()
        if post.is_published and post.language == "en"
    ]
    none([title for title in titles if listed.count(title) != 1])


def test_a_page_says_the_language_it_is_written_in(published: Site) -> None:
    """A translation too, and each names the other."""
    translation = page_of(published, "translation")
    language = translation.split("/")[1]
    page = tree(published.pages[translation])
    assert page.get("lang") == language
    original = page.xpath("//link[@rel='alternate'][@hreflang]/@href")
    files = [published.target(link, translation)[0] for link in original]
    back = [tree(file.read_text("utf-8")).xpath("//link/@hreflang") for file in files]
    assert any(language in languages for languages in back)


def test_neighbours_stand_around_main(published: Site) -> None:
    """« older | Main | newer »: the link between them says exactly Main and leads home."""
    for place, html in published.posts.items():
        found = tree(html).xpath("//a[normalize-space(.)='Main']/@href")
        if tree(html).get("lang") == "en":
            assert any(
                published.target(link, place)[0].parent == published.folder for link in found
            )


def test_the_month_calendar_is_a_table_that_leads_to_posts(published: Site) -> None:
    """A real table with a caption; its days lead to posts, and it leads to other months."""
    place = page_of(published, "home")
    (table,) = tree(published.pages[place]).xpath("//table[caption]")
    assert words(table.find("caption"))
    assert table.xpath(".//th[@scope='col']")
    assert table.xpath(".//td//a/@href")


def test_everything_about_the_author_is_on_the_home_page(published: Site) -> None:
    """Photo, about, e-mail form, lists, awards, recent posts and badges are switched on."""
    page = tree(published.pages["/"])
    assert page.xpath(f"//img[{with_class('u-photo')}]")
    assert page.xpath("//form[starts-with(@action, 'https://')]//input[@type='email'][@name]")
    told = published.pages["/"]
    for part in ("Channels", "Screencasts", "Videos", "Awards", "Nominations", "Boards"):
        assert part in told, part
    assert "Counted with Harvest" in told


def test_no_picture_is_drawn_inside_a_page(published: Site) -> None:
    """Words of an inline SVG would eat the summary, and feed readers strip it."""
    none([place for place, html in published.pages.items() if tree(html).xpath("//svg")])
    feeds = published.files("feeds/**/*.xml")
    none([feed.name for feed in feeds if "&lt;svg" in feed.read_text("utf-8")])


def test_an_excerpt_is_prose_of_its_post(published: Site) -> None:
    """No word of a card, a chart or a receipt stands in an excerpt on the home page."""
    home = tree(published.pages["/"])
    excerpts = home.xpath(f"//*[{with_class('p-summary')}]")
    assert excerpts
    for excerpt in excerpts:
        told = words(excerpt)
        assert len(told.split()) > 5, told
        assert "Receipt" not in told
        assert "as of" not in told


def test_no_page_is_out_of_reach(published: Site) -> None:
    """From the home page a reader can walk to every page but the 404 page."""
    reached, todo = set(), ["/"]
    while todo:
        place = todo.pop()
        if place in reached or place not in published.pages:
            continue
        reached.add(place)
        todo += [
            place_of(published, place, link) for link in links.addresses(published.pages[place])
        ]
    assert set(published.pages) - reached == {"/404.html"}


def place_of(site: Site, page: str, link: str) -> str:
    """The address of the page a link leads to, "" for anything else."""
    found = site.target(link, page)
    inside = found and found[0].is_relative_to(site.folder)
    return (
        "/" + found[0].relative_to(site.folder).as_posix().removesuffix("index.html")
        if inside
        else ""
    )


def test_a_long_post_has_everything_in_it(published: Site) -> None:
    """Footnotes, a table, code in colours, abbreviations, a table of contents, a figure."""
    everything = {
        "footnotes": "//sup//a[contains(@href, '#fn')]",
        "a table": "//table",
        "code in colours": f"//*[{with_class('highlight')}]//span[@class]",
        "an abbreviation": "//abbr[@title]",
        "a table of contents": f"//*[{with_class('toc')}]//a",
        "a figure with a caption": "//figure[img]/figcaption",
    }
    lacking = {
        place: [name for name, path in everything.items() if not body(html).xpath("." + path)]
        for place, html in published.posts.items()
    }
    assert [] in lacking.values(), lacking
