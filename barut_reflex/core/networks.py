"""IP addresses for rate limits: one key per subscriber; whether a network is known to be shared."""

import ipaddress

from .settings import settings


def network_of(address: str) -> str:
    """The key of one subscriber: the IPv4 address, or the /64 network of an IPv6 address."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((ip, 64), strict=False)) if ip.version == 6 else str(ip)


def is_known_network(address: str) -> bool:
    """Whether the address is in `BARUT_KNOWN_NETWORKS`: networks that many honest people share."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(ip in network for network in settings.known_networks)
