"""The inside of a sandbox worker: receive a task, do the work, send back a result or the reason there is none.

Imports as little as possible, because every new worker pays for it.
"""

import contextlib
import os
import pickle
import signal
import threading
import traceback
from collections.abc import Callable
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from typing import Any

Message = tuple[str, Any]
"""``ready`` and ``begun`` (nothing), ``result`` (the result), ``failed`` or ``unusable`` (the fields of a Failure)."""


def loads(data: bytes) -> Message:
    """Return a message from its bytes."""
    message: Message = pickle.loads(data)
    return message


def serve(connection: Connection, pickled_work: bytes, address_space: int | None) -> None:
    """Work until the parent closes the connection or dies; interrupts from the keyboard are the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    _limit(address_space)
    try:
        work = pickle.loads(pickled_work)
    except Exception as error:  # importing the module of the work can raise anything
        _refuse(connection, error)
        return
    _send(connection, ("ready", None))
    while (data := _received(connection)) is not None:
        _send(connection, ("begun", None))
        _send(connection, _answer(work, data))


def _refuse(connection: Connection, error: Exception) -> None:
    message = f"the work cannot be imported: {error}"
    _send(connection, ("unusable", ("error", message, type(error).__name__, traceback.format_exc())))


def _received(connection: Connection) -> bytes | None:
    try:
        return connection.recv_bytes()
    except (EOFError, OSError):
        return None


def _answer(work: Callable[[Any], Any], data: bytes) -> Message:
    try:
        return "result", work(pickle.loads(data))
    except MemoryError:
        return "failed", ("memory", "ran out of memory", "MemoryError", traceback.format_exc())
    except Exception as error:  # the work may raise anything; each task gets its outcome
        return "failed", _described(error)
    except SystemExit as error:
        return "failed", _described(error)


def _described(error: BaseException) -> tuple[str, str, str, str]:
    message = str(error) or type(error).__name__
    return "error", message, type(error).__name__, traceback.format_exc()


def _send(connection: Connection, message: Message) -> None:
    try:
        data = bytes(ForkingPickler.dumps(message))
    except Exception as error:  # a result may hold anything
        described = _described(error)
        data = bytes(ForkingPickler.dumps(("failed", ("error", f"the result cannot be sent: {error}", *described[2:]))))
    with contextlib.suppress(OSError):
        connection.send_bytes(data)


def _limit(address_space: int | None) -> None:
    """Set the limits that the system knows; Windows knows none, and macOS ignores RLIMIT_AS."""
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if address_space is not None:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (address_space, address_space))


def _die_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
