"""Whether a Ray cluster is safe to use: who can reach it, and whether it asks them for a token.

Anyone who gets an answer from a Ray cluster can run programs on it, so what Ray promises is not trusted but tried.
"""

import ipaddress
import os
import subprocess
import sys
from typing import Any

import psutil

from pipelines.engines import EngineError

Place = tuple[str, int]
"""Address and port."""

_PROBE = """
import sys
from ray._raylet import GcsClient
from ray.exceptions import AuthenticationError
try:
    GcsClient(address=sys.argv[1]).internal_kv_keys(b"", None, timeout=10)
    print("answered")
except AuthenticationError:
    print("refused")
"""
_PROBE_SECONDS = 60


def require_token(ray: Any) -> None:
    """Raise ``EngineError`` unless the connected cluster refuses a stranger who has no token."""
    answer = ask_without_token(ray.get_runtime_context().gcs_address)
    if answer != "refused":
        raise EngineError(
            f"Ray {ray.__version__} is not safe to use: asked without a token, it {answer or 'said nothing'} and did "
            "not refuse. Start every node with RAY_AUTH_MODE=token, and give this process the token by RAY_AUTH_TOKEN "
            "or RAY_AUTH_TOKEN_PATH"
        )


def ask_without_token(address: str) -> str:
    """What a cluster does when a process without token asks it something: ``refused``, ``answered``, or nothing."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RAY_AUTH")}
    environment |= {"RAY_AUTH_MODE": "disabled", "HOME": os.devnull}
    try:
        done = subprocess.run(
            [sys.executable, "-c", _PROBE, address],
            env=environment,
            capture_output=True,
            text=True,
            timeout=_PROBE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.strip().rpartition("\n")[2]


def require_loopback(places: set[Place]) -> None:
    """Raise ``EngineError`` if one of these is reached by other machines."""
    outside = sorted(f"{address}:{port}" for address, port in places if not is_loopback(address))
    if outside:
        raise EngineError(f"Ray is not safe to use: it listens to other machines, at {', '.join(outside)}")


def is_loopback(address: str) -> bool:
    """Whether only this machine reaches an address; an IPv4 address may be written as one of IPv6."""
    parsed = ipaddress.ip_address(address)
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    return (mapped or parsed).is_loopback


def listening() -> set[Place]:
    """Where this process and all its children listen."""
    places: set[Place] = set()
    for process in [psutil.Process(), *psutil.Process().children(recursive=True)]:
        try:
            found = process.net_connections(kind="tcp")
        except psutil.Error:  # it has ended
            continue
        places |= {(each.laddr.ip, each.laddr.port) for each in found if each.status == psutil.CONN_LISTEN}
    return places
