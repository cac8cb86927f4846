"""A post dated after SITE_DATE is not published, and the closing line says why."""

from __future__ import annotations

from small_sites import harvest, post, site


def test_the_closing_line_tells_a_later_post_from_a_draft(tmp_path):
    posts = {
        "may.md": post(),
        "june.md": post(title="June", date="2025-06-01"),
        "plan.md": post(title="Plan", date="", status="draft"),
    }
    root = site(tmp_path, posts, 'PLUGINS = ["weblog"]\nSITE_DATE = "2025-05-31"\n')
    ended = harvest(root, "build")
    assert ended.code == 0
    assert ended.lines[-1].startswith(
        "1 of 3 posts published; 1 draft, 1 dated after 2025-05-31. 0 cards, 0 warnings."
    )
    assert not (root / "output" / "2025" / "06" / "june").exists()
