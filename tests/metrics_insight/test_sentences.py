"""The words: numbers and spans as they are spoken, and no phrase that claims a cause."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from itertools import product
from pathlib import Path
from typing import get_args

import pytest

import catalogue
import metrics_insight
from insights import WORDS, change, dossier, metric, series, span, stock
from metrics_insight import compose, finding, sentences
from metrics_insight.charts import readouts, table
from metrics_insight.claim import OUTCOMES, STATUSES
from metrics_insight.findings import happenings
from metrics_insight.model import KINDS, RUNGS, Request

FOLDER = Path(metrics_insight.__file__).parent
PHRASES = WORDS.phrases
FORMS = (*KINDS, "level")
SPANS = ("one_day", "same_month", "same_year", "two_years")
SLIPS = ("stuck", "catch-up", "purge", "restart", "typo", "duplicate", "partial")
VERDICTS = ("moved", "slip", "no visible effect", "cannot separate", "counting")
REFUSED = (
    "caused", "cause", "drove", "driven", "thanks to", "impact", "viral", "roi", "because of",
    "because", "led to", "due to", "brought about", "resulted", "boost", "only natural",
)  # fmt: skip


def forms(phrase) -> list[str]:
    return list(phrase.values()) if isinstance(phrase, dict) else [phrase]


def names(phrase: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", phrase))


@pytest.mark.parametrize("key", PHRASES)
def test_no_phrase_claims_a_cause(key):
    for phrase in forms(PHRASES[key]):
        said = phrase.format(**dict.fromkeys(names(phrase), "X")).lower()
        assert not [word for word in REFUSED if re.search(rf"\b{word}\b", said)]


@pytest.mark.parametrize("key", PHRASES)
def test_every_phrase_can_be_said_for_none_one_and_many(key):
    wanted = {name for phrase in forms(PHRASES[key]) for name in names(phrase)} - {"n"}
    for n in (0, 1, 2, 1311):
        said = WORDS.say(key, n=n, **dict.fromkeys(wanted, "X"))
        assert said
        assert "{" not in said


def test_every_phrase_of_the_catalogue_is_said_somewhere():
    code = "\n".join(path.read_text("utf-8") for path in FOLDER.rglob("*") if path.suffix in
                     {".py", ".html"})  # fmt: skip
    made = {
        *(f"stock.{one}" for one in ("rose", "fell", "still")),
        *(f"stock.before_{one}" for one in ("rose", "fell", "still")),
        *(f"flow.{one}" for one in ("whole", "part", "irregular", "more", "less", "same")),
        *(f"flow.{one}" for one in ("times", "beside")),
        *(f"flow.before_{one}" for one in ("whole", "part", "irregular")),
        *(f"level.{one}" for one in ("whole", "part", "more", "less", "same", "times", "beside")),
        *(f"level.before_{one}" for one in ("whole", "part")),
        *(f"usual.{a}_{b}" for a, b in product(("week", "one_week"), FORMS)),
        *(f"usual.pace_{one}" for one in KINDS),
        *(f"usual.{one}" for one in ("weeks", "readings")),
        *(f"card.table_{one}" for one in table.PERIODS),
        *(f"card.columns_{one}" for one in table.PERIODS),
        *(f"card.how_{one}" for one in (*FORMS, "mixed")),
        *(f"card.{one}" for one in ("reading", "other_reading", "so_what", "next", "verdict")),
        *(f"chart.{one}" for one in ("lowest", "highest")),
        *(f"alt.{one}" for one in ("stock", "flow", "irregular", "alone", "moved", "still")),
        *(f"alt.{a}{b}" for a, b in product(("lasting", "counting"), ("", "_often"))),
        *(f"caption.band_{one}" for one in ("stock", "flow", "irregular", "mixed")),
        *(f"question.{one}" for one in ("rise", "fall", "still", "more", "less", "same", "what")),
        *(f"receipt.{one}" for one in ("window", "readings", "kind", "counted_by", "source")),
        *(f"receipt.{one}" for one in ("as_of", "method", "stock", "flow")),
        *(f"companion.{one}" for one in ("rose", "fell", "still", "flow", "level")),
        *(f"ledger.{one}" for one in ("below", "above", "change_below", "change_above")),
        *(
            f"ledger.{a}{one.replace(' ', '_')}"
            for a, one in product(("", "status_"), STATUSES)
            if a or one in OUTCOMES
        ),
        *(f"ledger.is_{one}" for one in ("open", "due")),
        *(f"ledger.test_{one.replace(' ', '_')}" for one in OUTCOMES[:2]),
        *(f"ledger.why_{one}" for one in ("no_reading", "counting", "zero")),
        *(f"review.{one}" for one in ("wrong", "still", "thin", "unread", "due")),
        *(f"review.none_{one}" for one in ("wrong", "due")),
        *(f"review.place_{one}" for one in ("wrong", "due", "silent", "next", "reading", "check")),
        *(f"span.{one}" for one in SPANS),
        *(f"change.between_{one}" for one in SPANS),
        *(f"change.{a}_{b}_{c}" for a, b, c in product(("spike", "rate"), ("rise", "fall"), FORMS)),
        *(f"change.jump_{a}_{b}" for a, b in product(("gain", "loss"), FORMS)),
        *(f"event.{a}_{b}" for a, b in product(("more", "fewer", "smallest"), FORMS)),
        "event.times",
        *(f"event.smallest_times_{one}" for one in FORMS),
        *(
            f"event.{a}{b}"
            for a, b in product(("lasted", "passed", "passed_pace"), ("", "_readings"))
        ),
        *(f"event.together_{one}" for one in ("alone", "two", "more")),
        *(f"event.{one.replace(' ', '_')}" for one in happenings.UNTESTED),
        *(f"verdict.{one.replace(' ', '_')}" for one in (*happenings.UNTESTED, *VERDICTS)),
        *(f"slip.{one.replace('-', '_')}" for one in SLIPS),
        *(f"slip.many_{one}" for one in SLIPS if one not in {"catch-up", "partial"}),
        *(
            f"pace.{'_'.join(way)}"
            for way in product(("grew", "still"), ("more", "no_more"), ("behind", "ahead"))
        ),
        *(f"pace.{one}" for one in ("alike", *RUNGS)),
        *(f"receipt.{one}" for one in ("tested", "rests_on")),
        *(f"explore.{one}" for one in readouts.script_words(WORDS)),
        *(f"explore.changed_{one}" for one in ("rate", "jump", "spike")),
    }
    assert [key for key in PHRASES if key not in made and f"{key}" not in code] == []


def test_the_catalogue_is_toml_with_a_locale():
    tables = tomllib.loads((FOLDER / "languages" / "en.toml").read_text("utf-8"))
    assert tables["locale"] == "en_GB"


def test_a_language_without_a_file_is_told_in_english():
    assert sentences.catalogue("tlh").tag == "en_GB"
    assert sentences.catalogue("en_US") is sentences.catalogue("en_US")


def test_every_kind_of_finding_has_a_sentence_and_a_name():
    kinds = get_args(finding.Finding)
    written = vars(sentences.Sentences)["of"].dispatcher.registry
    assert {kind for kind in written if kind is not object} == set(kinds)
    assert sentences.name(finding.TooLittle(metric(), 0, "weeks")) == "too little"
    assert all("metric" in {field.name for field in fields(kind)} for kind in kinds)


def test_a_thing_already_said_is_not_said_again():
    one = finding.TooLittle(metric(), 3, "weeks")
    assert len(sentences.write([one, one], "en")) == 1


@pytest.mark.parametrize(
    ("value", "spoken"),
    [
        (0, "0"), (1311, "1,311"), (-5, "−5"), (12.5, "12.5"), (12.3456, "12.346"), (1e15, "1" +
        ",000" * 5), (0.30000000000000004, "0.3"), (0.004, "0.004"), (0.00012345, "0.000123"),
        (-0.0, "0"), (5e-324, "0"), (99.9999, "100"),
    ],
)  # fmt: skip
def test_a_count_is_told_in_full(value, spoken):
    assert WORDS.count(value) == spoken


@pytest.mark.parametrize(
    ("value", "spoken"),
    [
        (772168.5, "772,000"), (48647.9, "48,600"), (1311, "1,310"), (999.6, "1,000"),
        (48.6, "49"), (10, "10"), (9.96, "10"), (2.75, "2.8"), (5.0, "5"), (0.25, "0.25"),
        (0.004321, "0.0043"), (0, "0"), (-449.75, "−450"), (1e-9, "0"), (5_263_194, "5,260,000"),
        (1.4e-7, "0.00000014"),
    ],
)  # fmt: skip
def test_a_reckoned_value_is_told_as_it_can_be_heard(value, spoken):
    assert sentences.about(value, WORDS) == spoken


@pytest.mark.parametrize(
    ("first", "last", "spoken"),
    [
        ("2025-03-01", "2025-03-01", "1 March 2025"),
        ("2025-03-01", "2025-03-28", "1 to 28 March 2025"),
        ("2025-02-01", "2025-03-31", "1 February to 31 March 2025"),
        ("2024-05-03", "2025-01-02", "3 May 2024 to 2 January 2025"),
    ],
)
def test_a_span_is_told_as_it_is_spoken(first, last, spoken):
    assert sentences.span(span(first, last), WORDS) == spoken


@pytest.mark.parametrize(
    ("label", "unit", "inside"),
    [
        ("Followers of Ana", "followers", "followers of Ana"),
        ("Followers", "followers", "followers"),
        ("Wikipedia views", "views", "Wikipedia views"),
        ("Mastodon", "", "Mastodon"),
    ],
)
def test_a_label_inside_a_sentence_keeps_the_capital_of_a_name(label, unit, inside):
    assert sentences.in_a_sentence(metric("stock", label, unit)) == inside


@pytest.mark.parametrize(
    ("about", "question"),
    [
        (dossier(stock(1, 2, 3), span("03-02", "03-03")),
         "Why did followers rise from 2 to 3 March 2025?"),
        (dossier(stock(1, 5, 3), span("03-03", "03-03")),
         "Why did followers fall on 3 March 2025?"),
        (dossier(stock(1, 2, 2), span("03-03", "03-03")),
         "Why did followers stay the same on 3 March 2025?"),
        (dossier(stock(1, 2, 3)),
         "Why did followers rise between 1 March 2025 and 3 March 2025?"),
        (dossier(stock(1)), "What happened to followers on 1 March 2025?"),
        (dossier(series(5, 9), span("03-02", "03-02")),
         "Why did views run higher on 2 March 2025 than before?"),
        (dossier(series(9, 5), span("03-02", "03-02")),
         "Why did views run lower on 2 March 2025 than before?"),
        (dossier(series(5, 5), span("03-02", "03-02")),
         "Why did views keep so steady on 2 March 2025?"),
        (dossier(series(5, 5)), "What happened to views from 1 to 2 March 2025?"),
        (dossier(series(-9, -5), span("03-02", "03-02")),
         "Why did views run higher on 2 March 2025 than before?"),
        (dossier(stock(1, 2, 3), span("03-02", "03-03"), change("03-03")),
         "What happened to followers from 2 to 3 March 2025?"),
    ],
)  # fmt: skip
def test_where_the_author_asked_nothing_the_question_is_made(about, question):
    found = compose.observe(about)
    assert sentences.question(found, about.series.metric, about.window, "en") == question


def test_a_second_language_is_one_more_file(tmp_path):
    (tmp_path / "de.toml").write_text(
        'locale = "de_DE"\n[log]\nnone = "Nichts."\n'
        '[usual]\nweeks.one = "Eins."\nweeks.other = "{n}."\n',
        "utf-8",
    )
    german = catalogue.load(tmp_path / "de.toml", WORDS)
    say = sentences.Sentences(german)
    assert say.of(finding.NoEvents(metric())) == "Nichts."
    assert say.of(finding.TooLittle(metric(), 1311, "weeks")) == "1.311."
    assert say.of(finding.ThinBefore(metric(), 0, 1)).startswith("The day before")


def test_a_request_knows_its_lines_but_is_the_same_without_them():
    assert Request("a", lines=(("metric", 1),)) == Request("a")
