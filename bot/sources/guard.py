"""Which addresses the crawler may connect to: public ones only, unless the operator allows others.

The check stands where a socket is made, after DNS and for each connection anew, so that neither a
literal address, nor a redirect, nor a name that changes its answer (rebinding) gets around it.
"""

import errno
import socket
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from aiohttp.connector import AddrInfoType

#: IPv6 networks whose last 32 bits are an IPv4 address (RFC 4291 §2.5.5.1, RFC 6052).
_CARRY_IPV4 = (IPv6Network("::/96"), IPv6Network("64:ff9b::/96"))


class AddressRefused(OSError):
    """The address is not public; the same text for each, so that one of several is not singled out."""

    def __init__(self) -> None:
        super().__init__(errno.EACCES, "the address is not public")


def is_public(address: str) -> bool:
    """Whether a literal address, and any IPv4 address carried inside it, belongs to the open internet."""
    try:
        found = list(_with_embedded(ip_address(address.partition("%")[0])))
    except ValueError:
        return False
    return all(one.is_global and not one.is_multicast for one in found)


def _with_embedded(address: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    if isinstance(address, IPv4Address):
        yield address
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
        return
    yield address
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if any(address in network for network in _CARRY_IPV4):
        yield IPv4Address(int(address) & 0xFFFFFFFF)


def public_socket(info: AddrInfoType) -> socket.socket:
    """A socket for a public address. Raises AddressRefused for any other."""
    family, kind, protocol, _, address = info
    if not is_public(str(address[0])):
        raise AddressRefused
    return socket.socket(family, kind, protocol)
