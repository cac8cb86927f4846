"""Measure everything and write docs/calibration.json, docs/calibration.md and the page's table.

python -m bench.insights [--date 2026-11-23] [--from 1000000] [--cases 3000]
"""

from __future__ import annotations

import argparse
import json
import subprocess
from pathlib import Path

from bench.insights import publish
from bench.insights.measure import measure
from bench.insights.score import GRACE

ROOT = Path(__file__).parents[2]
TUNED = "0 to 2999"


def main() -> None:
    """Run the bench as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--date", help="else that of the last commit")
    parser.add_argument("--from", dest="first", type=int, default=1_000_000)
    parser.add_argument("--cases", type=int, default=3000)
    parser.add_argument("--peer-cases", type=int, default=400)
    parser.add_argument("--to", type=Path, help="a folder; else docs/, and the page of the demo")
    asked = parser.parse_args()
    head = {"date": asked.date or _last_commit(), "tuned": TUNED, "grace": GRACE}
    measured = {**head, **measure(asked.first, asked.cases, asked.peer_cases)}
    folder = asked.to or ROOT / "docs"
    text = json.dumps(measured, ensure_ascii=False, indent=1) + "\n"
    (folder / "calibration.json").write_text(text, "utf-8")
    (folder / "calibration.md").write_text(publish.calibration(measured), "utf-8")
    if not asked.to:
        page = ROOT / "content" / "pages" / "how-we-count.md"
        page.write_text(publish.with_table(page.read_text("utf-8"), measured), "utf-8")
    print(publish.calibration(measured))


def _last_commit() -> str:
    told = subprocess.run(
        ["git", "log", "-1", "--format=%cs"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return told.stdout.strip()


if __name__ == "__main__":
    main()
