"""A number in prose is right at the precision at which it is written, or told what would be."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insights import change
from metrics_insight.errors import Fault
from metrics_insight.model import Dataset, Metric, Series
from metrics_insight.numbers import checked, named, prose, written

SITE = Dataset(
    (
        Series.of(
            ("2025-02-01", "2025-03-01", "2025-03-03", "2025-04-01"),
            (1212, 1280, 1311, 1191),
            name="letter.readers",
        ),
        Series.of(("2025-02-01", "2025-03-01"), (3, 32), kind="flow", name="letter.replies"),
        Series.of(("2025-03-01", "2025-03-02"), (0, -4.25), name="bank.balance"),
        Series.of(("2025-03-01",), (42.5,), kind="flow", name="mail.open percentage"),
        Series.of(("2025-03-01",), (0.425,), kind="flow", name="mail.open_rate"),
        Series.of(("2025-03-01",), (7,), name="other.replies"),
        Series.of(("2025-03-01",), (2_400_000,), name="big.fans"),
    )
)


def told(words: str, target: str, language: str = "en", data: Dataset = SITE) -> str:
    """What a check says: "" where the number is right."""
    try:
        checked.check(words, f"metric:{target}", data, language)
    except Fault as fault:
        return str(fault)
    return ""


RIGHT = [
    ("1,311", "readers@2025-03-03", "en"),
    ("1,311 followers", "letter.readers@2025-03-03", "en"),
    ("1311", "readers@2025-03-03", "en"),
    ("1 311", "readers@2025-03-03", "en"),
    ("1\u202f311 lecteurs", "readers@2025-03-03", "fr"),
    ("1.311 Leser", "readers@2025-03-03", "de"),
    ("1’311", "readers@2025-03-03", "de-CH"),
    ("١٬٣١١", "readers@2025-03-03", "ar"),
    ("1.3k", "readers@2025-03-03", "en"),
    ("1,3k", "readers@2025-03-03", "de"),
    ("1k", "readers@2025-03-03", "en"),
    ("about 1,300", "readers@2025-03-03", "en"),
    ("About 1,000", "readers@2025-03-03", "en"),
    ("about 1,311", "readers@2025-03-03", "en"),
    ("rund 1.300", "readers@2025-03-03", "de"),
    ("nearly 1,350", "readers@2025-03-03", "en"),
    ("nearly 1,311", "readers@2025-03-03", "en"),
    ("over 1,300", "readers@2025-03-03", "en"),
    ("over 1,310 readers", "readers@2025-03-03", "en"),
    ("more than 1,000", "readers@2025-03-03", "en"),
    ("32 replies", "letter.replies@2025-03-01", "en"),
    ("three replies", "letter.replies@2025-02-01", "en"),
    ("0", "balance@2025-03-01", "en"),
    ("zero", "balance@2025-03-01", "en"),
    ("−4.25", "balance@2025-03-02", "en"),
    ("-4.3", "balance@2025-03-02", "en"),
    ("-4.2", "balance@2025-03-02", "en"),
    ("2.5 %", "letter.replies/readers@2025-03-01", "en"),
    ("2,5 %", "letter.replies/readers@2025-03-01", "de"),
    ("2 %", "letter.replies/readers@2025-03-01", "en"),  # a half is rounded up or down
    ("3%", "letter.replies/readers@2025-03-01", "en"),
    ("3 per cent", "letter.replies/readers@2025-03-01", "en"),
    ("25 ‰", "letter.replies/readers@2025-03-01", "en"),
    ("25 per thousand", "letter.replies/readers@2025-03-01", "en"),
    ("25.0 replies per 1,000 readers", "letter.replies/readers@2025-03-01", "en"),
    ("0.025", "letter.replies/readers@2025-03-01", "en"),
    ("42.5 %", "open%20percentage@2025-03-01", "en"),
    ("42.5", "open percentage@2025-03-01", "en"),
    ("42.5 %", "open_rate@2025-03-01", "en"),
    ("99 more", "readers@2025-02-01..2025-03-03", "en"),
    ("68", "readers@2025-02-01..2025-03-01", "en"),
    ("120 fewer", "readers@2025-03-03..2025-04-01", "en"),
    ("fell by 120", "readers@2025-03-03..2025-04-01", "en"),
    ("−120", "readers@2025-03-03..2025-04-01", "en"),
    ("120 weniger", "readers@2025-03-03..2025-04-01", "de"),
    ("2.25 %", "letter.replies/readers@2025-02-01..2025-03-01", "en"),
    ("1,280", "readers@~2025-02-20", "en"),
    ("1,280", "readers@~2025-03-02", "en"),
    ("1,191", "readers@~2031-01-01", "en"),
    ("31", "readers@~2025-02-20..2025-03-03", "en"),
    ("2.4 million", "fans@2025-03-01", "en"),
    ("2,4 Mio.", "fans@2025-03-01", "de"),
    ("nearly 2.5m fans", "fans@2025-03-01", "en"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "target", "language"), RIGHT)
def test_a_number_is_right_at_its_precision(words, target, language):
    assert told(words, target, language) == ""


WRONG = [
    ("1,300", "readers@2025-03-03", "en", "1,311"),
    ("1,300 followers", "readers@2025-03-03", "en", "1,311 followers"),
    ("1300", "readers@2025-03-03", "en", "1311"),
    ("1 300", "readers@2025-03-03", "en", "1 311"),
    ("1.300 Leser", "readers@2025-03-03", "de", "1.311 Leser"),
    ("1.4k", "readers@2025-03-03", "en", "1.3k"),
    ("1.30k", "readers@2025-03-03", "en", "1.31k"),
    ("about 1,400", "readers@2025-03-03", "en", "about 1,300"),
    ("about 1,350", "readers@2025-03-03", "en", "about 1,310"),
    ("nearly 1,300", "readers@2025-03-03", "en", "nearly 1,320"),
    ("nearly 1,400", "readers@2025-03-03", "en", "nearly 1,320"),
    ("over 1,311", "readers@2025-03-03", "en", "over 1,310"),
    ("over 1,200", "readers@2025-03-03", "en", "over 1,300"),
    ("over 1,309", "readers@2025-03-03", "en", "over 1,310"),
    ("one reply", "letter.replies@2025-02-01", "en", "three reply"),
    ("one reply", "letter.replies@2025-03-01", "en", "32 reply"),
    ("1", "balance@2025-03-01", "en", "0"),
    ("4", "balance@2025-03-02", "en", "−4.25"),
    ("-4.4", "balance@2025-03-02", "en", "−4.2"),
    ("2.4 %", "letter.replies/readers@2025-03-01", "en", "2.5 %"),
    ("26 per 1,000 readers", "letter.replies/readers@2025-03-01", "en", "25 per 1,000 readers"),
    ("98 more", "readers@2025-02-01..2025-03-03", "en", "99 more"),
    ("120 more", "readers@2025-03-03..2025-04-01", "en", "120 fewer"),
    ("99 fewer", "readers@2025-02-01..2025-03-03", "en", "99 more"),
    ("2.3 million", "fans@2025-03-01", "en", "2.4 million"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "target", "language", "right"), WRONG)
def test_a_wrong_number_is_told_the_right_one_in_the_authors_form(words, target, language, right):
    assert told(words, target, language).endswith(f'; write "{right}"')


def test_the_fault_says_what_was_recorded_and_when():
    assert told("1,300 readers", "readers@2025-03-03") == (
        '"1,300 readers" is wrong: letter.readers was 1,311 on 2025-03-03; write "1,311 readers"'
    )
    assert told("lost 99", "readers@2025-03-03..2025-04-01") == (
        '"lost 99" is wrong: letter.readers fell by 120 from 2025-03-03 to 2025-04-01; '
        'write "lost 120"'
    )
    assert told("2.4 %", "letter.replies/readers@2025-03-01") == (
        '"2.4 %" is wrong: letter.replies/letter.readers was 2.5 % on 2025-03-01; write "2.5 %"'
    )


@pytest.mark.parametrize(
    ("words", "target", "fault"),
    [
        ("1", "raeders@2025-03-03", 'no metric "raeders"; did you mean "readers"?'),
        ("1", "replies@2025-03-01",
         '"replies" can mean letter.replies, other.replies; write the full name'),
        ("1", "readers", '"metric:readers" names no day; write metric:readers@2025-04-01'),
        ("1", "@2025-03-01", "the link names no metric; write metric:NAME@2025-03-31"),
        ("1", "readers@2025-02-30",
         '"2025-02-30" is no day; write 2025-03-31, ~2025-03-31 or 2025-03-01..2025-03-31'),
        ("1", "readers@2025-03-02",
         ("letter.readers has no reading on 2025-03-02; the nearest is of 2025-03-01: "
          "write @2025-03-01, or @~2025-03-02")),
        ("1", "readers@2025-03-03..2025-02-01",
         "2025-03-03..2025-02-01 ends before it starts; write 2025-02-01..2025-03-03"),
        ("1", "readers/balance@~2025-03-01",
         "bank.balance was 0 on 2025-03-01; nothing can be divided by it; name another day"),
        ("readers", "readers@2025-03-03",
         ('"readers" holds no number that can be checked; '
          "put the number between the brackets: [1,311 followers](metric:…)")),
        ("1,311 of 2,000", "readers@2025-03-03",
         '"1,311 of 2,000" holds two numbers; link each by itself'),
        ("1,31", "readers@2025-03-03",
         '"1,31" is no number; in this language 1311 and a half is 1,311.5'),
        ("under 1,400", "readers@2025-03-03",
         ('"under 1,400" is a bound, and no value can be held against it; '
          "write the number, or about … or over …")),
        ("3 %", "readers@2025-03-03",
         ('"3 %" is one, and letter.readers is no share; '
          "or name what of: metric:letter.readers/OTHER@2025-03-03")),
    ],
)  # fmt: skip
def test_what_cannot_be_checked_says_what_to_write(words, target, fault):
    assert told(words, target) == fault


def test_a_year_after_a_number_is_no_share_of_it():
    assert "two numbers" in told("1,311 readers in 2025", "readers@2025-03-03")


def test_a_difference_across_a_change_in_counting_is_doubtful():
    data = Dataset(SITE.series, (change("2025-03-02", metrics=("letter.*",)),))
    found = checked.check("31", "metric:readers@2025-03-01..2025-03-03", data)
    assert str(found.doubt) == (
        "the way of counting letter.readers changed on 2025-03-02 (bots left out); "
        "name two days on one side of it"
    )
    assert checked.check("1,311", "metric:readers@2025-03-03", data).doubt is None


def test_a_metric_whose_name_holds_a_slash_is_not_a_share():
    data = Dataset((Series(Metric("a", "x/y"), (SITE.series[0].days[0],), (5.0,)),))
    assert told("5", "x/y@2025-02-01", data=data) == ""


@pytest.mark.parametrize(
    ("target", "machine"),
    [
        ("readers@2025-03-03", "1311"),
        ("balance@2025-03-02", "-4.25"),
        ("readers@2025-03-03..2025-04-01", "-120"),
        ("letter.replies/readers@2025-02-01", "0.00247525"),
    ],
)
def test_programs_get_the_value_in_plain_digits(target, machine):
    assert named.find(f"metric:{target}", SITE).machine == machine


# --- laws -------------------------------------------------------------------------------

VALUES = st.fractions(-(10**9), 10**9, max_denominator=1000)
FORMS = st.sampled_from(
    ["{n}", "{n} readers", "about {n}", "over {n}", "nearly {n}", "{n}k", "{n} million", "{n} %",
     "{n} per 1,000 readers", "about {n}k", "nearly {n} %", "over {n} million"]
)  # fmt: skip
SIZES = st.tuples(st.integers(0, 10**7), st.integers(0, 3))
LANGUAGES = st.sampled_from(["en", "de", "fr", "es", "de-CH", "xx"])


def form(pattern: str, digits: int, decimals: int, language: str) -> str:
    """A number of so many decimals as a language writes it, in one of the supported ways."""
    point = written.separators(language).decimal
    number = f"{digits / 10**decimals:.{decimals}f}".replace(".", point)
    words = {"de": ("etwa", "über", "fast"), "fr": ("environ", "plus de", "presque"),
             "es": ("unos", "más de", "casi")}  # fmt: skip
    loose = words.get(language[:2], ("about", "over", "nearly"))
    for english, other in zip(("about", "over", "nearly"), loose, strict=True):
        pattern = pattern.replace(english, other)
    spelled = {"de": ("Millionen", "auf 1.000"), "fr": ("millions", "pour 1 000"),
               "es": ("millones", "por 1.000")}  # fmt: skip
    million, per = spelled.get(language[:2], ("million", "per 1,000"))
    if language == "de-CH":
        per = "auf 1’000"
    return pattern.replace("million", million).replace("per 1,000", per).format(n=number)


@given(FORMS, SIZES, LANGUAGES)
@settings(max_examples=400)
def test_a_number_is_true_of_what_it_says_and_false_of_what_lies_beyond_its_rounding(
    pattern, size, language
):
    said = written.read(form(pattern, *size, language), language)
    value, unit = said.value, said.unit
    if said.looseness == "over":
        assert said.holds(value + unit)
        assert not said.holds(value)
        assert not said.holds(value + unit * Fraction(101, 100))
        return
    assert said.holds(value)
    if said.looseness == "nearly":
        assert said.holds(value / Fraction(104, 100))
        assert not value or not said.holds(value / Fraction(106, 100))
        assert not value or not said.holds(value * Fraction(1001, 1000))
        return
    beyond = unit * Fraction(51, 100) or Fraction(1, 1000)
    assert not said.holds(value + beyond)
    assert not said.holds(value - beyond)
    assert said.holds(value + unit / 2)


@given(FORMS, SIZES, LANGUAGES, VALUES)
@settings(max_examples=400)
def test_what_would_be_right_is_right_when_it_is_read_again(pattern, size, language, truth):
    said = written.read(form(pattern, *size, language), language)
    right = said.right(truth)
    again = written.read(right, language)
    assert again.holds(truth), right
    if said.looseness != "over" or truth:
        assert (again.looseness, again.per) == (said.looseness, said.per)


@given(st.integers(-(10**12), 10**12), LANGUAGES)
def test_a_whole_number_checks_true_in_every_grouping_and_false_one_further(value, language):
    marks = written.separators(language)
    plain = f"{abs(value):,}"
    for group in ("", marks.group, " ", "\u202f", "’"):
        words = "−" * (value < 0) + plain.replace(",", group)
        said = written.read(words, language)
        assert said.holds(Fraction(value))
        assert not said.holds(Fraction(value + 1))


@given(st.text(max_size=60) | st.from_regex(r"[ \d.,'’%k−-]{1,40}"), LANGUAGES)
@settings(max_examples=400)
def test_any_words_are_a_number_or_a_fault(words, language):
    try:
        said = written.read(words, language)
    except Fault:
        return
    assert said.holds(Fraction(7)) in (True, False)
    assert said.right(Fraction(-7, 3))


@given(st.text(max_size=60) | st.from_regex(r"[a-z./@~\d-]{1,40}"))
def test_any_target_is_a_value_or_a_fault(target):
    try:
        found = named.find(f"metric:{target}", SITE)
    except Fault:
        return
    assert found.machine


@given(st.text(alphabet="[]()`<>!\\* \n\t#-:metric@x1", max_size=120))
@settings(max_examples=400)
def test_any_text_has_links_on_its_own_lines(text):
    lines = text.count("\n") + 1
    assert all(1 <= link.line <= lines for link in prose.links(f"{text}metric:"))


# --- where links are looked for -------------------------------------------------------------


def found(body: str) -> list[tuple[str, str, int]]:
    return [(one.words, one.target, one.line) for one in prose.links(f"Title: T\n\n{body}")]


@pytest.mark.parametrize(
    ("body", "links"),
    [
        ("[1](metric:a@b)", [("1", "metric:a@b", 3)]),
        ("x\n\n[**1** <i>a</i> &amp; b](<metric:a b@c> \"t\")", [("1 a & b", "metric:a b@c", 5)]),
        ("[`5`](metric:a@b)", [("5", "metric:a@b", 3)]),
        ("[one\ntwo](metric:a@b)", [("one two", "metric:a@b", 3)]),
        ("`[1](metric:a@b)`", []),
        ("```\n[1](metric:a@b)\n```", []),
        ("~~~ text\n[1](metric:a@b)\n~~~\n[2](metric:a@b)", [("2", "metric:a@b", 6)]),
        ("    [1](metric:a@b)", []),
        ("- a\n\n    [1](metric:a@b)", [("1", "metric:a@b", 5)]),
        ("<!-- [1](metric:a@b)\n-->", []),
        ("<pre>\n[1](metric:a@b)\n</pre>", []),
        ("> [1](metric:a@b)", [("1", "metric:a@b", 3)]),
        (r"\[1](metric:a@b)", []),
        ("```insight\nquestion: [1](metric:a@b)\n\nOf [2](metric:a@b)\n```",
         [("2", "metric:a@b", 6)]),
        ("[1][m]\n\n[m]: metric:a@b", [("]: metric:", "", 5)]),
        ("![1](metric:a@b)", [("](metric:", "", 3)]),
    ],
)  # fmt: skip
def test_links_are_read_where_markdown_reads_them(body, links):
    assert found(body) == links


def test_a_summary_in_the_header_is_read_and_no_other_header():
    text = "Title: [1](metric:a@b)\nSummary: Of\n    [2](metric:a@b)\n\n[3](metric:a@b)"
    assert [link.words for link in prose.links(text)] == ["2", "3"]
