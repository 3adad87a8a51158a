"""Which addresses may be asked on behalf of somebody in Slack: the public internet's, and no others."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.public_addresses import GLOBAL_UNICAST, SPECIAL_RANGES, is_public

# The registries' special-purpose blocks, and what an IPv4 address can hide in.
SPECIAL_BLOCKS = (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
    "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
    "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
    "::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64",
    "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10",
    "fec0::/10", "ff00::/8",
)  # fmt: skip


@pytest.mark.parametrize("block", SPECIAL_BLOCKS)
def test_nothing_in_a_special_block_is_public(block: str) -> None:
    """Its first, its last and a middle address are all refused."""
    network = ipaddress.ip_network(block)
    for position in {0, network.num_addresses // 2, network.num_addresses - 1}:
        assert not is_public(network[position])


@given(st.sampled_from(SPECIAL_BLOCKS).map(ipaddress.ip_network).flatmap(lambda net: st.ip_addresses(network=net)))
def test_any_address_in_a_special_block_is_refused(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    """Wherever in the block it lies."""
    assert not is_public(address)


@given(st.ip_addresses())
def test_what_is_public_is_global_and_in_no_special_range(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    """No address is let through that Python or a registry calls special."""
    if is_public(address):
        assert address.is_global
        assert not address.is_multicast
        assert not any(address in network for network in SPECIAL_RANGES)
        assert address.version == 4 or address in GLOBAL_UNICAST


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "168.63.129.17", "2606:4700::1111", "2a00:1450:4001::1"])
def test_ordinary_addresses_are_public(address: str) -> None:
    """The websites that people name stay within reach."""
    assert is_public(ipaddress.ip_address(address))
