"""Writers: a blog of two nouns, as four platforms would have exported it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape


@dataclass(frozen=True)
class Spoken:
    """A comment as a test makes it up; ``parent`` is the place of another one of its post."""

    words: str
    author: str = ""
    url: str = ""
    parent: int | None = None


@dataclass(frozen=True)
class Posted:
    """A post with its comments, which were written a minute apart."""

    title: str
    words: str
    comments: tuple[Spoken, ...] = ()


DAY = datetime(2009, 4, 16, 9, 41)


def moment(place: int) -> datetime:
    """When the comment at a place of a thread was written."""
    return DAY + timedelta(minutes=place + 1)


# --- Movable Type ---------------------------------------------------------------------------


def movable_type(posts: list[Posted]) -> str:
    """The text export."""
    return "".join(map(_typed, posts))


def _typed(post: Posted) -> str:
    sections = [f"BODY:\n{post.words}\n", "EXTENDED BODY:\n\n", "EXCERPT:\n\n", "KEYWORDS:\n\n"]
    for place, one in enumerate(post.comments):
        head = f"AUTHOR: {one.author}\nEMAIL: a@mail.example.org\nIP: 192.0.2.1\nURL: {one.url}\n"
        date = f"{moment(place):%m/%d/%Y %I:%M:%S %p}"
        sections.append(f"COMMENT:\n{head}DATE: {date}\n{one.words}\n")
    head = f"AUTHOR: Mira Fennel\nTITLE: {post.title}\nSTATUS: Publish\nALLOW COMMENTS: 2\n"
    dated = f"CONVERT BREAKS: __default__\nDATE: {DAY:%m/%d/%Y %I:%M:%S %p}\n"
    return (
        head + dated + "-----\n" + "".join(one + "-----\n" for one in sections) + "\n\n--------\n"
    )


# --- WordPress ------------------------------------------------------------------------------

WXR = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>The Weir</title>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>http://weir.example.net</wp:base_blog_url>
"""


def cdata(words: str) -> str:
    """Words as WordPress writes them: "]]>" goes over two sections."""
    return "<![CDATA[" + words.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def wordpress(posts: list[Posted]) -> str:
    """The extended RSS."""
    items = "".join(_item(number, post) for number, post in enumerate(posts, start=1))
    return WXR + items + "</channel>\n</rss>\n"


def _item(number: int, post: Posted) -> str:
    comments = "".join(
        _answer(number * 10_000 + place, one, number * 10_000, place)
        for place, one in enumerate(post.comments)
    )
    return f"""<item>
<title>{cdata(escape(post.title))}</title>
<link>http://weir.example.net/2009/04/post-{number}/</link>
<dc:creator>{cdata("jo")}</dc:creator>
<guid isPermaLink="false">http://weir.example.net/?p={number}</guid>
<content:encoded>{cdata(post.words)}</content:encoded>
<wp:post_id>{number}</wp:post_id>
<wp:post_date_gmt>{DAY:%Y-%m-%d %H:%M:%S}</wp:post_date_gmt>
<wp:post_name>post-{number}</wp:post_name>
<wp:status>publish</wp:status>
<wp:post_type>post</wp:post_type>
{comments}</item>
"""


def _answer(number: int, one: Spoken, first: int, place: int) -> str:
    parent = 0 if one.parent is None else first + one.parent
    return f"""<wp:comment>
<wp:comment_id>{number}</wp:comment_id>
<wp:comment_author>{cdata(escape(one.author))}</wp:comment_author>
<wp:comment_author_email>a@mail.example.org</wp:comment_author_email>
<wp:comment_author_url>{escape(one.url)}</wp:comment_author_url>
<wp:comment_date_gmt>{moment(place):%Y-%m-%d %H:%M:%S}</wp:comment_date_gmt>
<wp:comment_content>{cdata(one.words)}</wp:comment_content>
<wp:comment_approved>1</wp:comment_approved>
<wp:comment_parent>{parent}</wp:comment_parent>
</wp:comment>
"""


# --- a saved page ---------------------------------------------------------------------------


def saved_page(post: Posted) -> str:
    """The page of one post of TypePad."""
    address = "http://mill.example.net/log/2009/04/post.html"
    comments = "".join(_shown(address, place, one) for place, one in enumerate(post.comments))
    return f"""<html><head><meta charset="utf-8">
<title>The Mill Log: {escape(post.title)}</title></head>
<body><h2 class="date-header">April 16, 2009</h2>
<div class="entry" id="entry-6a01"><h3 class="entry-header">{escape(post.title)}</h3>
<div class="entry-content"><div class="entry-body"><p>{escape(post.words)}</p></div></div>
<p class="entry-footer"><span class="post-footers">Posted by Ines Carder on {_long(DAY)}</span>
<a class="permalink" href="{address}">Permalink</a></p></div>
<div class="comments" id="comments">
{comments}<p class="comments-closed">The comments to this entry are closed.</p></div></body></html>
"""


def _long(when: datetime) -> str:
    return f"{when:%B %d, %Y} at {when:%I:%M %p}"


def _shown(address: str, place: int, one: Spoken) -> str:
    number = f"6a02{place:04}"
    url = escape(one.url)
    name = f'<a href="{url}">{escape(one.author)}</a>' if one.url else escape(one.author)
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in one.words.split("\n"))
    return f"""<div class="comment" id="comment-{number}"><a id="c{number}"></a>
<div class="comment-content" id="comment-{number}-content">{paragraphs}</div>
<p class="comment-footer">Posted by:
{name} |
<a href="{address}?cid={number}#comment-{number}">{_long(moment(place))}</a></p></div>
"""


# --- a comment feed -------------------------------------------------------------------------


def comment_feed(posts: list[Posted]) -> str:
    """The Atom feed of a blog's comments, the newest first."""
    entries = [
        _entry(number, place, one, post)
        for number, post in enumerate(posts, start=1)
        for place, one in enumerate(post.comments)
    ]
    return f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0">
<title>Comments on The Tarn</title><link rel="alternate" href="http://tarn.example.net/"/>
<link rel="self" href="http://tarn.example.net/comments.xml"/><id>tag:tarn.example.net,2009:all</id>
{"".join(reversed(entries))}</feed>
"""


def _entry(number: int, place: int, one: Spoken, post: Posted) -> str:
    page = f"http://tarn.example.net/2009/04/post-{number}.html"
    answered = f"post-{number}" if one.parent is None else f"c{number}-{one.parent}"
    uri = f"<uri>{escape(one.url)}</uri>" if one.url else ""
    return f"""<entry><title>{escape(one.author)} on {escape(post.title)}</title>
<link rel="alternate" href="{page}#comment-{number}-{place}"/>
<id>tag:tarn.example.net,2009:c{number}-{place}</id>
<published>{moment(place):%Y-%m-%dT%H:%M:%S}+02:00</published>
<author><name>{escape(one.author)}</name>{uri}</author>
<thr:in-reply-to ref="tag:tarn.example.net,2009:{answered}" href="{page}"/>
<content type="html">{escape(escape(one.words, quote=False))}</content></entry>
"""
