"""The checker of what machines are told finds what is missing and what is not so."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks import facts
from checks.builders import page, site

HERE = "https://blog.example/2025/03/one/"
OPEN_GRAPH = "".join(
    f'<meta property="og:{name}" content="{value}">'
    for name, value in {
        "title": "One", "type": "article", "url": HERE, "site_name": "A", "description": "Words.",
        "image": "https://blog.example/p.png",
    }.items()
)  # fmt: skip
POSTING = (
    '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "BlogPosting",'
    '"headline": "One", "datePublished": "2025-03-01T10:00:00+01:00",'
    '"dateModified": "2025-03-01T10:00:00+01:00", "author": {"@type": "Person", "name": "Ana"},'
    f'"mainEntityOfPage": "{HERE}", "inLanguage": "en"}}</script>'
)
HEAD = (
    f'<link rel="canonical" href="{HERE}">{OPEN_GRAPH}<meta name="twitter:card" content="summary">'
)
ENTRY = (
    f'<article class="h-entry"><a class="u-url" href="{HERE}"><span class="p-name">One</span></a>'
    '<time class="dt-published" datetime="2025-03-01T10:00:00+01:00">1 March</time>'
    '<span class="p-author h-card">Ana</span><div class="e-content"><p>Words.</p></div></article>'
)
POST = page(ENTRY, HEAD + POSTING)


def told(folder: Path, post: str) -> list[str]:
    """The faults of one post on a site of its own."""
    whole = site(folder, {"2025/03/one/index.html": post, "p.png": ""})
    return facts.faults(whole, "/2025/03/one/")


def test_a_right_post_has_no_fault(tmp_path: Path) -> None:
    """A post that says all of itself is left alone."""
    assert told(tmp_path, POST) == []


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        (f'<link rel="canonical" href="{HERE}">', "", "canonical"),
        (f'canonical" href="{HERE}', 'canonical" href="/2025/03/one/', "canonical"),
        ('og:title" content="One"', 'og:title" content=""', "no og:title"),
        ('content="article"', 'content="website"', "og:type"),
        (f'og:url" content="{HERE}"', 'og:url" content="/"', "og:url"),
        ("example/p.png", "example/q.png", "no picture of the site"),
        ("https://blog.example/p.png", "/p.png", "no picture of the site"),
        ("twitter:card", "twitter:dice", "no twitter:card"),
        ("BlogPosting", "WebPage", "0 BlogPosting"),
        ('"headline": "One"', '"headline": ""', "no headline"),
        ('"datePublished": "2025-03-01T10:00:00+01:00"', '"datePublished": "2025-03-01"', "date"),
        ("h-entry", "entry", "0 h-entry"),
        ("dt-published", "published", "no published"),
        ("p-author h-card", "p-author", "no h-card"),
        ("u-url", "url", "h-entry url"),
    ],
)
def test_a_fault_of_a_post_is_told(tmp_path: Path, right: str, wrong: str, fault: str) -> None:
    """What is missing or not so is named."""
    assert right in POST
    assert any(fault in line for line in told(tmp_path, POST.replace(right, wrong)))


def test_a_card_inside_an_entry_is_found() -> None:
    """An author's card counts wherever it stands."""
    assert [card["properties"]["name"] for card in facts.cards(POST, HERE)] == [["Ana"]]


def sitemap(*places: str) -> str:
    """A sitemap of these places."""
    urls = "".join(f"<url><loc>https://blog.example{place}</loc></url>" for place in places)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


@pytest.mark.parametrize(
    ("places", "faults"),
    [
        (["/", "/a/"], []),
        (["/"], ["the sitemap lacks https://blog.example/a/"]),
        (["/", "/a/", "/a/"], ["the sitemap lists https://blog.example/a/ 2 times"]),
        (["/", "/a/", "/b/"], ["the sitemap lists https://blog.example/b/, which is no page"]),
        (["/", "/a/", "/404.html"],
         ["the sitemap lists https://blog.example/404.html, which is no page"]),
    ],
)  # fmt: skip
def test_the_sitemap_lists_each_page_once(
    tmp_path: Path, places: list[str], faults: list[str]
) -> None:
    """Every page for readers, neither the 404 page nor what asks not to be listed."""
    hidden = page(head='<meta name="robots" content="noindex">')
    files = {
        "index.html": page(),
        "a/index.html": page(),
        "404.html": page(),
        "h/index.html": hidden,
    }
    assert (
        facts.sitemap_faults(site(tmp_path, {**files, "sitemap.xml": sitemap(*places)})) == faults
    )


def test_robots_must_name_the_sitemap(tmp_path: Path) -> None:
    """By its absolute address."""
    right = "User-agent: *\nAllow: /\nSitemap: https://blog.example/sitemap.xml\n"
    assert facts.robots_faults(site(tmp_path / "right", {"robots.txt": right})) == []
    wrong = right.replace("https://blog.example", "")
    assert facts.robots_faults(site(tmp_path / "wrong", {"robots.txt": wrong})) == [
        "robots.txt names no sitemap"
    ]
