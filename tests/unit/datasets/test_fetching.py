"""Splits that are fetched by their hash, from a server of the test's own."""

import hashlib
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import splitting

from grader.datasets import Arrays, ClassFolders, Dataset, Fetched, KerasData, Split
from grader.datasets.places import obtained_at
from grader.errors import DatasetError
from grader.images import Images


@dataclass
class Server:
    """A server of files, which can break off."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    breaks_at: int | None = None
    asked: list[tuple[str, str | None]] = field(default_factory=list)

    def offer(self, name: str, path: Path, inside: str = "") -> Fetched:
        """Offer a file and return how it is fetched."""
        self.files[f"/{name}"] = path.read_bytes()
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        return Fetched(f"{self.url}/{name}", digest, inside)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    made = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = self.headers.get("Range")
            made.asked.append((self.path, asked))
            content = made.files.get(self.path)
            if content is None:
                self.send_error(404)
                return
            start = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
            self.send_response(206 if asked else 200)
            self.send_header("Content-Length", str(len(content) - start))
            self.end_headers()
            self.wfile.write(content[start : made.breaks_at])

        def log_message(self, *_: object) -> None:
            pass

    monkeypatch.setenv("GRADER_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        made.url = f"http://127.0.0.1:{listening.server_port}"
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
        thread.start()
        yield made
        listening.shutdown()
        thread.join()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Pack two splits of class folders, as courses offer them."""
    for name in ("train", "validation"):
        splitting.class_folders(tmp_path / "packed" / "cats" / name, 2)
    return Path(shutil.make_archive(str(tmp_path / "cats"), "zip", tmp_path / "packed"))


def divided(*splits: Split) -> Dataset:
    return Dataset("colours", "colours", splitting.CLASSES, splits=splits)


def test_a_file_is_fetched_when_it_is_first_needed(server: Server, tmp_path: Path) -> None:
    fetched = server.offer("test.npz", splitting.npz(tmp_path / "test.npz", 5))
    dataset = divided(Arrays("test", tmp_path / "author" / "test.npz", fetched=fetched))
    assert Images.of(dataset, None).counts == {"test": (5, 0)}


def test_one_archive_is_fetched_once_for_two_splits(
    server: Server, archive: Path, tmp_path: Path
) -> None:
    dataset = divided(
        *(
            ClassFolders(name, tmp_path / name, fetched=server.offer("c.zip", archive, inside))
            for name, inside in (("train", "cats/train"), ("validation", "cats/validation"))
        )
    )
    assert (Images.of(dataset, None).count, len(server.asked)) == (4, 1)


@pytest.mark.parametrize("kind", ["gztar", "tar", "bztar"])
def test_archives_of_other_kinds_are_unpacked(server: Server, kind: str, tmp_path: Path) -> None:
    splitting.class_folders(tmp_path / "packed", 2)
    packed = Path(shutil.make_archive(str(tmp_path / "a"), kind, tmp_path / "packed"))
    split = ClassFolders("train", tmp_path / "train", fetched=server.offer(packed.name, packed))
    [known] = divided(split).splits
    known.fetch(known.place)
    assert known.counts(known.place) == (4, 2)


def test_what_keras_loads_is_not_unpacked(server: Server, archive: Path, tmp_path: Path) -> None:
    split = KerasData("cifar10", tmp_path / "c.tar.gz", fetched=server.offer("c.tar.gz", archive))
    split.fetch(split.place)
    assert split.place.read_bytes() == archive.read_bytes()


def test_what_is_there_is_not_fetched(server: Server, tmp_path: Path) -> None:
    place = splitting.npz(tmp_path / "test.npz", 5)
    split = Arrays("test", place, fetched=server.offer("test.npz", place))
    split.fetch(place)
    assert server.asked == []


