"""Which addresses the crawler may connect to."""

import socket

import pytest

from bot.sources.guard import AddressRefused, is_public, public_socket


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_are_allowed(address):
    """Also where IPv6 carries a public IPv4 address."""
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1",
     "169.254.169.254", "224.0.0.1", "255.255.255.255", "198.18.0.1", "::", "::1", "::127.0.0.1",
     "::ffff:127.0.0.1", "::ffff:169.254.169.254", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254",
     "ff02::1", "2002:7f00:1::", "64:ff9b::7f00:1", "words", ""],
)  # fmt: skip
def test_every_other_address_is_refused(address):
    """Loopback, private, shared, link-local, metadata, multicast, and IPv4 in the disguises of IPv6."""
    assert not is_public(address)


def test_no_socket_is_made_for_a_refused_address():
    """The refusal comes before any packet."""
    with pytest.raises(AddressRefused):
        public_socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80)))
    public_socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 80))).close()
