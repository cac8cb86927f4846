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
        # the feeds' address follows the site's
        given |= {"SITEURL": siteurl, "FEED_DOMAIN": siteurl.rstrip("/")}
    site = sites.read(root, conf=conf, overrides=given)
    _refuse_relative(str(site.settings["SITEURL"]), conf)
    return site


def _refuse_relative(siteurl: str, conf: str) -> None:
    try:
        parts = urlsplit(siteurl)
        good = (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and not parts.query
            and not parts.fragment
        )
    except ValueError:
        good = False
    if not good:
        said = f'SITEURL is "{siteurl}"' if siteurl else "no SITEURL"
        raise Fault(
            f'{conf}: {said}; write SITEURL = "https://blog.example" there, '
            "or: harvest publish --siteurl URL"
        )
