"""A data folder is read anew when a byte of it changes, and else once."""

from __future__ import annotations

import os

from metrics_insight import compose

ROWS = "date,views\n2025-01-01,1\n2025-01-02,2\n"


def gathered(folder):
    return compose.gather(folder, "content/data")


def test_a_folder_in_which_nothing_changed_is_read_once(tmp_path):
    (tmp_path / "a.csv").write_text(ROWS)
    first, second = gathered(tmp_path), gathered(tmp_path)
    assert first.series[0] is second.series[0]


def test_an_address_that_would_be_published_is_a_doubt_once_a_file(tmp_path):
    (tmp_path / "fair.ics").write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:7@host.example\nDTSTART:20250303\nSUMMARY:Fair\n"
        "ORGANIZER:mailto:ana@example.org\nATTENDEE:MAILTO:bo@example.org\nEND:VEVENT\n"
        "END:VCALENDAR\n"
    )
    (tmp_path / "mentions").mkdir()
    feed = '<feed xmlns="http://www.w3.org/2005/Atom"><title>M</title>{}</feed>'
    author = "<author><name>Cy</name><email>cy@example.org</email></author>"
    (tmp_path / "mentions" / "one.xml").write_text(feed.format(author))
    (tmp_path / "mentions" / "two.xml").write_text(feed.format("mail me: cy@example.org"))
    published = [str(doubt) for doubt in gathered(tmp_path).doubts if "published" in doubt.wrong]
    right = "take the addresses out, or the file"
    published = [one.removeprefix("content/data/").removesuffix(f"; {right}") for one in published]
    assert published == [
        "fair.ics: the file is published with the site, and ana@example.org and 1 more with it",
        "mentions/one.xml: the file is published with the site, and cy@example.org with it",
    ]


def test_a_change_of_the_same_length_at_the_same_moment_is_seen(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(ROWS)
    before, then = gathered(tmp_path), path.stat()
    path.write_text(ROWS.replace(",2\n", ",3\n"))
    os.utime(path, ns=(then.st_atime_ns, then.st_mtime_ns))
    assert [one.values for one in before.series] == [(1, 2)]
    assert [one.values for one in gathered(tmp_path).series] == [(1, 3)]


def test_a_description_that_comes_and_goes_is_seen(tmp_path):
    (tmp_path / "a.csv").write_text(ROWS)
    bare = gathered(tmp_path)
    (tmp_path / "a.toml").write_text('[views]\nlabel = "Visits"\n')
    assert [one.metric.label for one in gathered(tmp_path).series] == ["Visits"]
    (tmp_path / "a.toml").unlink()
    assert gathered(tmp_path) == bare


def test_a_file_that_cannot_be_read_is_read_when_it_can_be(tmp_path):
    path = tmp_path / "a.csv"
    path.mkdir()
    assert gathered(tmp_path).mistakes
    path.rmdir()
    path.write_text(ROWS)
    assert not gathered(tmp_path).mistakes


def test_the_same_file_in_two_folders_is_told_by_two_names(tmp_path):
    (tmp_path / "a.csv").write_text("views\n1\n")
    names = {compose.gather(tmp_path, name).mistakes[0].path for name in ("one", "two")}
    assert names == {"one/a.csv", "two/a.csv"}
