"""What a page may load."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from pelican import signals

from blogs import build, post
from mistakes import Mistakes
from weblog import policy

STRICT = (
    "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; media-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
OPENED = [
    ({}, ""),
    ({"EMAIL_FORM_ADDRESS": "https://lists.example/join?a=1"}, "form-action https://lists.example"),
    ({"EMAIL_FORM_ADDRESS": "/join"}, "form-action 'self'"),
    (
        {"TRACKING_SCRIPT": "https://count.example:8443/a/count.js?v=1"},
        "script-src https://count.example:8443/a/count.js; connect-src https://count.example:8443",
    ),
    ({"TRACKING_SCRIPT": "/theme/js/count.js"}, "script-src 'self'; connect-src 'self'"),
    ({"POLICY_ADDITIONS": {"img-src": ["https://i.example"]}}, "img-src 'self' https://i.example"),
]


@pytest.mark.parametrize(("settings", "opened"), OPENED)
def test_each_setting_opens_one_address(settings, opened):
    said = policy.of(settings).content_security_policy().split("; ")
    expected = {
        each.split()[0]: each for each in [*STRICT.split("; "), *opened.split("; ")] if each
    }
    assert {each.split()[0]: each for each in said} == expected


def test_no_policy_lets_inline_script_or_eval_in():
    for settings, _ in OPENED:
        assert "unsafe" not in policy.of(settings).content_security_policy()


def test_a_page_may_need_more_than_the_others():
    said = policy.of({}).content_security_policy({"script-src": ["'self'"]})
    assert said == f"{STRICT}; script-src 'self'"


@pytest.mark.parametrize(
    "settings",
    [
        {"EMAIL_FORM_ADDRESS": "https://a.example; script-src *"},
        {"EMAIL_FORM_ADDRESS": "javascript:alert(1)"},
        {"EMAIL_FORM_ADDRESS": "mailto:a@b.example"},
        {"TRACKING_SCRIPT": "https://a.example/ https://b.example/"},
        {"TRACKING_SCRIPT": "ftp://a.example/count.js"},
        {"TRACKING_SCRIPT": "https://a.example,b"},
        {"POLICY_ADDITIONS": {"img-src": "https://a.example"}},
        {"POLICY_ADDITIONS": {"img-src": ["a; b"]}},
        {"POLICY_ADDITIONS": ["https://a.example"]},
    ],
)
def test_what_is_no_address_is_a_mistake_that_names_the_setting(settings):
    with pytest.raises(Mistakes, match=f"{next(iter(settings))} cannot be"):
        policy.of(settings)


def test_a_host_is_told_what_a_page_cannot_say_of_itself():
    headers = dict(policy.of({}).security_headers())
    assert headers["Content-Security-Policy"] == f"{STRICT}; frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"


NEEDY = SimpleNamespace(policy_additions={"script-src": ["'self'"], "style-src": ["'sha256-x'"]})
PLAIN = SimpleNamespace()


def test_a_page_is_opened_by_what_is_shown_on_it():
    said = policy.of({}).content_security_policy
    assert said(shown=[PLAIN]) == STRICT
    opened = STRICT.replace("style-src 'self'", "style-src 'self' 'sha256-x'")
    assert said(shown=[PLAIN, NEEDY]) == f"{opened}; script-src 'self'"


def test_a_host_sends_what_every_page_may_ask_for(tmp_path):
    """One header goes with every file, and a browser keeps to the header and to the page."""

    def open_one(generators):
        generators[0].context["articles"][0].policy_additions = NEEDY.policy_additions

    with signals.all_generators_finalized.connected_to(open_one):
        blog = build(
            tmp_path,
            {"a.md": post(), "b.md": post(date="2025-03-04")},
            {"article.html": "{{ content_security_policy(shown=[article])|safe }}"},
            HOST_FILES=["_headers"],
        )
    pages = [blog.text(f"2025/03/{name}/index.html") for name in "ab"]
    assert sorted(page.endswith("; script-src 'self'") for page in pages) == [False, True]
    assert "; script-src 'self'; frame-ancestors" in blog.text("_headers")


def test_a_post_that_is_not_written_opens_nothing():
    draft = SimpleNamespace(save_as="", translations=[], **vars(NEEDY))
    translated = SimpleNamespace(save_as="x.html", translations=[draft])
    assert policy.written({"articles": [translated], "drafts": [draft]}) == [translated]


def test_templates_write_the_policy(tmp_path):
    blog = build(tmp_path, {}, {"index.html": "{{ content_security_policy()|safe }}"})
    assert blog.text("index.html") == STRICT
