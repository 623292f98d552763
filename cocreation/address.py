"""By which address phones on the same network reach this machine."""

from __future__ import annotations

import ipaddress
import socket

# Addresses set aside for documentation (RFC 5737, RFC 3849): nothing is sent, the system only says
# from which of its own addresses it would send.
ELSEWHERE = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))


def lan_address() -> str | None:
    """Return this machine's own address in its network, or None when it is in none."""
    for family, target in ELSEWHERE:
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((target, 9))
                found: str = probe.getsockname()[0]
        except OSError:
            continue
        if _is_reachable(found):
            return found
    return _by_name()


def _by_name() -> str | None:
    """A network without a way out still gives the machine an address."""
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    except OSError:
        return None
    return min((str(address) for address in found if _is_reachable(str(address))), default=None)


def _is_reachable(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    return not (address.is_loopback or address.is_unspecified or address.is_link_local)


def public_url(port: int) -> tuple[str, bool]:
    """Return the address to print in codes, and whether it reaches beyond this machine."""
    address = lan_address()
    if address is None:
        return f"http://localhost:{port}", False
    return f"http://[{address}]:{port}" if ":" in address else f"http://{address}:{port}", True
