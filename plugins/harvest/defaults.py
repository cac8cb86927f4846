"""Every Pelican setting of a Harvest site; a site's pelicanconf.py begins with a star import of it.

Data only: no clock, no locale of the machine, nothing about the author. What an author may
set for the margin of the page stands commented out at the end, with an example each.
"""

import logging as _logging
from pathlib import Path as _Path
from typing import Any as _Any

from markdown.extensions.toc import slugify_unicode as _slugify_unicode

_HERE = _Path(__file__).resolve().parent


def _theme() -> str:
    """The theme's folder: beside this module in a wheel, at the top of a checkout."""
    packed = _HERE / "theme"
    return str(packed if packed.is_dir() else _HERE.parents[1] / "theme")


def _newest_first(article: _Any) -> tuple[int, int, str]:
    """The order of posts: newest first, by slug within a moment, never by chance."""
    date = article.date
    seconds = date.hour * 3600 + date.minute * 60 + date.second
    return -date.toordinal(), -seconds, article.slug


# --- the site -----------------------------------------------------------------------------
SITENAME = "A blog"
SITEURL = ""  # publishconf.py names the real one; publishing refuses to run without it
DEFAULT_LANG = "en"  # a second language is one more file in languages/
TIMEZONE = "UTC"
LOCALE = ["C.UTF-8", "en_US.UTF-8", "C"]  # words come from the site's language, not the machine

PLUGINS = ["weblog", "month_calendar", "comment_archive", "metrics_insight"]

