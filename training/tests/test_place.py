"""Exporting touches what is ours, and the old package stays until the new one is whole."""

import hashlib
import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import training.export as exporting
from test_package import ARCH, export, tokenizer, untrained
from training.package import Package, PackageError
from training.place import beside, check_place


@pytest.fixture
def built(tmp_path):
    return untrained(ARCH, tmp_path)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_lies_beside_the_package_is_not_touched(built, tmp_path):
    shards = tmp_path / "models" / "shards"
    (shards / "raw").mkdir(parents=True)
    theirs = {shards / "train-000.tar": b"a", shards / "raw" / "x.bin": b"b", shards / "0123456789abcdef.bin": b"c",
              tmp_path / "models" / "index.html": b"d"}
    for path, data in theirs.items():
        path.write_bytes(data)
    export(built)
    export((built[0], built[1] | {"common_words": 40}, *built[2:]))  # another embeddings' shard
    assert {path: path.read_bytes() for path in theirs} == theirs
    assert sorted(path.name for path in (tmp_path / "models").iterdir()) == ["index.html", "shards", "t"]
    Package(built[3])


def test_what_a_package_no_longer_names_goes_unless_another_does(built, tmp_path):
    model, recipe, dev, folder = built
    export(built)
    shards = folder.parent / "shards"
    first = {path.name for path in shards.iterdir()}
    export((model, recipe, dev, folder.parent / "twin"))
    export((model, recipe | {"common_words": 40}, dev, folder))
    assert first < {path.name for path in shards.iterdir()}, "the twin names the old embeddings"
    export((model, recipe | {"common_words": 40}, dev, folder.parent / "twin"))
    gone = first - {path.name for path in shards.iterdir()}
    assert len(gone) == 1
    Package(folder)
    Package(folder.parent / "twin")


def test_what_is_not_what_its_name_says_is_none_of_ours(built):
    model, recipe, dev, folder = built
    export(built)
    embeddings = folder / json.loads((folder / "manifest.json").read_text())["embeddings"]["file"]
    embeddings.write_bytes(b"theirs")
    export((model, recipe | {"common_words": 40}, dev, folder))
    assert embeddings.read_bytes() == b"theirs"


def test_a_package_that_fails_leaves_the_one_before(built, monkeypatch):
    export(built)
    before = files(built[3].parent)
    monkeypatch.setattr(exporting, "check_package", lambda *_: (_ for _ in ()).throw(PackageError("wrong")))
    with pytest.raises(PackageError, match="wrong"):
        export((built[0], built[1] | {"common_words": 40}, *built[2:]))
    assert files(built[3].parent) == before
    Package(built[3])


