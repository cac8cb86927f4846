"""What a page may load: a strict Content-Security-Policy, and the other headers of a host.

By default nothing but the site's own pictures, styles, fonts and films; no script, none
inline, no eval. Settings open it by one address each: EMAIL_FORM_ADDRESS (where a form is sent),
TRACKING_SCRIPT (one script, and its host for what it counts); POLICY_ADDITIONS adds anything.

A post or page may need more than the others: whatever plugin knows that sets the attribute
``policy_additions`` on it, a mapping of directives. Only the pages that show it are opened, and
the header that a host sends with every file, for a browser keeps to both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

from jinja2 import pass_context
from jinja2.runtime import Context
from pelican import signals

from mistakes import Mistake, Mistakes

Directives = Mapping[str, Iterable[str]]

BASE: Directives = {
    "default-src": ["'none'"],
    "img-src": ["'self'"],
    "style-src": ["'self'"],
    "font-src": ["'self'"],
    "media-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
}
HEADER_ONLY: Directives = {"frame-ancestors": ["'none'"]}  # a page cannot say these of itself

CONTENTS = (
    "articles",
    "drafts",
    "hidden_articles",
    "pages",
    "draft_pages",
    "hidden_pages",
)
"""Where Pelican keeps the posts and pages that may be written."""

_SOURCE = re.compile(r"[^\s;,\"]+")


@dataclass(frozen=True)
class Policy:
    """The policy of a site, and what templates call it by."""

    directives: Directives

    def content_security_policy(
        self, additions: Directives | None = None, *, shown: Iterable[Any] = ()
    ) -> str:
        """The value for ``<meta http-equiv>`` of one page.

        It is opened by what the posts and pages ``shown`` whole on it need, and by ``additions``.
        """
        return _written(merged(opened(self.directives, shown), additions or {}))

    def security_headers(self, shown: Iterable[Any] = ()) -> tuple[tuple[str, str], ...]:
        """Names and values of the headers that a host should send with every file.

        They admit what any page may ask for: ``shown`` are all posts and pages of the site.
        """
        directives = merged(opened(self.directives, shown), HEADER_ONLY)
        return (
            ("Content-Security-Policy", _written(directives)),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
            ("Referrer-Policy", "strict-origin-when-cross-origin"),
            ("X-Content-Type-Options", "nosniff"),
        )


def register() -> None:
    """Make the policy when the settings are known."""
    signals.initialized.connect(offer)


def offer(pelican: Any) -> None:
    """Add the globals ``content_security_policy`` and ``security_headers``."""
    policy = of(pelican.settings)

    @pass_context
    def security_headers(context: Context) -> tuple[tuple[str, str], ...]:
        return policy.security_headers(written(context.get_all()))

    pelican.settings["JINJA_GLOBALS"] |= {
        "content_security_policy": policy.content_security_policy,
        "security_headers": security_headers,
    }


def of(settings: Mapping[str, Any]) -> Policy:
    """The policy of a site with these settings; `Mistakes` where one is no address.

    >>> of({"EMAIL_FORM_ADDRESS": "https://lists.example/join"}).directives["form-action"]
    ('https://lists.example',)
    """
    directives = BASE
    if form := settings.get("EMAIL_FORM_ADDRESS"):
        directives = merged(directives, {"form-action": [_origin("EMAIL_FORM_ADDRESS", form)]})
    if script := settings.get("TRACKING_SCRIPT"):
        host = _origin("TRACKING_SCRIPT", script)
        whole = script.partition("?")[0].partition("#")[0] if host != "'self'" else host
        directives = merged(directives, {"script-src": [whole], "connect-src": [host]})
    additions = settings.get("POLICY_ADDITIONS") or {}
    if not isinstance(additions, Mapping):
        raise _no_address("POLICY_ADDITIONS", additions)
    for sources in additions.values():
        _check(sources)
    return Policy(merged(directives, additions))


def merged(one: Directives, other: Directives) -> dict[str, tuple[str, ...]]:
    """Both together: each source once, and 'none' only where nothing else stands."""
    names = {**one, **other}
    both = {name: dict.fromkeys([*one.get(name, ()), *other.get(name, ())]) for name in names}
    return {
        name: tuple(source for source in sources if source != "'none'") or ("'none'",)
        for name, sources in both.items()
    }


def opened(directives: Directives, shown: Iterable[Any]) -> Directives:
    """The directives with what each of some posts and pages needs besides."""
    for content in shown:
        directives = merged(directives, getattr(content, "policy_additions", None) or {})
    return directives


def written(context: Mapping[str, Any]) -> list[Any]:
    """Every post and page of the site that has a place in its output, translations too."""
    originals = chain.from_iterable(context.get(name) or () for name in CONTENTS)
    everything = chain.from_iterable([one, *one.translations] for one in originals)
    return [content for content in everything if content.save_as]


def _written(directives: Directives) -> str:
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def _origin(setting: str, address: Any) -> str:
    """The scheme and host of an address, or the site itself for a path of its own."""
    parts = urlsplit(str(address))
    if not _SOURCE.fullmatch(str(address)) or (parts.scheme and not parts.netloc):
        raise _no_address(setting, address)
    if not parts.netloc:
        return "'self'"
    if parts.scheme not in ("https", "http"):
        raise _no_address(setting, address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _check(sources: Iterable[str]) -> None:
    if isinstance(sources, str):
        raise _no_address("POLICY_ADDITIONS", sources)
    for source in sources:
        if not _SOURCE.fullmatch(source):
            raise _no_address("POLICY_ADDITIONS", source)


def _no_address(setting: str, value: object) -> Mistakes:
    right = 'write a list, as {"img-src": ["https://pictures.example"]}'
    if setting != "POLICY_ADDITIONS":
        right = 'write one address, as "https://name.example/path"'
    return Mistakes([Mistake("pelicanconf.py", None, f"{setting} cannot be {value!r}", right)])
