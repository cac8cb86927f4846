"""What `harvest check` and `harvest build` say about what an author writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from harvest import check as checks
from harvest import site as sites
from small_sites import bytes_of, harvest, leftovers, post, put, site


def told(root: Path) -> list[str]:
    """Every mistake of the site's content, warnings marked."""
    found = checks.check(sites.find(root)).mistakes
    return [f"warning: {one}" if one.doubtful else str(one) for one in found]


# what stands in content/posts/may.md -> what is said about it
MISTAKES = {
    "empty": (
        "",
        (
            "content/posts/may.md: the file is empty; begin the file with the lines"
            ' "Title: …" and "Date: 2025-03-04", then a blank line'
        ),
    ),
    "no header": (
        "Just words.\n",
        (
            "content/posts/may.md:1: the file does not begin with a header; begin the file with the"
            ' lines "Title: …" and "Date: 2025-03-04", then a blank line'
        ),
    ),
    "blank line first": (
        "\nTitle: May\nDate: 2025-05-01\n\nWords.\n",
        (
            "content/posts/may.md:1: no headers before this line; begin the file with the lines"
            ' "Title: …" and "Date: 2025-03-04", then a blank line'
        ),
    ),
    "broken header": (
        "Title: May\nDate 2025-05-01\n\nWords.\n",
        (
            'content/posts/may.md:2: a broken header: "Date 2025-05-01"; write "Name: value",'
            " or leave a blank line between the headers and the text"
        ),
    ),
    "no blank line before the text": (
        "Title: May\nDate: 2025-05-01\nWords begin at once.\n",
        (
            'content/posts/may.md:3: a broken header: "Words begin at once."; write "Name: value",'
            " or leave a blank line between the headers and the text"
        ),
    ),
    "no title": (
        "Date: 2025-05-01\n\nWords.\n",
        'content/posts/may.md:1: no title; add a line "Title: …"',
    ),
    "empty title": (
        "Date: 2025-05-01\nTitle:\n\nWords.\n",
        'content/posts/may.md:2: no title; add a line "Title: …"',
    ),
    "misspelt title": (
        "Titel: May\nDate: 2025-05-01\n\nWords.\n",
        'content/posts/may.md:1: no title, but a header "titel"; did you mean "title"?',
    ),
    "no date": (
        "Title: May\n\nWords.\n",
        'content/posts/may.md:1: no date; add a line "Date: 2025-03-04", or "Status: draft"',
    ),
    "empty date": (
        "Title: May\nDate:\n\nWords.\n",
        'content/posts/may.md:2: "" is not a date; write it as 2025-03-04 or 2025-03-04 09:30',
    ),
    "bad date": (
        "Title: May\nDate: 2025-13-01\n\nWords.\n",
        (
            'content/posts/may.md:2: "2025-13-01" is not a date;'
            " write it as 2025-03-04 or 2025-03-04 09:30"
        ),
    ),
    "date of two meanings": (
        "Title: May\nDate: 03/04/2025\n\nWords.\n",
        (
            'content/posts/may.md:2: the date "03/04/2025" can mean 2025-03-04 or 2025-04-03;'
            " write it as 2025-03-04 or 2025-03-04 09:30"
        ),
    ),
    "date without a day": (
        "Title: May\nDate: May 2025\n\nWords.\n",
        (
            'content/posts/may.md:2: the date "May 2025" is not complete;'
            " write it as 2025-03-04 or 2025-03-04 09:30"
        ),
    ),
    "bad modified": (
        "Title: May\nDate: 2025-05-01\nModified: soon\n\nWords.\n",
        'content/posts/may.md:3: "soon" is not a date; write it as 2025-03-04 or 2025-03-04 09:30',
    ),
    "unknown status": (
        "Title: May\nDate: 2025-05-01\nStatus: drfat\n\nWords.\n",
        'content/posts/may.md:3: no status "drfat"; did you mean "draft"?',
    ),
    "title twice": (
        "Title: May\nDate: 2025-05-01\nTitle: June\n\nWords.\n",
        (
            'content/posts/may.md:3: "title" is given again; the first stands on line 1;'
            " keep one, on one line"
        ),
    ),
    "a name of Pelican's": (
        "Title: May\nDate: 2025-05-01\nContent: a\n\nWords.\n",
        'content/posts/may.md:3: "content" is a name that Pelican keeps for itself; use another',
    ),
    "near a header of links that are shared": (
        "Title: May\nDate: 2025-05-01\nPictures: images/may.png\n\nWords.\n",
        'warning: content/posts/may.md:3: unknown header "pictures"; did you mean "picture"?',
    ),
    "near a known header": (
        "Title: May\nDate: 2025-05-01\nTag: numbers\n\nWords.\n",
        'warning: content/posts/may.md:3: unknown header "tag"; did you mean "tags"?',
    ),
    "language in capitals": (
        "Title: May\nDate: 2025-05-01\nLang: EN\n\nWords.\n",
        'content/posts/may.md:3: lang "EN" is not the site\'s "en"; write "en"',
    ),
    "unknown template": (
        "Title: May\nDate: 2025-05-01\nTemplate: artikle\n\nWords.\n",
        'content/posts/may.md:3: no template "artikle"; did you mean "article"?',
    ),
    "unknown time zone": (
        "Title: May\nDate: 2025-05-01\nTimezone: Berlin\n\nWords.\n",
        'content/posts/may.md:3: no time zone "Berlin"; write it as Europe/Berlin',
    ),
    "no letters for an address": (
        "Title: ???\nDate: 2025-05-01\n\nWords.\n",
        (
            "content/posts/may.md:1: the title has no letters for an address;"
            ' add a line "Slug: a-few-words"'
        ),
    ),
    "address outside the site": (
        "Title: May\nDate: 2025-05-01\nSave_as: ../may.html\n\nWords.\n",
        (
            'content/posts/may.md:3: the address "../may.html" lies outside the site;'
            " use letters and hyphens"
        ),
    ),
    "address too long": (
        f"Title: {'may ' * 80}\nDate: 2025-05-01\n\nWords.\n",
        'content/posts/may.md:1: its address is too long for a file name; add a shorter "Slug: …"',
    ),
    "missing picture": (
        "Title: May\nDate: 2025-05-01\n\nWords.\n\n![A line]({static}/images/mya.png)\n",
        (
            'content/posts/may.md:6: "{static}/images/mya.png" is not there: no file'
            ' content/images/mya.png; did you mean "may.png"?'
        ),
    ),
    "missing post": (
        "Title: May\nDate: 2025-05-01\n\n[June]({filename}jun.md#top)\n",
        (
            'content/posts/may.md:4: "{filename}jun.md#top" is not there: no file'
            ' content/posts/jun.md; did you mean "june.md"?'
        ),
    ),
    "link to a draft": (
        "Title: May\nDate: 2025-05-01\n\n[July]({filename}july.md)\n",
        (
            'content/posts/may.md:4: "{filename}july.md" links to a draft, which is not published;'
            " publish both, or leave the link out"
        ),
    ),
    "no alt text": (
        "Title: May\nDate: 2025-05-01\n\n![]({static}/images/may.png)\n",
        (
            "warning: content/posts/may.md:4: "
            'the picture "{static}/images/may.png" has no alt text;'
            " say between the brackets what it shows"
        ),
    ),
    "control character": (
        "Title: May\nDate: 2025-05-01\n\nWords\x08.\n",
        (
            "content/posts/may.md:4: an invisible control character (U+0008);"
            " delete it; feeds cannot carry it"
        ),
    ),
    "slug taken": (
        "Title: May\nSlug: june\nDate: 2025-06-02\n\nWords.\n",
        (
            'content/posts/may.md:2: the slug "june" is taken by content/posts/june.md:1;'
            ' give one of the two another "Slug: …"'
        ),
    ),
    "address taken": (
        "Title: May\nDate: 2025-05-01\nSave_as: about/index.html\n\nWords.\n",
        (
            'content/pages/about.md:1: its address "about/index.html" is taken by'
            ' content/posts/may.md:3; give one of the two another "Slug: …" or name'
        ),
    ),
}
AROUND = {
    "june.md": post("June", "2025-06-01"),
    "july.md": "Title: July\nStatus: draft\n\nNot yet.\n",
    "pages/about.md": "Title: About\n\nWho writes.\n",
    "images/may.png": b"a picture",
    "images/a may.png": b"a picture",
    "images/may(1).png": b"a picture",
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_is_told_on_one_line_with_its_place(case: str, tmp_path: Path):
    text, line = MISTAKES[case]
    root = site(tmp_path / "site", {**AROUND, "may.md": text})
    assert told(root) == [line]


FINE = {
    "a byte-order mark": b"\xef\xbb\xbfTitle: May\r\nDate: 2025-05-01\r\n\r\nWords.\r\n",
    "CRLF": post().replace("\n", "\r\n").encode(),
    "a title in two lines' worth of YAML": b"---\nTitle: May\nDate: 2025-05-01\n---\nWords.\n",
    "a date in the file's own words": post(date="1 May 2025").encode(),
    "a date that can only mean one day": post(date="25/05/2025").encode(),
    "a date with a zone": post(date="2025-05-01 10:00 +02:00").encode(),
    "a date in UTC": post(date="2025-05-01T10:00:00Z").encode(),
    "a draft without a date": b"Title: May\nStatus: draft\n\nWords.\n",
    "a summary in lines": b"Title: May\nDate: 2025-05-01\nSummary: One\n    two\n\nWords.\n",
    "a picture in code": post(
        body="`![x]({static}/no.png)`\n\n```\n![]({static}/n.png)\n```"
    ).encode(),
    "a name with spaces": post(body="![x](<{static}/images/a may.png> 'T')").encode(),
    "a bare name with spaces": post(body='![x]({static}/images/a may.png "T")').encode(),
    "a name with brackets": post(body="([x]({static}/images/may(1).png))").encode(),
    "an ornament": post(body='<img src="/images/may.png" alt="">').encode(),
    "a link to a static file": post(body="[all]({static}/images/may.png)").encode(),
    "headers of one's own": post(mood="fair", cover="x").encode(),
}


@pytest.mark.parametrize("case", FINE)
def test_what_may_be_written_is_published_without_a_word(case: str, tmp_path: Path):
    root = site(tmp_path / "site", {**AROUND, "may.md": FINE[case]})
    assert told(root) == []


def test_all_mistakes_of_a_site_are_told_in_one_run_by_file_and_line(tmp_path: Path):
    files = {
        "a.md": "Title: A\n\nx\n",
        "b.md": "Titel: B\nDate: 3\n\nx\n",
        "c.md": b"Title: \xe9\n",
    }
    ended = harvest(site(tmp_path / "site", files), "build")
    places = [line.partition(": ")[0] for line in ended.err.splitlines()[:-1]]
    assert places == [
        "content/posts/a.md:1",
        "content/posts/b.md:1",
        "content/posts/b.md:2",
        "content/posts/c.md:1",
    ]
    assert ended.code == 1


def test_bad_bytes_are_told_with_their_line(tmp_path: Path):
    root = site(tmp_path / "site", {"a.md": b"Title: A\r\nDate: 2025-01-01\r\n\r\nCaf\xe9\r\n"})
    assert told(root) == ["content/posts/a.md:4: byte 0xE9 is not UTF-8; save the file as UTF-8"]


def test_a_template_in_a_folder_is_known_by_its_whole_name(tmp_path: Path):
    files = {"may.md": post(template="wide/chart"), "theme/templates/wide/chart.html": "Wide."}
    settings = '\nTHEME_TEMPLATES_OVERRIDES = ["theme/templates"]\n'
    root = site(tmp_path / "site", files, settings)
    assert told(root) == []
    assert harvest(root, "build").code == 0
    put(root, "may.md", post(template="chart"))
    assert told(root)[0].startswith('content/posts/may.md:3: no template "chart"; ')


def test_a_translation_may_have_the_slug_of_its_original(tmp_path: Path):
    files = {"a.md": post(slug="may"), "a-de.md": post("Mai", slug="may", lang="de")}
    root = site(tmp_path / "site", files)
    assert told(root) == []
    assert "1 of 1 post published; 1 translation." in harvest(root, "build").out


def test_a_body_of_five_megabytes_is_no_trouble(tmp_path: Path):
    lines = "A `word` and a [link](#end) and ![a picture]({static}/images/may.png).\n\n" * 8
    body = lines + "Plain words in a long, long line of a long post.\n\n" * 100_000
    root = site(tmp_path / "site", {**AROUND, "may.md": post(body=body)})
    assert told(root) == []


def test_a_mistake_leaves_the_last_good_site_untouched_and_nothing_beside_it(tmp_path: Path):
    root = site(tmp_path / "site", AROUND)
    assert harvest(root, "build").code == 0
    good = bytes_of(root / "output")
    put(root, "may.md", "Title: May\n\nNo date.\n")
    ended = harvest(root, "build")
    assert ended.code == 1
    assert bytes_of(root / "output") == good
    assert leftovers(root) == []


def test_drafts_are_checked_but_never_written(tmp_path: Path):
    draft = "Title: Plan\nStatus: draft\nSave_as: plan.html\n\nSecret words.\n"
    root = site(tmp_path / "site", {**AROUND, "plan.md": draft, "pages/p.md": draft})
    ended = harvest(root, "build")
    assert ended.code == 0, ended
    assert not any(b"Secret words" in data for data in bytes_of(root / "output").values())
    assert ended.out == (
        "1 of 3 posts published; 2 drafts; 1 page. 0 cards, 0 warnings. "
        "To look at it: harvest serve\n"
    )
    put(root, "plan.md", draft.replace("Secret", "{static}/no.png ![x]({static}/no.png)"))
    assert harvest(root, "check").code == 1


def test_pages_of_deleted_posts_are_gone(tmp_path: Path):
    root = site(tmp_path / "site", {"may.md": post(), "june.md": post("June")})
    harvest(root, "build")
    (root / "content/posts/may.md").unlink()
    assert harvest(root, "build").code == 0
    assert not (root / "output/2025/05/may").exists()


def test_hidden_and_skipped_posts_are_named_in_the_closing_line(tmp_path: Path):
    files = {
        "a.md": post("A"),
        "b.md": post("B", status="hidden"),
        "c.md": post("C", status="skip"),
    }
    assert harvest(site(tmp_path / "site", files), "build").out == (
        "1 of 3 posts published; 1 hidden post, 1 skipped post. 0 cards, 0 warnings. "
        "To look at it: harvest serve\n"
    )


def test_posts_after_the_site_date_are_named_in_the_closing_line(tmp_path: Path):
    files = {"a.md": post("A"), "b.md": post("B", "2025-07-01"), "c.md": post("C", status="draft")}
    more = 'PLUGINS = ["weblog"]\nSITE_DATE = "2025-06-30"\n'
    assert harvest(site(tmp_path / "site", files, more), "build").out == (
        "1 of 3 posts published; 1 draft, 1 dated after 2025-06-30. 0 cards, 0 warnings. "
        "To look at it: harvest serve\n"
    )


def test_check_speaks_json_to_programs(tmp_path: Path):
    import json

    ended = harvest(
        site(tmp_path / "site", {"a.md": "Title: A\n\nx\n"}), "check", "--format", "json"
    )
    assert ended.code == 1
    assert json.loads(ended.out) == {
        "posts": 1,
        "cards": 0,
        "mistakes": [
            {
                "path": "content/posts/a.md",
                "line": 1,
                "wrong": "no date",
                "right": 'add a line "Date: 2025-03-04", or "Status: draft"',
                "doubtful": False,
            }
        ],
    }


def test_a_post_of_another_format_is_counted_and_told_that_nothing_checks_it(tmp_path: Path):
    page = "{}\n###\n\n:date: 2025-05-01\n\nWords.\n"
    files = {f"{name}.rst": page.format(name) for name in ("one", "two")}
    root = site(tmp_path / "site", {"may.md": post(), **files})
    ended = harvest(root, "build")
    assert ended.code == 0
    assert ended.err == (
        "warning: content/posts/one.rst: this is neither Markdown nor HTML, and only its finished "
        "page is checked, and 1 more like it; write it in Markdown\n"
    )
    assert ended.out.startswith("3 of 3 posts published. 0 cards, 1 warning.")
    root = site(tmp_path / "markdown", {"may.md": post(), **files}, 'READERS = {"rst": None}')
    assert harvest(root, "build").lines[0].startswith("1 of 1 post published. 0 cards, 0 warnings.")