# --- where things lie ---------------------------------------------------------------------
PATH = "content"
OUTPUT_PATH = "output"
CACHE_PATH = ".harvest/cache"  # painted charts; may be deleted at any time
ARTICLE_PATHS = ["posts"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["images", "data", "extra"]
PATH_METADATA = r"extra/(?P<path>.+)"  # content/extra/favicon.ico is served as /favicon.ico
IGNORE_FILES = [".*", "*~", "#*#", "__pycache__"]
THEME = _theme()
THEME_TEMPLATES_OVERRIDES = ["theme/templates"]  # the site's own theme/ holds only what differs
CSS_FILE = "harvest.css"

# --- addresses ----------------------------------------------------------------------------
ARTICLE_URL = "{date:%Y}/{date:%m}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
ARTICLE_LANG_URL = "{lang}/{date:%Y}/{date:%m}/{slug}/"
ARTICLE_LANG_SAVE_AS = ARTICLE_LANG_URL + "index.html"
DRAFT_URL = "drafts/{slug}/"  # a draft is shown by the preview only
DRAFT_SAVE_AS = DRAFT_URL + "index.html"
DRAFT_LANG_URL = "drafts/{lang}/{slug}/"
DRAFT_LANG_SAVE_AS = DRAFT_LANG_URL + "index.html"
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = PAGE_URL + "index.html"
PAGE_LANG_URL = "{lang}/{slug}/"
PAGE_LANG_SAVE_AS = PAGE_LANG_URL + "index.html"
DRAFT_PAGE_URL = "drafts/pages/{slug}/"
DRAFT_PAGE_SAVE_AS = DRAFT_PAGE_URL + "index.html"
DRAFT_PAGE_LANG_URL = "drafts/pages/{lang}/{slug}/"
DRAFT_PAGE_LANG_SAVE_AS = DRAFT_PAGE_LANG_URL + "index.html"
CATEGORY_URL = "category/{slug}/"
CATEGORY_SAVE_AS = CATEGORY_URL + "index.html"
TAG_URL = "tag/{slug}/"
TAG_SAVE_AS = TAG_URL + "index.html"
AUTHOR_URL = "author/{slug}/"
AUTHOR_SAVE_AS = AUTHOR_URL + "index.html"
YEAR_ARCHIVE_URL = "{date:%Y}/"
YEAR_ARCHIVE_SAVE_AS = YEAR_ARCHIVE_URL + "index.html"
MONTH_ARCHIVE_URL = "{date:%Y}/{date:%m}/"
MONTH_ARCHIVE_SAVE_AS = MONTH_ARCHIVE_URL + "index.html"
INDEX_URL = ""
INDEX_SAVE_AS = "index.html"
ARCHIVES_URL = "archives/"
ARCHIVES_SAVE_AS = ARCHIVES_URL + "index.html"
CATEGORIES_URL = "categories/"
CATEGORIES_SAVE_AS = CATEGORIES_URL + "index.html"
TAGS_URL = "tags/"
TAGS_SAVE_AS = TAGS_URL + "index.html"
AUTHORS_URL = "authors/"
AUTHORS_SAVE_AS = AUTHORS_URL + "index.html"
SUBSCRIBE_URL = "subscribe/"
SUBSCRIBE_SAVE_AS = SUBSCRIBE_URL + "index.html"
DIRECT_TEMPLATES = ["index", "archives", "categories", "tags", "authors", "subscribe", "404"]

# --- lists and pages of lists -------------------------------------------------------------
ARTICLE_ORDER_BY = _newest_first
DEFAULT_PAGINATION = 10
DEFAULT_ORPHANS = 1  # no last page with a single post
PAGINATED_TEMPLATES = {"index": None, "category": None, "tag": None, "author": None}
PAGINATION_PATTERNS = [
    (1, "{base_name}/", "{base_name}/index.html"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
]
RECENT_POSTS = 5  # in the margin; 0 for none
RECENT_COMMENTS = 5  # of an old blog's archive, there too
SLUGIFY_SOURCE = "basename"  # a mended title changes neither the address nor the feed's id
SUMMARY_MAX_LENGTH = 50  # words that an excerpt by rule aims at
USE_FOLDER_AS_CATEGORY = False
DEFAULT_CATEGORY = "Notes"
WITH_FUTURE_DATES = True  # the clock is never read: SITE_DATE, below, hides posts

# --- feeds: full text, Atom and RSS -------------------------------------------------------
FEED_ATOM = "feeds/atom.xml"
FEED_RSS = "feeds/rss.xml"
FEED_ALL_ATOM = None
FEED_ALL_RSS = None
CATEGORY_FEED_ATOM = "feeds/category/{slug}.atom.xml"
CATEGORY_FEED_RSS = "feeds/category/{slug}.rss.xml"
TAG_FEED_ATOM = "feeds/tag/{slug}.atom.xml"
TAG_FEED_RSS = "feeds/tag/{slug}.rss.xml"
AUTHOR_FEED_ATOM = "feeds/author/{slug}.atom.xml"
AUTHOR_FEED_RSS = "feeds/author/{slug}.rss.xml"
TRANSLATION_FEED_ATOM = None
TRANSLATION_FEED_RSS = None
FEED_MAX_ITEMS = 20
FEED_APPEND_REF = False
RSS_FEED_SUMMARY_ONLY = False

# --- files for search engines and hosts, beside the pages; leave one out and it is not written
HOST_FILES = ("sitemap.xml", "robots.txt", "_headers", ".htaccess")

# --- Markdown and templates ---------------------------------------------------------------
MARKDOWN = {
    "output_format": "html",
    "extension_configs": {
        "markdown.extensions.meta": {},
        "markdown.extensions.extra": {  # footnotes, tables, abbreviations, fenced code
            "footnotes": {"BACKLINK_TITLE": "Back to footnote {} in the text"},
        },
        "markdown.extensions.codehilite": {"css_class": "highlight", "guess_lang": False},
        "markdown.extensions.sane_lists": {},
        "markdown.extensions.toc": {
            "slugify": _slugify_unicode,
            "toc_depth": "2-4",
            "title": "",
        },
        "weblog.figures": {},  # a picture alone in its paragraph, with a title: a figure
    },
}
JINJA_ENVIRONMENT = {
    "trim_blocks": True,
    "lstrip_blocks": True,
    "autoescape": True,  # titles are text
    "auto_reload": False,  # each build reads the templates anew, and each of them once
}

LOG_FILTER = [  # a site on the author's own machine has no address yet, and that is fine
    (
        _logging.WARNING,
        "Feeds generated without SITEURL or FEED_DOMAIN set properly may not be valid",
    ),
]

# --- who writes, and what stands around a post: each absent until it is set ---------------
# AUTHOR = "Ana Sample"
# SITESUBTITLE = "What this blog is about, in one line"
# SITE_PICTURE = "images/site.png"             shown where a link is shared, with …
# SITE_PICTURE_ALT = "What it shows"
# ICON = "images/icon.svg"                    the small picture in a browser's tab
# SITE_DATE = "2025-06-30"                     hides posts dated after it
# MENU = [("About", "about/")]                 beside Archives and Subscribe
# PHOTO = "images/ana.jpg"                     a square picture in content/images/
# ABOUT = "Ana Sample writes about numbers."   one or two sentences …
# ABOUT_URL = "about/"                         … and where to read more
# EMAIL_FORM_ADDRESS = "https://lists.example/join"   where a provider's form posts to …
# EMAIL_FORM_FIELD = "email"                   … and the name of its field
# CHANNELS = {"Screencasts": [("Title", "https://…")], "Videos": [("Title", "https://…")]}
# HONOURS = {"Awards": ["A prize, 2023"], "Boards": [("A board", "https://…")]}
# BADGES = [("What it says", "images/badge.svg", "https://…")]
# TRACKING_SCRIPT = "https://count.example/count.js"
# TRACKING_ATTRIBUTES = {"data-site": "…"}
# INSIGHT_EXPLORE = False                      no button to explore charts; or a smaller library
# COMMENT_CONTACT = "ana@blog.example"        whom to ask for the removal of an old comment
# COMMENT_DEAD_ADDRESSES = ["gone.example"]   that names of commenters no longer link to
# MONTH_CALENDAR = False                       switches the calendar off
