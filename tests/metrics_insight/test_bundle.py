"""Which plotly.js is published: the one that was asked for, to the byte, or a mistake."""

from __future__ import annotations

import gzip
import hashlib
import logging
import re
from pathlib import Path

import pytest
from plotly import offline

from insights import build, post
from metrics_insight.charts import bundle
from metrics_insight.commands import check_settings
from metrics_insight.errors import Fault

VERSION = bundle.version()
NPM = f"get it with: npm install plotly.js-basic-dist-min@{VERSION}"
HEAD = "/**\n* plotly.js (basic - minified) v{version}\n*/\n"


def library(folder: Path, version: str = VERSION, name: str = "basic.min.js") -> str:
    """A file that says it is the small library; its SHA-256."""
    (folder / name).write_text(HEAD.format(version=version) + "var Plotly = {};", "utf-8")
    return hashlib.sha256((folder / name).read_bytes()).hexdigest()


def test_the_library_of_the_package_is_known_to_the_byte():
    """A new plotly needs a new line in the table; until then its size is measured."""
    raw = offline.get_plotlyjs().encode("utf-8")
    known = bundle.WHOLE[VERSION]
    assert hashlib.sha256(raw).hexdigest() == known.sha256
    assert known.wire == pytest.approx(len(gzip.compress(raw, 6)), rel=0.02)
    assert bundle.whole().raw == raw
    assert VERSION in bundle.BASIC


def test_the_sheet_of_the_whole_library_is_found():
    """What it adds unless it is there: letters that a strict policy refuses."""
    assert f'getElementById("{bundle.whole().sheet}")'.encode() in bundle.whole().raw
    assert bundle.Bundle(b"var Plotly", "1", "", 1).sheet == ""


def test_a_file_whose_hash_is_declared_is_taken(tmp_path):
    digest = library(tmp_path)
    taken = bundle.of(f"basic.min.js#sha256-{digest}", tmp_path)
    assert taken is not None
    assert (taken.sha256, taken.version) == (digest, VERSION)
    assert taken.wire == bundle.wire((tmp_path / "basic.min.js").read_bytes())


def test_a_file_of_known_bytes_needs_no_word_more(tmp_path, monkeypatch):
    digest = library(tmp_path)
    monkeypatch.setitem(bundle.BASIC, VERSION, bundle.Published(digest, 4711))
    taken = bundle.of("basic.min.js", tmp_path)
    assert taken is not None
    assert taken.wire == 4711


def test_true_and_false_need_no_file(tmp_path):
    assert bundle.of(True, tmp_path) == bundle.whole()
    assert bundle.of(False, tmp_path) is None


def cases(folder: Path) -> list[tuple[object, str]]:
    digest = library(folder)
    library(folder, "3.0.0", "old.js")
    (folder / "other.js").write_text("alert(1)", "utf-8")
    wrong, known = "0" * 64, bundle.BASIC[VERSION].sha256
    return [
        ("missing.js", f"INSIGHT_EXPLORE names missing.js, which cannot be read; {NPM}"),
        ("old.js", f"INSIGHT_EXPLORE: old.js is plotly.js 3.0.0, not {VERSION}; {NPM}"),
        ("other.js", f"INSIGHT_EXPLORE: other.js is no plotly.js, not {VERSION}; {NPM}"),
        (
            "basic.min.js",
            f"INSIGHT_EXPLORE: basic.min.js has the SHA-256 {digest}, not {known}; {NPM}",
        ),
        (
            f"basic.min.js#sha256-{wrong}",
            f"INSIGHT_EXPLORE: basic.min.js has the SHA-256 {digest}, not {wrong}; {NPM}",
        ),
        ("basic", f"INSIGHT_EXPLORE cannot be 'basic'; write {bundle._RIGHT}"),
        (1, f"INSIGHT_EXPLORE cannot be 1; write True or False, or {bundle._RIGHT}"),
    ]


