"""Zips that must not be trusted, and identities that must not be told."""

from __future__ import annotations

import random
import stat
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from enbloc.errors import EnblocError, IdentityError, RecordError
from enbloc.exchange import archive
from enbloc.exchange.archive import bundle
from enbloc.exchange.dicom import read_series
from enbloc.exchange.identity import Owner, fingerprint, one_owner, owner
from tests.exchange.making import as_bytes, slice_of, zipped

WAYS_OUT = ["../evil", "a/../../evil", "/etc/passwd", "C:/evil", "c:evil", "..\\evil", "\\\\host\\evil"]


@pytest.mark.parametrize("name", WAYS_OUT)
def test_a_way_out_is_refused(name: str, tmp_path: Path) -> None:
    file = zipped(tmp_path / "a.zip", [(name, b"x")])
    with pytest.raises(RecordError, match=r"^study\.zip: A name in it leads out"), bundle(file, where="study.zip"):
        pass
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_is_refused(tmp_path: Path) -> None:
    entry = zipfile.ZipInfo("link")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr(entry, "/etc/passwd")
    with pytest.raises(RecordError, match="link"), bundle(tmp_path / "a.zip", where="a.zip"):
        pass


def test_a_link_in_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "secret").write_text("x")
    (tmp_path / "a/link").symlink_to(tmp_path / "secret")
    with pytest.raises(RecordError, match="leads elsewhere"), bundle(tmp_path / "a", where="a"):
        pass


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_UNPACKED_BYTES", 2 * 1024**3)
    file = zipped(tmp_path / "a.zip", [("a", b"")])
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for at in range(3):
            packed.writestr(str(at), bytes(1000))
    content = file.read_bytes().replace((1000).to_bytes(4, "little"), (900 * 1024**2).to_bytes(4, "little"))
    file.write_bytes(content)
    monkeypatch.setattr(archive, "LARGEST_OBJECT_BYTES", 1024**3)
    with pytest.raises(RecordError, match="more than 2 GiB"), bundle(file, where="a.zip"):
        pass


def test_one_huge_file_and_too_many_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = zipped(tmp_path / "a.zip", [("a", bytes(100)), ("b", bytes(100))])
    monkeypatch.setattr(archive, "MOST_OBJECTS", 1)
    with pytest.raises(RecordError, match="more than 1 files"), bundle(file, where="a.zip"):
        pass
    monkeypatch.setattr(archive, "MOST_OBJECTS", 9)
    monkeypatch.setattr(archive, "LARGEST_OBJECT_BYTES", 99)
    with pytest.raises(RecordError, match="larger than"), bundle(file, where="a.zip"):
        pass


@pytest.mark.parametrize("name", ["inner.zip", "a/INNER.ZIP", "x.tar.gz"])
def test_an_archive_within_is_refused(name: str, tmp_path: Path) -> None:
    file = zipped(tmp_path / "a.zip", [(name, b"PK")])
    with pytest.raises(RecordError, match="another archive"), bundle(file, where="a.zip"):
        pass


def test_a_damaged_zip_never_gives_anything_but_our_errors(tmp_path: Path) -> None:
    dice = random.Random(7)
    sound = zipped(tmp_path / "a.zip", [(str(at), as_bytes(slice_of(at))) for at in range(3)]).read_bytes()
    for turn in range(150):
        broken = bytearray(sound[: dice.randrange(len(sound))] if turn % 3 == 0 else sound)
        for _ in range(dice.randrange(1, 8)):
            if broken:
                broken[dice.randrange(len(broken))] = dice.randrange(256)
        (tmp_path / "b.zip").write_bytes(bytes(broken))
        with suppress(EnblocError):
            read_series(tmp_path / "b.zip", where="b.zip", salt="x")


def test_hashes_differ_by_case_and_tell_nothing() -> None:
    one, other = owner("4711", "19650203", salt="a"), owner("4711", "19650203", salt="b")
    assert one != other
    assert fingerprint(one) != fingerprint(other)
    assert "4711" not in repr(one) + fingerprint(one)
    assert fingerprint(Owner()) == ""


def test_one_owner_of_many() -> None:
    full, half = owner("4711", "19650203", salt="a"), owner("4711", "", salt="a")
    assert one_owner([full, half, Owner()], where="x") == full
    with pytest.raises(IdentityError):
        one_owner([full, owner("4711", "19650204", salt="a")], where="x")
