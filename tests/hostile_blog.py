"""A blog whose every word was written to break out of it, as a WordPress export with pictures.

The strings are ours, a few for each class of attack; an allow-list is the defence, they only try
it. Each that would run says so by a dialog with its number, each that would load asks
evil.example, a name that answers nowhere.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

EVIL = "https://evil.example"
PLACES = ("comment", "author", "url", "title", "slug", "category", "file")


@dataclass(frozen=True)
class Hostile:
    """A string, the place it is tried in, and words of it that a reader must still see."""

    place: str
    words: str
    keeps: str = ""


_COMMENTS = """
<script>alert(N)</script>kept words N
<ScRiPt/x>alert(N)</sCrIpT >kept words N
<script src="//evil.example/N.js"></script>kept words N
<img src=x onerror=alert(N)>kept words N
<IMG ""\"><SCRIPT>alert(N)</SCRIPT>">
<img src="https://evil.example/N.png" alt="a cup N">
<img srcset="https://evil.example/N.png 1x" src="data:image/png;base64,AAAA">
<svg onload=alert(N)><circle r=9></svg>kept words N
<svg><style>{font-family:'<iframe/onload=alert(N)>'</style>
<svg><animate onbegin=alert(N) attributeName=x dur=1s>
<svg><a xlink:href="javascript:alert(N)"><text y=9>kept words N</text></a></svg>
<math><mtext><table><mglyph><style><img src=x onerror=alert(N)>
<math href="javascript:alert(N)">kept words N</math>
<a href="javascript:alert(N)">kept words N</a>
<a href=" &#1; java&#9;script&colon;alert(N)">kept words N</a>
<a href="jAvAsCrIpT&#58;alert(N)">kept words N</a>
<a href="vbscript:msgbox(N)">kept words N</a>
<a href="data:text/html,<script>alert(N)</script>">kept words N</a>
<a href="//evil.example/N" ping="https://evil.example/ping">kept words N</a>
<a href="x" onclick="alert(N)" onfocus="alert(N)" autofocus tabindex=0>kept words N</a>
<p onmouseover="alert(N)" onpointerenter="alert(N)">kept words N</p>
<details open ontoggle=alert(N)><summary>kept words N</summary></details>
<body onload=alert(N)>kept words N
<iframe src="javascript:alert(N)"></iframe>kept words N
<iframe srcdoc="<script>alert(N)</script>"></iframe>kept words N
<object data="https://evil.example/N.swf"></object><embed src="https://evil.example/N.swf">
<video><source onerror="alert(N)" src=x></video><audio src=x onerror=alert(N)>
<form action="https://evil.example/N"><button formaction="javascript:alert(N)">kept words N</form>
<input autofocus onfocus=alert(N)><select onfocus=alert(N) autofocus>
<textarea autofocus onfocus=alert(N)></textarea>kept words N
<meta http-equiv="refresh" content="0; url=https://evil.example/N">kept words N
<base href="https://evil.example/">kept words N
<link rel="stylesheet" href="https://evil.example/N.css">kept words N
<link rel="prefetch" href="https://evil.example/N">kept words N
<style>@import "https://evil.example/N.css"; * { display: none }</style>kept words N
<p style="background: url(https://evil.example/N.png); position: fixed; inset: 0">kept words N</p>
<p style="width: expression(alert(N)); behavior: url(x.htc)">kept words N</p>
<div class="skip unseen" id="site-main" hidden>kept words N</div>
<noscript><p title="</noscript><img src=x onerror=alert(N)>">kept words N</noscript>
<template><script>alert(N)</script></template>kept words N
<textarea></textarea><img src=x onerror=alert(N)>kept words N
<title><img src=x onerror=alert(N)></title>kept words N
<xmp><p title="</xmp><img src=x onerror=alert(N)>">
<table><td>kept words N</td></table></section></main></body></html><script>alert(N)</script>
<!-- --!><img src=x onerror=alert(N)> -->kept words N
<![CDATA[ <img src=x onerror=alert(N)> ]]> kept words N
<a id="getElementById" name="cookie">kept words N</a><img name="body" id="forms">
<a id="comment-1" name="comments">kept words N</a>
</li></ol></section><h1>Another page</h1>kept words N
{{ 7 * 191 }} {% raw %} ${alert(N)} #{alert(N)} kept words N
{filename}/etc/passwd |filename|/etc/passwd kept words N
<a href="{filename}/../../secret">kept words N</a>
<a href="{static}/../pelicanconf.py">kept words N</a>
<p title="{filename}/posts/x.md&quot; onclick=alert(N) x=&quot;">kept words N</p>
```insight kept words N
[x](javascript:alert(N)) kept words N
[kept words N](comment:1)
1 < 2 && 3 > 2 kept words N
<not a tag kept words N
&lt;script&gt;alert(N)&lt;/script&gt; kept words N
\u202ekept words N\u202c \u2066\u200b\ufeff
kept words N \x00\x08\x0b\x7f\x85
<<<<<<<script>script>>alert(N)//kept words N
+ADw-script+AD4-alert(N)+ADw-/script+AD4- kept words N
<blockquote cite="javascript:alert(N)">kept words N</blockquote>
<time datetime="x" onclick=alert(N)>kept words N</time>
<custom-element onclick=alert(N)>kept words N</custom-element>
<marquee onstart=alert(N)>kept words N</marquee>
<a href="https://evil.example/\u202e">kept words N</a>
"""
_AUTHORS = """
<script>alert(N)</script>
"><img src=x onerror=alert(N)>
' onmouseover='alert(N)
</script><script>alert(N)</script>
]]><script>alert(N)</script>
\u202eelpmaS oB
{{ 7 * 191 }} Bo N
bo<bo@mail.example.org>
Вo Sample N
a\tb\x07c N
"""
_URLS = """
javascript:alert(N)
JaVaScRiPt:alert(N)
 javascript:alert(N)
java\tscript:alert(N)
data:text/html,<script>alert(N)</script>
vbscript:msgbox(N)
http://good.example@evil.example/
http://x.example/"onmouseover="alert(N)
http://x.example/'><script>alert(N)</script>
//evil.example/N
http://x.example/\u200b\u202eN
file:///etc/passwd
http://[::1
{filename}/x.md
"""
_TITLES = """
</title><script>alert(N)</script> title N
<img src=x onerror=alert(N)> title N
"><svg onload=alert(N)> title N
Status: draft title N
</h1></main><h1>title N
{% include "/etc/passwd" %} {{ SITENAME }} title N
a & b < c title N
\u202etitle N
"""
_SLUGS = """
../../outside-N
/etc/cron.d/outside-N
..\\..\\outside-N
%2e%2e%2foutside-N
CON
lpt1
.htaccess
index
feeds
🫖
"><script>alert(N)</script>
\u202egnp-N
"""
_CATEGORIES = """
<script>alert(N)</script> cat N
../../outside cat N
/
a"b'c<d> cat N
{{ 7 * 191 }} cat N
"""
_FILES = """
../../outside-N.png
/tmp/outside-N.png
..\\outside-N.png
picture-N.svg
page-N.html
.htaccess
CON.png
double-N.png.html
"><script>alert(N)</script>.png
"""


def ours() -> tuple[Hostile, ...]:
    """Our own list."""
    lists = (_COMMENTS, _AUTHORS, _URLS, _TITLES, _SLUGS, _CATEGORIES, _FILES)
    found, number = [], 0
    for place, text in zip(PLACES, lists, strict=True):
        for line in text.strip("\n").split("\n"):
            number += 1
            keeps = next(
                (f"{one} {number}" for one in ("kept words", "title", "cat") if f"{one} N" in line),
                "",
            )
            found.append(Hostile(place, line.replace("N", str(number)), keeps))
    deep = "<div><b>" * 3000 + "kept words deep" + "</b></div>" * 3000
    return (*found, Hostile("comment", deep, "kept words deep"), Hostile("title", "t" * 3000))


def write(strings: Iterable[Hostile], folder: Path) -> tuple[Path, Path]:
    """The export and a ZIP with its pictures."""
    strings = tuple(strings)
    export, pictures = folder / "export.xml", folder / "pictures.zip"
    export.write_bytes(_wxr(strings).encode("utf-8", "surrogatepass"))
    with zipfile.ZipFile(pictures, "w") as packed:
        for one in _of(strings, "file"):
            packed.writestr(one.words.replace("\0", "") or "x", f"<script>alert('{id}')</script>")
    return export, pictures


def _of(strings: Iterable[Hostile], place: str) -> list[Hostile]:
    return [one for one in strings if one.place == place]


_HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Hostile</title><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>http://old.example.net</wp:base_blog_url>
"""


def _wxr(strings: tuple[Hostile, ...]) -> str:
    comments = [_comment(n, body=one.words) for n, one in enumerate(_of(strings, "comment"), 1000)]
    comments += [
        _comment(n, author=one.words) for n, one in enumerate(_of(strings, "author"), 4000)
    ]
    comments += [_comment(n, url=one.words) for n, one in enumerate(_of(strings, "url"), 6000)]
    items = [_item(1, "All of them", "hostile", comments="".join(comments))]
    number = 1
    for place in ("comment", "author", "title", "slug", "category", "file"):
        for one in _of(strings, place):
            number += 1
            items.append(_about(number, one))
    return _HEAD + "".join(items) + "</channel></rss>\n"


def _about(number: int, one: Hostile) -> str:
    """A post with the string in its place; its words in the body, its name in the author's."""
    text = f'<p>Words.</p><p><img src="http://old.example.net/{one.words}" alt="a cup"></p>'
    given = {
        "comment": {"body": one.words},
        "author": {"author": one.words},
        "title": {"title": one.words},
        "slug": {"slug": one.words},
        "category": {"category": one.words},
        "file": {"body": text},
    }[one.place]
    whole = {"title": f"{one.place} {number}", "slug": f"post-{number}", **given}
    return _item(number, whole.pop("title"), whole.pop("slug"), **whole)


def _cdata(words: str) -> str:
    return "<![CDATA[" + words.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def _item(
    number: int,
    title: str,
    slug: str,
    *,
    body: str = "Words.",
    author: str = "Ana",
    category: str = "Tea",
    comments: str = "",
) -> str:
    return f"""<item><title>{_cdata(title)}</title>
<link>http://old.example.net/old/{number}/</link><dc:creator>{_cdata(author)}</dc:creator>
<guid isPermaLink="false">http://old.example.net/?p={number}</guid>
<content:encoded>{_cdata(body)}</content:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date_gmt>2010-05-03 08:15:00</wp:post_date_gmt>
<wp:post_name>{_cdata(slug)}</wp:post_name><wp:status>publish</wp:status>
<wp:post_type>post</wp:post_type>
<category domain="category" nicename="x"><![CDATA[{category.replace("]]>", "")}]]></category>
<category domain="post_tag" nicename="x"><![CDATA[{category.replace("]]>", "")} tag]]></category>
{comments}</item>
"""


def _comment(number: int, *, body: str = "Words.", author: str = "Bo", url: str = "") -> str:
    return f"""<wp:comment><wp:comment_id>{number}</wp:comment_id>
<wp:comment_author>{_cdata(author)}</wp:comment_author>
<wp:comment_author_url>{_cdata(url)}</wp:comment_author_url>
<wp:comment_date_gmt>2010-05-04 08:15:00</wp:comment_date_gmt>
<wp:comment_content>{_cdata(body)}</wp:comment_content>
<wp:comment_approved>1</wp:comment_approved><wp:comment_parent>0</wp:comment_parent>
</wp:comment>
"""