def test_what_is_not_the_right_library_is_refused_in_one_line(tmp_path):
    for setting, told in cases(tmp_path):
        with pytest.raises(Fault) as refused:
            bundle.of(setting, tmp_path)
        assert str(refused.value) == told
        content = tmp_path / "content"
        (mistake,) = check_settings({"INSIGHT_EXPLORE": setting, "PATH": str(content)})
        assert str(mistake) == f"pelicanconf.py: {told}"


def test_a_version_nobody_knows_here_must_be_declared(tmp_path, monkeypatch):
    digest = library(tmp_path)
    monkeypatch.delitem(bundle.BASIC, VERSION)
    with pytest.raises(Fault, match=f'if you trust the file, write "basic.min.js#sha256-{digest}"'):
        bundle.of("basic.min.js", tmp_path)


# --- in the output ------------------------------------------------------------------------


def libraries(output: Path) -> list[Path]:
    return sorted(output.glob("charts/plotly-*.js"))


def test_the_library_is_written_once_and_only_for_cards_that_are_shown(tmp_path):
    draft = post("Draft", Status="draft")
    shown = build(tmp_path / "a", {"one.md": post("One"), "two.md": post("Two")})
    (written,) = libraries(shown)
    assert written.name == f"plotly-{VERSION}-{bundle.whole().sha256[:10]}.min.js"
    assert written.read_bytes() == bundle.whole().raw
    hidden = build(tmp_path / "b", {"draft.md": draft}, DRAFT_SAVE_AS="", DRAFT_URL="")
    plain = build(tmp_path / "c", {"plain.md": post("Plain", "No card.")})
    assert not libraries(hidden)
    assert not list(plain.glob("charts/*"))


def test_what_is_there_is_not_written_again(tmp_path):
    files = {"one.md": post("One")}
    (written,) = libraries(build(tmp_path, files, DELETE_OUTPUT_DIRECTORY=False))
    before = written.stat()
    build(tmp_path, files, DELETE_OUTPUT_DIRECTORY=False)
    after = written.stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_a_site_may_offer_nothing(tmp_path):
    output = build(tmp_path, {"one.md": post("One")}, INSIGHT_EXPLORE=False)
    assert not list(output.glob("charts/*.js"))
    assert not list(output.glob("charts/*-explore-*.json"))
    page = (output / "one.html").read_text("utf-8")
    assert "<button" not in page
    assert "<script" not in page


def test_a_wrong_library_is_an_error_and_no_other_takes_its_place(tmp_path, caplog):
    files = {"one.md": post("One"), "two.md": post("Two")}
    output = build(tmp_path, files, INSIGHT_EXPLORE="missing.js")
    told = [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR]
    assert told == [
        f"pelicanconf.py: INSIGHT_EXPLORE names missing.js, which cannot be read; {NPM}"
    ]
    assert not libraries(output)
    assert "<button" not in (output / "one.html").read_text("utf-8")


def test_a_chosen_library_is_published_as_it_is(tmp_path):
    digest = library(tmp_path)
    setting = f"basic.min.js#sha256-{digest}"
    output = build(tmp_path, {"one.md": post("One")}, INSIGHT_EXPLORE=setting)
    (written,) = libraries(output)
    assert hashlib.sha256(written.read_bytes()).hexdigest() == digest
    page = (output / "one.html").read_text("utf-8")
    loaded = [written, *output.glob("charts/chart-*.js"), *output.glob("charts/*-explore-*.json")]
    kilobytes = sum(len(gzip.compress(file.read_bytes(), 6)) for file in loaded) / 1000
    (said,) = re.findall(r"loads ([\d.]+) kB", page)
    assert float(said) == pytest.approx(kilobytes, abs=0.6)


def test_a_feed_and_a_summary_know_of_no_button(tmp_path):
    output = build(
        tmp_path, {"one.md": post("One")}, FEED_ALL_ATOM="feed.xml", FEED_DOMAIN="https://x.example"
    )
    feed = (output / "feed.xml").read_text("utf-8")
    assert "Explore" not in feed
    assert "script" not in feed
