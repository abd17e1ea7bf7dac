"""Which addresses may be asked: http and https only, and only hosts that resolve to public networks.

The names a site links to are not ours to trust: they may lead into the network the harvest runs in. A name is resolved
once, every address it has is judged, and the connection goes to the address that was judged, so that a name cannot
change its mind in between. Does not belong here: requests (``client``).
"""

import ipaddress
import socket
from collections.abc import Callable, Collection
from urllib.parse import urlsplit

Resolve = Callable[[str, int], list[str]]
"""Host and port to IP addresses."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class RefusedAddressError(ValueError):
    """An address that must not be asked; the message says why."""


def resolve(host: str, port: int) -> list[str]:
    """Ask the system for the addresses of a host. Raises ``OSError`` if it has none."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def check_url(url: str) -> None:
    """Raise ``RefusedAddressError`` unless a URL is plain http or https with a host."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise RefusedAddressError(f"{url!r} is no address: {error}") from error
    if parts.scheme not in ("http", "https"):
        raise RefusedAddressError(f"{url!r} is neither http nor https")
    if not host:
        raise RefusedAddressError(f"{url!r} names no host")
    if parts.username is not None or parts.password is not None:
        raise RefusedAddressError(f"{url!r} carries a name or password")


def checked_address(host: str, port: int, private_hosts: Collection[str], resolve: Resolve = resolve) -> str:
    """Return the IP address to connect to.

    Raises:
        RefusedAddressError: one of the host's addresses is not public, and the host is not among ``private_hosts``.
        OSError: the host has no address.
    """
    found = resolve(host, port)
    if not found:
        raise OSError(f"{host} has no address")
    if host not in private_hosts:
        inner = [address for address in found if not is_public(address)]
        if inner:
            raise RefusedAddressError(f"{host} is {inner[0]}, which is no public address (see `private_hosts`)")
    return found[0]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also where it wraps another one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            wrapped = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(str(wrapped))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved
