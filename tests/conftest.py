"""What tests share: the demo site built once for all workers, a browser, a server."""

from __future__ import annotations

import locale
import sys
from pathlib import Path

import pytest
from blinker import Signal
from hypothesis import settings

import browser as browsers
import demo
from checks.site import Site
from server import serving

# A machine may be busy, so no example has a deadline; `make test-long` asks for the second.
settings.register_profile("quick", deadline=None, max_examples=60)
settings.register_profile("long", deadline=None, max_examples=600)
settings.load_profile("quick")

collect_ignore = ["later"]  # it moves the clock of whoever imports it


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option --golden writes golden files anew instead of holding pictures against them."""
    parser.addoption("--golden", action="store_true", help="write golden files anew")


@pytest.fixture(autouse=True)
def let_plugins_go():
    """What a build in this process leaves behind is gone in the next test: plugins, the locale."""
    before = locale.setlocale(locale.LC_ALL)
    yield
    locale.setlocale(locale.LC_ALL, before)
    pelican = sys.modules.get("pelican.plugins.signals")
    for signal in vars(pelican).values() if pelican else ():
        if isinstance(signal, Signal):
            for receivers in (signal.receivers, signal._by_receiver, signal._by_sender):
                receivers.clear()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """A folder that all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if hasattr(request.config, "workerinput") else base


@pytest.fixture(scope="session")
def built(shared: Path) -> Site:
    """The demo as `harvest build` writes it: no address of its own yet."""
    return Site(demo.once(shared / "built", demo.built) / "output")


@pytest.fixture(scope="session")
def published(shared: Path) -> Site:
    """The demo as `harvest publish` writes it for the world."""
    return Site(demo.once(shared / "published", demo.published) / "output", demo.SITEURL)


@pytest.fixture(scope="session")
def browser():
    """One Chromium for each worker; there is one, or the tests fail."""
    with browsers.opened() as opened:
        yield opened


@pytest.fixture(scope="session")
def home(built: Site):
    """The address where the built demo is served."""
    with serving(built.folder) as address:
        yield address
