"""Files are whole or not there, whoever writes them, whatever the disk says."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper import files, temporary
from mapper.errors import LimitError, LookupFailedError, OutputError


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _refuse(code: int) -> Callable[..., None]:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    return refuse


def _fail_after(_: int, fault: type[Exception]) -> None:
    raise fault


@given(data=st.binary(max_size=200))
def test_the_hash_of_bytes_is_sha256(data: bytes) -> None:
    assert files.sha256_of(data) == hashlib.sha256(data).hexdigest()


def test_the_hash_of_a_file_is_that_of_its_bytes(tmp_path: Path) -> None:
    data = os.urandom(3_000_000)
    (tmp_path / "a").write_bytes(data)
    assert files.sha256_of_file(tmp_path / "a") == files.sha256_of(data)


def test_a_file_larger_than_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_000_000)  # a hole: no disk is used, and reading it would fill the memory
    with pytest.raises(LimitError, match=r"large\.txt has 50,000,000,000 bytes; the limit is 20,000,000"):
        files.read_bytes(path)


def test_a_file_of_exactly_the_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert files.read_bytes(tmp_path / "a", limit=5) == b"12345"


def test_writing_makes_folders_and_replaces_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "a.txt"
    files.write_bytes(path, b"old")
    files.write_bytes(path, b"new")
    assert path.read_bytes() == b"new"
    assert _names(path.parent) == ["a.txt"]


def test_a_new_file_has_the_permissions_of_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        files.write_bytes(tmp_path / "a", b"")
        with files.replacing_path(tmp_path / "b") as made:
            made.touch()
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640
    assert stat.S_IMODE((tmp_path / "b").stat().st_mode) == 0o640


def test_a_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    for name, mode in (("a", 0o600), ("b", 0o664)):
        path = tmp_path / name
        path.touch()
        path.chmod(mode)
        files.write_bytes(path, b"new")
        assert stat.S_IMODE(path.stat().st_mode) == mode


def test_writing_in_one_thread_never_changes_the_umask_of_another(tmp_path: Path) -> None:
    before = os.umask(0o077)
    seen = set()

    def write_often() -> None:
        for _ in range(100):
            files.write_bytes(tmp_path / "a", b"x")

    try:
        writer = threading.Thread(target=write_often)
        writer.start()
        for index in range(400):
            path = tmp_path / f"other{index}"
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o666))
            seen.add(stat.S_IMODE(path.stat().st_mode))
        writer.join()
    finally:
        os.umask(before)
    assert seen == {0o600}


def test_a_block_that_fails_leaves_the_old_content_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    with pytest.raises(KeyError), files.replacing(path) as stream:
        _fail_after(stream.write(b"half"), KeyError)
    assert path.read_bytes() == b"old"
    assert _names(tmp_path) == ["a"]


@pytest.mark.parametrize("fault", [FileNotFoundError("article"), LookupFailedError("timed out")])
def test_what_goes_wrong_inside_the_block_is_not_called_a_failed_write(tmp_path: Path, fault: OSError) -> None:
    with pytest.raises(type(fault)) as caught, files.replacing(tmp_path / "a"):
        raise fault
    assert caught.value is fault


@pytest.mark.parametrize("name", ["a\0b", "n" * 300, "file/below"])
def test_an_impossible_name_is_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="cannot write") as caught:
        files.write_bytes(tmp_path / name, b"")
    assert "\n" not in str(caught.value)
    assert _names(tmp_path) == ["file"]


@pytest.mark.parametrize("name", ["fsync", "replace", "write"])
def test_a_full_disk_leaves_the_old_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    refuse = _refuse(errno.ENOSPC)
    match name:
        case "fsync":
            monkeypatch.setattr(os, "fsync", refuse)
        case "replace":
            monkeypatch.setattr(Path, "replace", refuse)
        case _:
            monkeypatch.setattr(files._Disk, "write", refuse)
    with pytest.raises(OSError, match="No space left"):
        files.write_bytes(path, b"new")
    assert path.read_bytes() == b"old"
    assert _names(tmp_path) == ["a"]


def test_a_write_that_the_disk_refuses_is_an_output_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"cannot write /dev/full: No space left on device"):
        files.write_bytes(Path("/dev/full"), b"x" * 1_000_000)
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)
    assert tmp_path.exists()


def test_a_folder_that_cannot_confirm_says_that_the_file_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = os.fsync, []

    def second_fails(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(errno.EIO, "Input/output error")
        real(handle)

    monkeypatch.setattr(os, "fsync", second_fails)
    with pytest.raises(OutputError, match="was written, but the disk did not confirm it"):
        files.write_bytes(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"new"


def test_a_file_system_that_cannot_sync_is_not_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", _refuse(errno.EINVAL))
    files.write_bytes(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"new"


def test_a_symbolic_link_is_replaced_and_its_target_left_alone(tmp_path: Path) -> None:
    (tmp_path / "outside").write_bytes(b"mine")
    (tmp_path / "link").symlink_to(tmp_path / "outside")
    files.write_bytes(tmp_path / "link", b"new")
    assert (tmp_path / "outside").read_bytes() == b"mine"
    assert not (tmp_path / "link").is_symlink()


def test_pipes_and_devices_are_written_to_not_replaced(tmp_path: Path) -> None:
    files.write_bytes(Path(os.devnull), b"gone")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)
    code = "from pathlib import Path; from mapper import files; files.write_bytes(Path('/dev/stdout'), b'seen')"
    assert subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, check=True).stdout == b"seen"
    with (tmp_path / "out").open("wb") as out:
        subprocess.run([sys.executable, "-c", code], stdout=out, check=True)
    assert (tmp_path / "out").read_bytes() == b"seen"
    assert Path("/dev/stdout").is_symlink()


def test_lines_are_added_each_on_its_own(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(b"by hand, without an end")
    files.append(path, b"two")
    files.append(path, b"three")
    assert path.read_bytes() == b"by hand, without an end\ntwo\nthree\n"


def test_a_library_gets_a_name_of_the_same_ending_and_its_side_files_go(tmp_path: Path) -> None:
    with files.replacing_path(tmp_path / "a.gpkg") as made:
        assert made.suffix == ".gpkg"
        made.write_bytes(b"made")
        made.with_name("a.gpkg-journal").write_bytes(b"aside")
    assert (tmp_path / "a.gpkg").read_bytes() == b"made"
    assert _names(tmp_path) == ["a.gpkg"]


def test_a_library_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "a.gpkg").write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), files.replacing_path(tmp_path / "a.gpkg") as made:
        _fail_after(made.write_bytes(b"half"), ZeroDivisionError)
    assert (tmp_path / "a.gpkg").read_bytes() == b"old"
    assert _names(tmp_path) == ["a.gpkg"]


def test_what_a_dead_process_left_is_removed_and_what_a_living_one_writes_is_not(tmp_path: Path) -> None:
    with files.replacing(tmp_path / "a") as stream, files.replacing_path(tmp_path / "b") as made:
        (tmp_path / ".mapper-dead.tmp").write_bytes(b"half")
        (tmp_path / ".mapper-deadfolder.tmp").mkdir()
        (tmp_path / ".mapper-deadfolder.tmp" / "x").write_bytes(b"half")
        assert temporary.remove_stray(tmp_path) == 2
        stream.write(b"a")
        made.write_bytes(b"b")
    assert _names(tmp_path) == ["a", "b"]
    assert temporary.remove_stray(tmp_path / "nowhere") == 0


def test_the_first_file_of_a_process_sweeps_up_after_dead_ones(tmp_path: Path) -> None:
    (tmp_path / ".mapper-dead.tmp").write_bytes(b"half")
    files.write_bytes(tmp_path / "a", b"a")
    assert _names(tmp_path) == ["a"]


def _write_together(folder: Path, *names: str) -> None:
    with files.together(folder, names) as made:
        for name in names:
            files.write_bytes(made / name, b"new")


def test_files_that_belong_together_are_replaced_together_or_not_at_all(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"old")
    (tmp_path / "a").chmod(0o600)
    with pytest.raises(OutputError) as told:
        _write_together(tmp_path, "a", "b" * 300)
    assert str(tmp_path / "bbb") in str(told.value)
    assert [(tmp_path / name).read_bytes() for name in _names(tmp_path)] == [b"old", b"old"]
    _write_together(tmp_path, "a", "b")
    assert [(tmp_path / name).read_bytes() for name in _names(tmp_path)] == [b"new", b"new"]
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600


def test_a_folder_that_stands_in_the_way_of_one_file_keeps_them_all_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").mkdir()
    with pytest.raises(OutputError, match="b: Is a directory"):
        _write_together(tmp_path, "a", "b")
    assert (tmp_path / "a").read_bytes() == b"old"
    assert _names(tmp_path) == ["a", "b"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are of POSIX")
def test_a_pipe_among_files_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="no ordinary file"):
        files.read_bytes(tmp_path / "pipe")


def test_without_a_folder_for_temporary_files_there_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> str:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")

    monkeypatch.setattr(tempfile, "gettempdir", none)
    with pytest.raises(OutputError, match="TMPDIR"), files.scratch():
        pass


@pytest.mark.parametrize("fault", [ValueError("a fault of the work"), OSError("a fault of another file")])
def test_what_goes_wrong_beside_a_temporary_file_is_not_its_fault(fault: Exception) -> None:
    with pytest.raises(type(fault), match="a fault of") as told, files.scratch():
        raise fault
    assert told.value is fault


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="NOT SHOWN: this system has no full device")
def test_a_temporary_file_that_finds_no_room_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("/dev/full").open("r+b", buffering=0) as full:
        monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_: full)
        with pytest.raises(OutputError, match="cannot write"), files.scratch() as stream:
            stream.write(b"x")


def test_a_writer_whose_file_is_swept_before_it_is_locked_makes_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept: list[int] = []
    real = temporary.lock_if_there

    def late(handle: int) -> bool:
        if not swept:
            swept.append(temporary.remove_stray(tmp_path))
        return real(handle)

    monkeypatch.setattr(temporary, "lock_if_there", late)
    files.write_bytes(tmp_path / "a", b"whole")
    assert swept == [1]
    assert (tmp_path / "a").read_bytes() == b"whole"


def test_a_lock_that_is_held_too_long_is_one_line(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from mapper import files\n"
        "with files.locked(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    path = tmp_path / "places.csv"
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        in_use = pytest.raises(OutputError, match=r"places\.csv is in use by another process")
        with in_use, files.locked(path, seconds=0.05):
            pass
        holder.kill()
        holder.wait()
    with files.locked(path):
        assert path.with_name("places.csv.lock").exists()


def test_the_lock_is_let_go_when_the_block_fails(tmp_path: Path) -> None:
    with pytest.raises(KeyError), files.locked(tmp_path / "a"):
        raise KeyError
    with files.locked(tmp_path / "a"):
        pass
