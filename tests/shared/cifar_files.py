"""Small archives as ``keras.datasets.cifar10`` and ``cifar100`` load them, made by Python 2."""

import io
import struct
import tarfile
from collections.abc import Mapping, Sequence
from pathlib import Path

IMAGE = 3 * 32 * 32
TEN = {**{f"data_batch_{n}": 2 for n in range(1, 6)}, "test_batch": 3}
HUNDRED = {"train": 4, "test": 2}


def images(name: str, count: int) -> bytes:
    """Make images (count, 3, 32, 32) of which no two are alike."""
    seed = sum(name.encode())
    return bytes((seed + 7 * number + at) % 256 for number in range(count) for at in range(IMAGE))


def labels(name: str, count: int) -> list[int]:
    """Make so many labels from 0 to 9."""
    return [(len(name) + 3 * number) % 10 for number in range(count)]


def pickled(entries: Mapping[str, Sequence[int] | bytes | str]) -> bytes:
    """Pickle a table as Python 2 did; bytes are an array of images of as many bytes each."""
    told = b"".join(_text(name) + _value(value) for name, value in entries.items())
    return b"\x80\x02}(" + told + b"u."


def _text(value: str) -> bytes:
    return b"U" + bytes([len(value)]) + value.encode()


def _value(value: Sequence[int] | bytes | str) -> bytes:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bytes):
        return _array(value)
    return b"](" + b"".join(b"K" + bytes([each]) for each in value) + b"e"


def _array(content: bytes) -> bytes:
    made = b"cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85U\x01b\x87R"
    shape = b"M" + struct.pack("<H", len(content) // IMAGE) + b"M" + struct.pack("<H", IMAGE)
    none = b"J\xff\xff\xff\xff"
    kind = b"cnumpy\ndtype\n(U\x02u1K\x00K\x01tR(K\x03U\x01|NNN" + none + none + b"K\x00tb"
    text = b"T" + struct.pack("<i", len(content)) + content
    return made + b"(K\x01" + shape + b"\x86" + kind + b"I00\n" + text + b"tb"


def archive(path: Path, folder: str, files: Mapping[str, bytes]) -> Path:
    """Pack files as the archive has them."""
    with tarfile.open(path, "w:gz") as file:
        for name, content in files.items():
            member = tarfile.TarInfo(f"{folder}/{name}")
            member.size = len(content)
            file.addfile(member, io.BytesIO(content))
    return path


def ten(path: Path) -> Path:
    """Write an archive of ``cifar10``."""
    files = {
        name: pickled(
            {
                "batch_label": f"{name} of 5",
                "labels": labels(name, count),
                "data": images(name, count),
                "filenames": "none",
            }
        )
        for name, count in TEN.items()
    }
    return archive(path, "cifar-10-batches-py", files | {"batches.meta": b"meta"})


def hundred(path: Path) -> Path:
    """Write an archive of ``cifar100``, in which coarse labels come first."""
    files = {
        name: pickled(
            {
                "data": images(name, count),
                "coarse_labels": [0] * count,
                "fine_labels": labels(name, count),
            }
        )
        for name, count in HUNDRED.items()
    }
    return archive(path, "cifar-100-python", files)
