"""The card around the chart: what would prove it wrong, its verdict, what it quotes."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import feedparser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from insights import BLOCK, build, post
from metrics_insight import block
from metrics_insight.site import comments
from metrics_insight.site.comments import Comment

FEEDS = {"FEED_ALL_ATOM": "feeds/atom.xml", "CATEGORY_FEED_ATOM": None, "AUTHOR_FEED_ATOM": None}
CHECK = "check: 2025-03-31 site.followers < 1200"
COMMENT = "https://blog.example/early.html#comment-7"
WORDS = f"""The reading. It is likely.[^1]

Other reading: Bo [disagreed]({COMMENT}), and so did [I]({{filename}}plain.md).

So what: Nothing.

Verdict: We were *wrong*.

Next: Ana, by May."""


def card(*header: str, words: str = "The reading. It is likely.") -> str:
    made = BLOCK.replace("question:", "\n".join([*header, "question:"]))
    return made.replace("The reading. It is likely.", words)


def quoting(*written: str, words: str = "") -> str:
    return "\n\n".join(f"```insight\ncard: {one}\n\n{words}\n```" for one in written)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """Cards that are open, due, closed with and against their test; two posts that quote."""
    known = {"comment-7": ("Bo & Co", "<p>It was <b>rain</b>.</p>", COMMENT)}
    late = CHECK.replace("03-31", "06-30")
    return build(
        tmp_path_factory.mktemp("ledger"),
        {
            "plain.md": post("Plain", "No card."),
            "open.md": post("Open", card(late)),
            "due.md": post("Due", card(CHECK)),
            "sub/closed.md": post(
                "Closed", card(CHECK, "verdict: did not hold up", words=WORDS) + "\n\n[^1]: A note."
            ).replace("plain.md", "../plain.md"),
            "against.md": post("Against", card(CHECK, "verdict: held up")),
            "a-quote.md": post(
                "A quote",
                "Before.\n\n"
                + quoting("closed#site-followers-2025-03-08", words="Our *words* now.")
                + "\n\nAfter.",
                Slug="a-quote",
            ),
            "eins.md": post("Eins", card(CHECK), Slug="due", Lang="de"),
            "pages/about.md": post("About", quoting("due#site-followers-2025-03-08")),
            "draft.md": post("Draft", quoting("due#site-followers-2025-03-08"), Status="draft"),
        },
        COMMENTS_PUBLISHED=known,
        **FEEDS,
    )


def page(site: Path, name: str) -> html.HtmlElement:
    return html.fromstring((site / f"{name}.html").read_text("utf-8"))


def told(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def entry(site: Path, title: str) -> str:
    found = feedparser.parse((site / "feeds/atom.xml").read_bytes(), sanitize_html=False)
    assert not found.bozo
    return next(one.content[0].value for one in found.entries if one.title == title)


# --- what would prove it wrong --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "open",
            (
                "What would prove this wrong: followers below 1,200 on 30 June 2025. "
                "Open: due on 30 June 2025."
            ),
        ),
        (
            "due",
            (
                "What would prove this wrong: followers below 1,200 on 31 March 2025. "
                "Due since 31 March 2025. It was 1,155 by the reading of 31 March 2025: by this "
                "test the reading did not hold up."
            ),
        ),
        (
            "closed",
            (
                "What would prove this wrong: followers below 1,200 on 31 March 2025. "
                "It was 1,155 by the reading of 31 March 2025: by this test the reading "
                "did not hold up."
            ),
        ),
    ],
)
def test_a_card_says_what_would_prove_it_wrong_when_and_how_it_stands(site, name, said):
    (check,) = page(site, name).xpath("//section[@class='insight']/p[@class='check']")
    assert told(check) == said


def test_the_first_reading_stays_and_the_verdict_stands_apart_in_the_order_written(site):
    (made,) = page(site, "closed").xpath("//section[@class='insight']")
    parts = [(one.tag, one.get("class")) for one in made if one.get("class") != "observation"]
    assert parts[-5:] == [
        ("div", "reading"), ("p", "check"), ("div", "verdict"), ("div", "reading"),
        ("details", "receipt"),
    ]  # fmt: skip
    assert made.xpath(".//div/h3/text()") == [
        "Reading", "Other reading", "So what", "The author's verdict: did not hold up", "Next",
    ]  # fmt: skip
    assert "The reading. It is likely." in told(made)


def test_a_verdict_against_its_test_is_shown_as_that(site):
    (verdict,) = page(site, "against").xpath("//div[@class='verdict']")
    assert told(verdict) == "The author's verdict: held up This verdict is against the test."
    assert not page(site, "closed").xpath("//p[@class='against']")


def test_that_nobody_offered_another_reading_is_said(site):
    assert page(site, "due").xpath("//p[@class='alone']/text()") == [
        "No other reading was offered."
    ]
    assert not page(site, "closed").xpath("//p[@class='alone']")


@pytest.mark.parametrize("name", ["Open", "Due", "Closed", "Against"])
def test_a_feed_has_the_same_words_and_a_small_table(site, name):
    form = html.fromstring(entry(site, name))
    (made,) = page(site, name.lower()).xpath("//section[@class='insight']")
    for part in made.xpath("./p[@class='check'] | ./div"):
        assert told(part) in told(form)
    assert 1 < len(form.xpath("//table/tbody/tr")) <= 12
    assert not form.xpath("//figure//@class | //table//@class")
    assert "<!--" not in entry(site, name)


# --- another's words ------------------------------------------------------------------------------


def test_a_linked_comment_is_quoted_with_its_authors_name(site):
    (figure,) = page(site, "closed").xpath("//div[@class='reading']//figure")
    assert figure.xpath("./blockquote/@cite") == [COMMENT]
    assert told(figure) == "It was rain. Bo & Co"
    assert figure.xpath("./figcaption/a/@href") == [COMMENT]
    assert "It was <b>rain</b>." in entry(site, "Closed")


def test_a_comment_is_quoted_once_and_an_unknown_one_stays_a_link():
    known = {"comment-7": Comment('A "B"', "<p>x</p>", "/a/#comment-7")}
    link = '<a href="/a/#comment-7">x</a>'
    assert comments.quoted(f"{link} {link}", known).count("<blockquote") == 1
    assert "A &quot;B&quot;" in comments.quoted(link, known)
    other = link.replace("-7", "-8")
    assert comments.quoted(other, known) == other
    assert comments.published({}) == {}


# --- quotations -----------------------------------------------------------------------------------


def test_another_posts_card_is_quoted_with_its_permalink(site):
    (made,) = page(site, "a-quote").xpath("//section[@class='insight quoted']")
    (link,) = made.xpath("./p[@class='insight-label']/a")
    assert told(link) == "Closed"
    assert link.get("href").endswith("/closed.html#insight-site-followers-2025-03-08")
    for words in ("Why did it rise?", "Followers rose by", "did not hold up", "It was rain."):
        assert words in told(made)
    assert made.get("aria-labelledby") == made.xpath(".//h2/@id")[0]
    assert "Our words now." in told(page(site, "a-quote"))
    assert "Our words now." not in told(made)


def test_links_in_a_quoted_card_lead_where_they_led(site):
    text = (site / "a-quote.html").read_text("utf-8")
    made = page(site, "a-quote").xpath("//section[@class='insight quoted']")[0]
    links = made.xpath(".//div//a/@href")
    assert [link.rpartition("/")[2] for link in links] == [
        "closed.html#fn:1", "early.html#comment-7", "plain.html", "early.html#comment-7",
    ]  # fmt: skip
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))


def test_pages_and_drafts_quote_too_in_their_own_language(site):
    for name in ("pages/about", "drafts/draft"):
        (link,) = page(site, name).xpath("//section[@class='insight quoted']/p[1]/a/@href")
        assert "/due.html#insight-" in link


def test_a_quotation_stands_in_a_feed_with_a_link_and_a_picture(site):
    form = html.fromstring(entry(site, "A quote"))
    assert form.xpath("//p/a[text()='Closed']/@href")[0].startswith("https://blog.example/closed")
    (image,) = form.xpath("//figure//img/@src")
    assert (site / image.removeprefix("https://blog.example/")).is_file()


def test_the_pictures_of_a_quoted_card_are_written(site):
    for source in page(site, "a-quote").xpath("//section//img/@src | //section//source/@srcset"):
        assert (site / source.removeprefix("https://blog.example/")).is_file()


@pytest.mark.parametrize(
    ("asked", "right"),
    [
        ("one#site-follower-2025-03-08", 'did you mean "one#site-followers-2025-03-08"?'),
        ("on#site-followers-2025-03-08", 'did you mean "one#site-followers-2025-03-08"?'),
        ("two#mine", "there are: one#site-followers-2025-03-08"),
        ("hidden#site-followers-2025-03-08", 'did you mean "one#site-followers-2025-03-08"?'),
    ],
)
def test_a_card_that_nobody_can_follow_is_a_line_and_a_note(tmp_path, caplog, asked, right):
    files = {
        "one.md": post("One"),
        "hidden.md": post("Hidden", Status="draft"),
        "two.md": post("Two", f"Before.\n\n{quoting(asked)}\n\nAfter."),
    }
    output = build(tmp_path, files)
    (said,) = [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR]
    assert said == f'content/two.md:8: no post has the card "{asked}"; {right}'
    text = told(page(output, "two"))
    assert "Before." in text
    assert "After." in text
    assert "no post has the card" in text


# --- any text -------------------------------------------------------------------------------------

LINES = st.sampled_from([
    "metric: site.followers", "metric: x", "window: 2025-03-08 .. 2025-03-28", "window: 1 .. 2", "",
    CHECK, "check: 2025-03-31 x < 5", "check: soon", "verdict: held up", "verdict: no", "card: a#b",
    "card: p0#site-followers-2025-03-08", "id: one", "question: Why?", "with: site.followers",
    "Verdict: so", "Other reading: [x](#comment-7)", "Next: go", "<div>", "> q", "<!--", "-->",
    "```", "```insight", "events: none", "a\x07b", "</section>", "<!--/insight-->", "- [ ] x",
])  # fmt: skip


class Heard(logging.Handler):
    """Keeps what is logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(LINES, max_size=9).map("\n".join) | st.text(max_size=60), min_size=12,
                max_size=12))  # fmt: skip
def test_any_text_in_a_block_gives_a_card_or_an_error_with_its_line(tmp_path_factory, bodies):
    files = {
        f"p{n}.md": post(f"P{n}", f"Before.\n\n```insight\n{body}\n```\n\nAfter.")
        for n, body in enumerate(bodies)
    }
    heard = Heard()
    logging.getLogger().addHandler(heard)
    try:
        output = build(tmp_path_factory.mktemp("any"), files)
    finally:
        logging.getLogger().removeHandler(heard)
    for name, text in files.items():
        made = (output / name.replace(".md", ".html")).read_text("utf-8")
        blocks = block.find(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
        notes = made.count('class="insight insight-fault"')
        cards = len(re.findall(r'<section class="insight( quoted)?" id=', made))
        assert "Before." in made
        assert (notes + cards >= 1) == bool(blocks)
        assert "<!--quoted" not in made
        lines = [line for line in heard.lines if line.startswith(f"content/{name}:")]
        assert bool(lines) == bool(notes)
        assert all(re.match(r"content/p\d+\.md:\d+: .+", line) for line in lines)
    assert not [line for line in heard.lines if "could not be made" in line]
