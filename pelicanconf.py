"""Settings of the demo blog. The author and all facts about her are invented, to show the parts."""

from harvest.defaults import *  # noqa: F403

SITENAME = "The number in context"
SITESUBTITLE = "What moved, what did not, and what else happened that week"
AUTHOR = "Ana Sample"
TIMEZONE = "Europe/London"
ICON = "images/icon.svg"
SITE_PICTURE = "images/site.png"
SITE_PICTURE_ALT = "A line of a chart with three numbered marks beside it"
DEFAULT_PAGINATION = 5
RECENT_COMMENTS = 3
COMMENT_CONTACT = "ana@number.example"

# --- the margin: every part, with illustrative facts ---------------------------------------
PHOTO = "images/ana-sample.svg"
ABOUT = (
    "Ana Sample reads public counts for a living that she does not have: "
    "she was invented to show this blog."
)
ABOUT_URL = "about/"
MENU = [("How we count", "how-we-count/"), ("About", "about/")]
EMAIL_FORM_ADDRESS = "https://newsletter.example/subscribe"
EMAIL_FORM_FIELD = "email"
CHANNELS = {
    "Channels": [
        ("@ana@social.example", "https://social.example/@ana"),
        ("Ana on video.example", "https://video.example/@ana"),
    ],
    "Screencasts": [("A chart in ten minutes", "https://video.example/w/chart")],
    "Videos": [("Talk: what a follower is not", "https://video.example/w/talk")],
}
HONOURS = {
    "Awards": ["Plain Numbers Prize, 2023 (invented)"],
    "Nominations": ["Best Small Blog, 2022 (invented)"],
    "Boards": [("Example Counting Fund", "https://fund.example/")],
}
BADGES = [
    ("Counted with Harvest", "images/badge-harvest.svg", ""),
]
