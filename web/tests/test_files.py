"""Files are written whole or not at all."""

import pytest
from django.core.management.base import CommandError

from web.files import write_whole


def test_a_private_file_is_readable_by_its_owner_only(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")
    path.chmod(0o644)
    write_whole(path, b"new", private=True)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o600)


def test_another_file_has_the_usual_mode(tmp_path):
    usual, path = tmp_path / "usual", tmp_path / "a.txt"
    usual.write_bytes(b"")
    write_whole(path, b"new")
    assert path.stat().st_mode == usual.stat().st_mode


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(CommandError, match="cannot write"):
        write_whole(folder, b"new")
    assert list(tmp_path.iterdir()) == [folder]
