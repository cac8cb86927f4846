"""The site as the world sees it: the settings of publishconf.py, every address absolute."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from harvest import site as sites
from harvest.faults import Fault
from harvest.site import Site

PUBLISH_FILE = "publishconf.py"


def find(start: Path, *, siteurl: str | None, overrides: dict[str, Any]) -> Site:
    """The site with the settings to publish it; a Fault where no address is known."""
    root = sites.find_root(start)
    conf = PUBLISH_FILE if (root / PUBLISH_FILE).is_file() else sites.SETTINGS_FILE
    given = {**overrides, "RELATIVE_URLS": False}
    if siteurl is not None:
        siteurl = siteurl.rstrip("/")
        # the feeds' address follows the site's
        given |= {"SITEURL": siteurl, "FEED_DOMAIN": siteurl}
    site = sites.read(root, conf=conf, overrides=given)
    written = str(site.settings["SITEURL"])
    if not _is_whole(written):
        raise _no_address(written, conf, is_given=bool(siteurl))
    return site


def _is_whole(siteurl: str) -> bool:
    try:
        parts = urlsplit(siteurl)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and not parts.query
            and not parts.fragment
        )
    except ValueError:
        return False


def _no_address(siteurl: str, conf: str, *, is_given: bool) -> Fault:
    if is_given:
        right = "write a whole one, such as https://blog.example"
        return Fault(f'--siteurl: "{siteurl}" is no address of a site; {right}')
    said = f'SITEURL is "{siteurl}"' if siteurl else "no SITEURL"
    return Fault(
        f'{conf}: {said}; write SITEURL = "https://blog.example" there, '
        "or: harvest publish --siteurl URL"
    )
