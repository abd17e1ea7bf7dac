"""Writing a file or a folder so that a reader sees all of it or nothing, whenever the process is killed.

A half-written thing has a name that starts with ``.`` and ends with ``.tmp``; :func:`remove_leftovers` finds it.
"""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file all or nothing, replacing what stood there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _becoming(path) as temporary:
        temporary.write_bytes(content)


def write_frame(path: Path, frame: pl.DataFrame) -> None:
    """Write a Parquet file all or nothing, replacing what stood there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _becoming(path) as temporary:
        frame.write_parquet(temporary, compression="zstd")


def copy(source: Path, path: Path) -> None:
    """Copy a file all or nothing, replacing what stood there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _becoming(path) as temporary:
        shutil.copyfile(source, temporary)


@contextmanager
def _becoming(path: Path) -> Iterator[Path]:
    """Yield a path to write to, which takes the place of ``path`` in the end, and is gone if that fails: disks fill."""
    temporary = _temporary(path)
    try:
        yield temporary
        sync(temporary)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_folder(folder: Path, fill: Callable[[Path], None]) -> bool:
    """Make a folder all or nothing: ``fill`` writes files into a temporary one, which is then renamed.

    Returns:
        True if this call made it; False if it was there already (then it is left as it is).
    """
    if folder.is_dir():
        return False
    temporary = _temporary(folder)
    temporary.mkdir(parents=True)
    try:
        fill(temporary)
        for file in temporary.iterdir():
            sync(file)
        temporary.rename(folder)
    except BaseException as error:
        shutil.rmtree(temporary, ignore_errors=True)
        if isinstance(error, OSError) and folder.is_dir():  # another process was faster
            return False
        raise
    return True


def remove_folder(folder: Path) -> None:
    """Remove a folder at once: nobody sees half of it. Does nothing if it is not there."""
    if folder.is_dir():
        shutil.rmtree(folder.rename(_temporary(folder)))


def sync(path: Path) -> None:
    """Ask the operating system to put a file or folder on disk now."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_leftovers(folder: Path) -> int:
    """Remove what killed processes left half-written up to two folders down; return how many things that were."""
    leftovers = [path for depth in ("", "*/", "*/*/") for path in folder.glob(f"{depth}.*.tmp")]
    for path in leftovers:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(leftovers)


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name}.{uuid.uuid4().hex}.tmp")
