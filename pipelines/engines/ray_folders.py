"""The folders in which Ray clusters of single loads keep sockets and logs, and those that killed loads left behind.

A folder is locked by the process that started the cluster, as long as it lives; the lock goes with the process, however
it ends. So one that nobody holds, and that no process of Ray names on its command line, is needed by nobody. Does not
belong here: starting Ray (``ray_cluster``), removing what was left (``pipelines.operations``).
"""

import fcntl
import os
import tempfile
import time
from pathlib import Path

import psutil

PREFIX = "duizhang-ray-"
YOUNG_SECONDS = 60
"""A folder this young may be about to be locked."""
_held: dict[Path, int] = {}


def own_folder() -> Path:
    """Make a folder for a cluster of this process, and hold it. Sockets need a short path."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    _held[folder] = handle
    return folder


def release(folder: Path) -> None:
    """Hold a folder no more."""
    if (handle := _held.pop(folder, None)) is not None:
        os.close(handle)


def left_folders() -> list[Path]:
    """The folders of this user that no living process owns, sorted."""
    found = sorted(Path(tempfile.gettempdir()).glob(f"{PREFIX}*"))
    return [folder for folder in found if _is_own(folder) and not _is_held(folder) and not _is_named(folder)]


def _is_own(folder: Path) -> bool:
    """Whether it is a folder of this user, and old enough to be judged."""
    try:
        about = folder.lstat()
    except OSError:
        return False
    is_young = time.time() - about.st_mtime < YOUNG_SECONDS
    return folder.is_dir() and not folder.is_symlink() and about.st_uid == os.getuid() and not is_young


def _is_held(folder: Path) -> bool:
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:  # gone
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


def _is_named(folder: Path) -> bool:
    """Whether a process was started with this folder: Ray's own, which may outlive the load for a moment."""
    return any(str(folder) in word for each in psutil.process_iter(["cmdline"]) for word in each.info["cmdline"] or ())