def test_a_place_that_cannot_be_taken_leaves_the_package_before(built, monkeypatch):
    export(built)
    before, real = files(built[3]), Path.rename

    def rename(path, target):
        if Path(target) == built[3] and path.name == "new":
            raise PermissionError("in use")
        return real(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(PermissionError):
        export((built[0], built[1] | {"common_words": 40}, *built[2:]))
    assert files(built[3]) == before
    Package(built[3])


def test_hidden_files_stay_in_the_folder(built):
    export(built)
    (built[3] / ".DS_Store").write_bytes(b"x")
    export(built)
    assert (built[3] / ".DS_Store").read_bytes() == b"x"
    Package(built[3])


def test_two_exports_into_one_parent_keep_what_both_need(built):
    """The first replaces a package by another of other embeddings, while the second, not yet named by a
    manifest, needs those that it lets go of."""
    model, recipe, dev, folder = built
    export(built)
    with beside(folder.parent / "second") as place:
        exporting.write(model, tokenizer(), recipe, {}, {}, dev, place)
        export((model, recipe | {"common_words": 40}, dev, folder))
    Package(folder)
    Package(folder.parent / "second")


WRITES = """
import json, os, signal, sys
from pathlib import Path
import training.place as place

folder, shard, content, at = Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
rename, settle = Path.rename, place.settle
kill = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
Path.rename = lambda path, target: kill() if path.name == at else rename(path, target)
place.settle = lambda *both: kill() if at == "settling" else settle(*both)
with place.beside(folder) as new:
    (new.parent / "shards" / shard).write_text(content)
    if at == "writing":
        kill()
    (new / "manifest.json").write_text(json.dumps({"format": "fastbert-web/2", "layers": [{"file": f"../shards/{shard}"}]}))
    if at == "waiting":
        print("writes", flush=True)
        sys.stdin.read()
"""


def writing(folder: Path, content: str, at: str) -> subprocess.Popen:
    """A process that puts a package of one shard into `folder`, and is killed, or waits, at some point."""
    shard = hashlib.sha256(content.encode()).hexdigest()[:16] + ".bin"
    return subprocess.Popen([sys.executable, "-c", WRITES, folder, shard, content, at], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


@pytest.mark.parametrize(("at", "stays"), [("writing", True), ("mine", True), ("new", True), ("settling", False)])
@pytest.mark.parametrize("first", [True, False])
def test_what_a_killed_process_left_is_cleared_away_by_the_next_of_its_name(tmp_path, at, stays, first):
    """Killed while it writes, before the old package makes way, between the two renames, and after them."""
    folder = tmp_path / "mine"
    assert writing(tmp_path / "mine-2", "twin", "").wait() == 0
    if not first:
        assert writing(folder, "old", "").wait() == 0
        (folder / ".DS_Store").write_bytes(b"theirs")
    before = files(tmp_path)
    killed = -signal.SIGKILL if (at, first) != ("mine", True) else 0  # at the first there is none to make way
    assert writing(folder, "new", at).wait() == killed
    if killed:
        assert list(tmp_path.glob(".fastbert-web-mine-*"))
    check_place(tmp_path / "mine-2")
    check_place(folder)
    if stays and killed:
        assert files(tmp_path) == before
    else:
        new = hashlib.sha256(b"new").hexdigest()[:16]
        assert new in (folder / "manifest.json").read_text() and (tmp_path / "shards" / f"{new}.bin").exists()
        assert len(files(tmp_path)) == len(before) + (2 if first else 0)
        assert first or (folder / ".DS_Store").read_bytes() == b"theirs"
    assert not list(tmp_path.glob(".*"))


def test_what_another_process_is_writing_is_left_alone(tmp_path):
    folder = tmp_path / "mine"
    other = writing(folder, "new", "waiting")
    assert other.stdout.readline() == b"writes\n"
    check_place(folder)
    assert len(list(tmp_path.glob(".fastbert-web-mine-*/new/manifest.json"))) == 1
    other.communicate()
    assert other.returncode == 0 and (folder / "manifest.json").exists() and not list(tmp_path.glob(".*"))


def test_hidden_folders_of_others_are_left_alone(tmp_path):
    theirs = [tmp_path / name for name in (".fastbert-web-mine-settings", ".fastbert-web-mine-2-abcdefgh", ".mine-abcdefgh")]
    for path in theirs:
        path.mkdir()
        (path / "app.json").write_text("{}")
    check_place(tmp_path / "mine")
    assert all((path / "app.json").exists() for path in theirs)


@pytest.mark.parametrize(
    ("name", "content"),
    [("manifest.json", '{"name": "My app", "icons": []}'), ("manifest.json", "no JSON"), ("README.md", "# Mine"), ("config.json", "{}")],
)
def test_a_folder_of_something_else_is_refused(tmp_path, name, content):
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / name).write_text(content)
    with pytest.raises(ValueError, match=rf"holds what is no package of ours \({name}\); give the package a folder of its own"):
        check_place(tmp_path / "public")
    assert files(tmp_path) == {f"public/{name}": content.encode()}


def test_a_package_with_something_of_theirs_in_it_is_refused(built):
    export(built)
    check_place(built[3])
    (built[3] / "notes.txt").write_text("mine")
    with pytest.raises(ValueError, match=r"\(notes\.txt\)"):
        check_place(built[3])


@pytest.mark.parametrize("place", [".", "..", "/", "models/shards", "file", "file/task", "/proc/task", "link"])
def test_a_place_for_no_package_is_refused(tmp_path, monkeypatch, place):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path, target_is_directory=True)
    with pytest.raises(ValueError, match=f"^{re.escape(place)}"):
        check_place(Path(place))


@pytest.mark.parametrize("place", ["new/parent/task", "empty"])
def test_a_place_of_its_own_will_do(tmp_path, place):
    (tmp_path / "empty").mkdir()
    check_place(tmp_path / place)
    assert files(tmp_path) == {} and not list(tmp_path.rglob("shards"))


def test_shards_that_is_a_file_is_found_out_first(tmp_path):
    (tmp_path / "shards").write_text("theirs")
    with pytest.raises(ValueError, match="nothing can be written there"):
        check_place(tmp_path / "task")
