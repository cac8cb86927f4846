"""Files of the old blog: found by their address, known by their bytes, bombs refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from comment_archive.arranging import media
from comment_archive.errors import Unimportable

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def packed(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return path


def test_a_folder_and_a_zip_are_alike(tmp_path: Path) -> None:
    (tmp_path / "up" / "2012").mkdir(parents=True)
    (tmp_path / "up" / "2012" / "spoon.png").write_bytes(PNG)
    zipped = packed(tmp_path / "up.zip", **{"up/2012/spoon.png": PNG})
    for opened in (media.opened(tmp_path / "up"), media.opened(zipped)):
        found = opened.find("http://old.example/up/2012/spoon-300x200.png")
        assert found is not None
        assert found.name == "spoon.png"
        assert opened.read(found) == PNG


def test_the_longest_common_path_wins(tmp_path: Path) -> None:
    files = {"2011/k.png": PNG + b"1", "2012/k.png": PNG + b"2"}
    opened = media.opened(packed(tmp_path / "m.zip", **files))
    first, second = opened.find("/up/2011/k.png"), opened.find("/up/2012/k.png")
    assert (first and opened.read(first), second and opened.read(second)) == tuple(files.values())
    assert {first.name, second.name} == {"k.png", "k-2.png"}


@pytest.mark.parametrize(
    "name", ["../../x.png", "/etc/x.png", "a\\..\\x.png", "CON.png", ".htaccess.png", "x.php.png"]
)
def test_a_name_of_a_file_leaves_no_folder(tmp_path: Path, name: str) -> None:
    opened = media.opened(packed(tmp_path / "m.zip", **{name: PNG}))
    found = opened.find(f"http://old.example/{name.rpartition('/')[2]}")
    assert found is None or (not set(found.name) & set("/\\") and not found.name.startswith("."))


def test_a_link_out_of_the_folder_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(PNG)
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "k.png").symlink_to(tmp_path / "secret.png")
    assert media.opened(tmp_path / "media").find("/k.png") is None


def test_a_bomb_is_refused_on_one_line(tmp_path: Path) -> None:
    opened = media.opened(packed(tmp_path / "m.zip", **{"k.png": PNG + bytes(20_000_000)}))
    with pytest.raises(Unimportable, match="is larger than 100 MiB, or a bomb"):
        opened.find("/k.png")


def test_a_zip_that_is_too_large_together_is_refused(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(media, "LARGEST_TOGETHER", 100)
    opened = media.opened(packed(tmp_path / "m.zip", **{"k.png": PNG, "l.png": PNG, "m.png": PNG}))
    with pytest.raises(Unimportable, match="holds more than"):
        [opened.find(f"/{name}.png") for name in "klm"]


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04 cut short"])
def test_what_is_no_zip_is_refused_on_one_line(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "m.zip").write_bytes(data)
    with pytest.raises(Unimportable, match="is no ZIP that can be read"):
        media.opened(tmp_path / "m.zip")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unimportable, match="there is no such folder or ZIP"):
        media.opened(tmp_path / "none")
