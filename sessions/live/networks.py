"""Groups addresses: what counts as one client address for rate limits."""

from __future__ import annotations

import ipaddress


def address_of(text: str) -> str:
    """Return what counts as one address: one of IPv4, or the /64 of IPv6 that one customer has. Empty: no address."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
