"""A new site installs Harvest from where this one came from."""

from __future__ import annotations

import pytest
from packaging.requirements import Requirement

from harvest.installed import line, requirement

CASES = [
    ("a folder", {"url": "file:///srv/harvest", "dir_info": {}}, "@ file:///srv/harvest"),
    (
        "a folder with a space, installed to be worked on",
        {"url": "file:///srv/my%20harvest", "dir_info": {"editable": True}},
        "@ file:///srv/my%20harvest",
    ),
    (
        "a wheel",
        {"url": "file:///tmp/harvest_blog-0.1.0-py3-none-any.whl", "archive_info": {}},
        "@ file:///tmp/harvest_blog-0.1.0-py3-none-any.whl",
    ),
    (
        "a git address",
        {"url": "https://git.example/h.git", "vcs_info": {"vcs": "git", "commit_id": "ab12"}},
        "@ git+https://git.example/h.git",
    ),
    (
        "a git repository on this machine",
        {"url": "file:///srv/h", "vcs_info": {"vcs": "git", "commit_id": "ab12"}},
        "@ git+file://localhost/srv/h",
    ),
    (
        "a branch of a git address",
        {
            "url": "https://git.example/h.git",
            "vcs_info": {"vcs": "git", "requested_revision": "main", "commit_id": "ab12"},
        },
        "@ git+https://git.example/h.git@main",
    ),
    (
        "a folder inside a git address",
        {
            "url": "ssh://git@git.example/h.git",
            "subdirectory": "blog",
            "vcs_info": {"vcs": "git", "requested_revision": "v1", "commit_id": "ab12"},
        },
        "@ git+ssh://git@git.example/h.git@v1#subdirectory=blog",
    ),
]


@pytest.mark.parametrize(
    ("origin", "source"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_the_line_names_the_origin(origin, source):
    written = line(origin, "0.1.0")
    assert written == f"harvest-blog {source}"
    assert Requirement(written).name == "harvest-blog"


def test_a_package_from_an_index_is_asked_for_by_its_version():
    assert line(None, "0.1.0") == "harvest-blog>=0.1.0"


def test_this_very_installation_can_be_named():
    assert Requirement(requirement()).name == "harvest-blog"
