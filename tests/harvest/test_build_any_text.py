"""Whatever stands in a post: it is published or told, and never ends in a traceback."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from markdown import Markdown
from pelican.contents import Article
from pelican.readers import Readers

from harvest import addresses, build, dates, headers
from harvest import posts as reading
from harvest import site as sites
from harvest.header_rules import KNOWN
from mistakes import Mistakes
from small_sites import put, site

NAMES = some.one_of(
    some.sampled_from([*KNOWN, *dir(Article), "Title", "TAGS", "timezone", "date_format", "path"]),
    some.from_regex(r"[A-Za-z0-9_-]{1,12}", fullmatch=True),
)
VALUES = some.one_of(
    some.text(max_size=30),
    some.sampled_from(
        ["2025-03-04", "03/04/2025", "draft", "hidden", "skip", "de", "../x", "a/b", "%", "{slug}"]
    ),
)
LINES = some.one_of(
    some.builds("{}: {}".format, NAMES, VALUES),
    some.builds("    {}".format, VALUES),
    some.sampled_from(["", " ", "---", "...", "+++", "\t", "\ufeff"]),
    VALUES,
)
HEADS = some.lists(LINES, max_size=8).map("\n".join)
GOOD_HEAD = "Title: A title\nDate: 2025-03-04\n"
BODIES = some.one_of(
    some.text(max_size=200),
    some.lists(
        some.sampled_from(
            [
                *("# A", "> ", "    code", "```", "~~~", "`", "[a](b)", "![](x)", "<div>"),
                *("[^1]", "[^1]: x", "*[A]: b", "<!--", "-->", "&", "{filename}x.md", "{static}"),
                *("| a | b |", "\n", "<script>", "\x00", "\u2028", "[x]: /y", "{: #id}"),
                *("1. a", "* a", "</div>", "\x02", "\x03", "wzxhzdk:0"),
            ]
        ),
        max_size=20,
    ).map("\n".join),
)  # fmt: skip
OFTEN = settings(deadline=None, suppress_health_check=list(HealthCheck))
SELDOM = settings(OFTEN, max_examples=25)


@OFTEN
@given(HEADS, BODIES)
def test_headers_are_read_as_markdown_reads_them(head: str, body: str):
    text = f"{head}\n{body}".replace("\r\n", "\n").replace("\r", "\n")
    reader = Markdown(extensions=["markdown.extensions.meta"])
    # what comes before the body alone: some bodies are more than the converter bears
    reader.lines = text.split("\n")
    with contextlib.suppress(RecursionError):
        reader.convert(text)
    read = {name: list(header.values) for name, header in headers.read(text).headers.items()}
    assert read == reader.Meta


@OFTEN
@given(HEADS)
def test_each_header_stands_on_the_line_it_says(head: str):
    text = head.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    for header in headers.read(text).headers.values():
        assert header.name in lines[header.line - 1].lower().translate({2: None, 3: None})


@OFTEN
@given(
    some.datetimes(datetime(1000, 1, 1), datetime(9998, 1, 1)).map(
        lambda day: day.replace(microsecond=0)
    )
)
def test_a_date_that_is_written_is_the_date_that_is_read(day: datetime):
    for form in (
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%dT%H:%M:%S",
        "%Y/%m/%d %H:%M:%S",
        "%d %B %Y %H:%M:%S",
    ):
        assert dates.read(day.strftime(form)) == day


@pytest.mark.parametrize("text", ["13 Mar 76", "5/13/75", "99-12-25", "13/12/25 20:25"])
def test_a_year_of_two_digits_is_refused_for_its_century_hangs_on_today(text: str):
    with pytest.raises(dates.NotADate, match="has no year of four digits"):
        dates.read(text)


@OFTEN
@given(some.text(max_size=20))
def test_any_other_text_is_a_date_or_not_and_nothing_else(text: str):
    with contextlib.suppress(dates.NotADate):
        assert 1000 <= dates.read(text).year <= 9998


@pytest.fixture(scope="module")
def root():
    with tempfile.TemporaryDirectory() as folder:
        yield site(
            Path(folder) / "site", {"known.md": GOOD_HEAD.replace("A title", "Known") + "\nx"}
        )


def outcome(root: Path, text: str) -> str:
    """What became of one post: told, published or unlisted; anything else raises."""
    shutil.rmtree(root / "output", ignore_errors=True)
    put(root, "any.md", text.encode("utf-8", errors="surrogatepass"))
    found = sites.find(root)
    try:
        report = build.build(found)
    except Mistakes:
        return "told"
    written = [name for name, path in report.pressed.of_page.items() if path.endswith("any.md")]
    assert all((root / "output" / name).is_file() for name in written)
    return "published" if written else "unlisted"


@SELDOM
@given(head=HEADS, body=BODIES)
def test_any_headers_are_published_or_told(root: Path, head: str, body: str):
    text = f"{GOOD_HEAD}{head}\n\n{body}"
    ended = outcome(root, text)
    assert ended != "unlisted" or "status" in text.lower()


@SELDOM
@given(body=BODIES)
def test_any_body_is_published_or_told(root: Path, body: str):
    assert outcome(root, f"{GOOD_HEAD}\n{body}") in ("published", "told")


@pytest.mark.long
@settings(SELDOM, max_examples=1000)
@given(head=HEADS, body=BODIES)
def test_any_headers_are_published_or_told_with_many_more(root: Path, head: str, body: str):
    assert outcome(root, f"{GOOD_HEAD}{head}\n\n{body}")


FORMS = {
    "plain": "",
    "slug": "Slug: x\n",
    "category": "Category: Ünder Way\n",
    "author": "Author: Ana Müller\n",
    "lang": "Lang: de\n",
    "address": "Save_as: a/b.html\nUrl: a/b.html\n",
    "hidden": "Status: hidden\n",
}
PATTERNS = [
    "{date:%Y}/{date:%m}/{slug}/index.html",
    "{category}/{author}/{slug}.html",
    "{lang}/{path}.html",
]


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("form", FORMS)
def test_an_address_is_reckoned_as_pelican_reckons_it(form: str, pattern: str, tmp_path: Path):
    more = f'ARTICLE_SAVE_AS = ARTICLE_LANG_SAVE_AS = "{pattern}"\n'
    root = site(tmp_path / "site", {"2025-may.md": f"{GOOD_HEAD}{FORMS[form]}\nx"}, more)
    found = sites.find(root)
    (post,), _ = reading.read(found)
    article = Readers(found.settings).read_file(str(found.content), post.name, Article, context={})
    assert addresses.save_as(post, found) == article.save_as
