"""Which addresses may be connected to: the public ones, and those that feeds.toml allows.

A feed is written by outsiders, and so is where it redirects to and what its names resolve to. So the address is
judged where the socket is made, for every connection: no answer of a name server comes after that.
"""

import errno
import socket
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

# Where an IPv4 address hides in an IPv6 one (RFC 6052): its last four bytes are connected to in the end.
NAT64 = IPv6Network("64:ff9b::/96")


def public(address: IPv4Address | IPv6Address) -> bool:
    """Whether anybody on the internet has this address: not loopback, private, link-local, multicast or reserved.

    >>> [public(ip_address(each)) for each in ("9.9.9.9", "169.254.169.254", "::ffff:127.0.0.1", "64:ff9b::a00:1")]
    [True, False, False, False]
    """
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
        if address in NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner:
            return public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def sockets(allowed: Iterable[str]) -> Callable[[Any], socket.socket]:
    """A maker of sockets for aiohttp's connector, which raises PermissionError (EACCES) instead of reaching inwards."""
    networks = [ip_network(each) for each in allowed]

    def make(info: tuple[Any, ...]) -> socket.socket:
        family, kind, protocol, _, address = info
        there = ip_address(address[0].partition("%")[0])
        if not public(there) and not any(there in network for network in networks):
            raise PermissionError(
                errno.EACCES, f"{there} is not a public address; `allow` in feeds.toml can name its network"
            )
        made = socket.socket(family, kind, protocol)
        made.setblocking(False)
        return made

    return make
