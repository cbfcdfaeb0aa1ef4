"""Which addresses of the internet may be asked for a calendar: public ones, however written.

A coordinator may paste any address. What reaches into the machine or its network can be written
in many ways, most of them IPv6 around IPv4, so of IPv6 only what is known to be public passes.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import httpx

from bot.events.ical.problems import CalendarProblemError

LONGEST_ADDRESS = 500
_GLOBAL = IPv6Network("2000::/3")
# Within it, what stands for an IPv4 address: 6to4 and Teredo; and what is for examples only.
_NOT_GLOBAL = (IPv6Network("2002::/16"), IPv6Network("2001::/32"), IPv6Network("3fff::/20"))
# A provider without IPv4 writes every public IPv4 address so.
_TRANSLATED = IPv6Network("64:ff9b::/96")
# Once the nearest gateway to IPv6; what answers there today is anybody.
_RELAY = IPv4Network("192.88.99.0/24")
# Names that no server of the internet has.
_INWARD = (".localhost", ".local", ".internal", ".lan", ".home.arpa")
# The end of an address that a tunnel of a local network makes of an IPv4 address.
_ISATAP = (0x00005EFE, 0x02005EFE)


def tidy_address(text: str, *, anywhere: bool) -> str:
    """Return the address of a calendar as it will be asked. Raises CalendarProblemError.

    `anywhere` allows http and every port, for the demo and the tests.
    """
    text = text.strip()
    if text.lower().startswith("webcal://"):
        text = "https://" + text[len("webcal://") :]
    if len(text) > LONGEST_ADDRESS or any(c.isspace() or not c.isprintable() for c in text):
        raise CalendarProblemError("no_address")
    try:
        # The host of httpx is decoded as it is read, and fails then.
        url = httpx.URL(text)
        scheme, host, port, tidy = url.scheme, url.host, url.port, str(url)
    except (httpx.InvalidURL, ValueError):
        raise CalendarProblemError("no_address") from None
    if not host:
        raise CalendarProblemError("no_address")
    if scheme != "https" and not (anywhere and scheme == "http"):
        raise CalendarProblemError("not_https")
    if url.userinfo or (port not in (None, 443) and not anywhere):
        raise CalendarProblemError("no_address")
    if not anywhere and _is_inward(host):
        raise CalendarProblemError("private_address")
    return tidy


def _is_inward(host: str) -> bool:
    """Return whether a host is seen to be of the machine or its network before it is looked up."""
    host = host.lower().rstrip(".")
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return "." not in host or host.endswith(_INWARD)
    return not is_public(host)


def is_public(address: str) -> bool:
    """Return whether an IP address belongs to the public internet, however it is written."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return _public_4(ip) if isinstance(ip, IPv4Address) else _public_6(ip)


def _public_4(ip: IPv4Address) -> bool:
    return ip.is_global and not ip.is_multicast and ip not in _RELAY


def _public_6(ip: IPv6Address) -> bool:
    last = IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip.ipv4_mapped or ip in _TRANSLATED:
        return _public_4(last)
    if int(ip) >> 32 & 0xFFFFFFFF in _ISATAP:
        return False
    return ip in _GLOBAL and ip.is_global and not any(ip in network for network in _NOT_GLOBAL)