def test_a_download_that_broke_off_goes_on(server: Server, tmp_path: Path) -> None:
    source = splitting.npz(tmp_path / "source.npz", 2000)
    split = Arrays("test", tmp_path / "test.npz", fetched=server.offer("t.npz", source))
    server.breaks_at = 200_000
    with pytest.raises(DatasetError, match="what has arrived is kept"):
        split.fetch(split.place)
    server.breaks_at = None
    split.fetch(split.place)
    assert [asked is None for _, asked in server.asked] == [True, False]
    assert split.place.read_bytes() == source.read_bytes()


def test_another_file_than_was_meant_is_refused(server: Server, tmp_path: Path) -> None:
    fetched = server.offer("test.npz", splitting.npz(tmp_path / "test.npz", 5))
    server.files["/test.npz"] = b"<html>Log in</html>"
    split = Arrays("test", tmp_path / "author.npz", fetched=fetched)
    with pytest.raises(DatasetError, match=f"expected a file with the sha256 {fetched.sha256}"):
        split.fetch(split.place)
    assert not split.place.exists()


def test_without_a_network_it_is_said_where_to_put_the_file(tmp_path: Path, server: Server) -> None:
    source = splitting.npz(tmp_path / "source.npz", 5)
    fetched = server.offer("gone.npz", source)
    server.files.clear()
    split = Arrays("test", tmp_path / "test.npz", fetched=fetched)
    with pytest.raises(DatasetError) as caught:
        split.fetch(split.place)
    told = str(caught.value)
    assert told.startswith(f"{fetched.url} could not be fetched (HTTPError: 404")
    assert told.endswith(f"put it there: {fetched.kept_at}")
    shutil.copyfile(source, fetched.kept_at)
    split.fetch(split.place)
    assert split.place.read_bytes() == source.read_bytes()


def test_nobody_who_listens_is_told_as_well(tmp_path: Path, server: Server) -> None:
    fetched = Fetched("http://127.0.0.1:1/test.npz", "0" * 64)
    split = Arrays("test", tmp_path / "test.npz", fetched=fetched)
    with pytest.raises(DatasetError, match=r"could not be fetched \(ConnectionError"):
        split.fetch(split.place)
    assert server.asked == []


@pytest.mark.parametrize(
    ("inside", "told"),
    [("dogs", "expected dogs in it, found cats. Mend inside="),
     ("cats", "cannot serve: expected no other sub-folder, found train/")],
)  # fmt: skip
def test_another_archive_than_was_meant_is_told(
    server: Server, archive: Path, tmp_path: Path, inside: str, told: str
) -> None:
    fetched = server.offer("cats.zip", archive, inside)
    [split] = divided(ClassFolders("train", tmp_path / "train", fetched=fetched)).splits
    with pytest.raises(DatasetError) as caught:
        split.fetch(split.place)
    assert told in str(caught.value)
    assert not split.place.exists()


def test_a_folder_is_fetched_as_an_archive(server: Server, tmp_path: Path) -> None:
    fetched = server.offer("images", splitting.npz(tmp_path / "a.npz", 2))
    split = ClassFolders("train", tmp_path / "train", fetched=fetched)
    with pytest.raises(DatasetError, match="expected an archive of a folder"):
        split.fetch(split.place)


def test_a_split_is_drawn_when_it_is_first_needed(tmp_path: Path) -> None:
    drawn = Arrays(
        "test", tmp_path / "new" / "test.npz", draw=lambda: iter(splitting.items(3).items())
    )
    dataset = divided(drawn)
    place = obtained_at(dataset, dataset.splits[0])
    assert drawn.digest(place) == drawn.digest(splitting.npz(tmp_path / "same.npz", 3))


@pytest.mark.parametrize("name", ["test.h5", "test.npz"])
def test_arrays_that_come_out_otherwise_are_not_kept(tmp_path: Path, name: str) -> None:
    place, record = tmp_path / name, tmp_path / "test.json"
    count = iter((3, 4))
    split = Arrays("test", place, record=record,
                   draw=lambda: iter(splitting.items(next(count)).items()))  # fmt: skip
    split.make(place)
    split.write_record(place)
    place.unlink()
    with pytest.raises(DatasetError, match="arrays drawn here differ from those of"):
        split.make(place)
    assert not place.exists()
