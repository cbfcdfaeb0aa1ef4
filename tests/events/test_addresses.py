"""Addresses that a coordinator may paste: what reaches inwards is refused however it is written."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.events.addresses import is_public, tidy_address
from bot.events.ical.problems import CalendarProblemError

# Networks that are not the internet, by what the registries of IANA say of them.
INWARD_4 = (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
    "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
)  # fmt: skip
INWARD_6 = (
    "::/96", "::ffff:0:0:0/96", "64:ff9b:1::/48", "100::/64", "2001::/32", "2001:db8::/32",
    "2002::/16", "3fff::/20", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
)  # fmt: skip
# Each way in which IPv6 writes an address of IPv4: what stands before its 32 bits.
AROUND = {
    "mapped": 0xFFFF << 32,
    "compatible": 0,
    "translated": 0xFFFF << 48,
    "NAT64": int(IPv6Address("64:ff9b::")),
    "local NAT64": int(IPv6Address("64:ff9b:1::")),
    "a tunnel of a network": int(IPv6Address("2400:cb00::5efe:0:0")),
}


@st.composite
def _within(draw: st.DrawFn, networks: tuple[str, ...], bits: int) -> int:
    network, _, length = draw(st.sampled_from(networks)).partition("/")
    first = int(IPv6Address(network)) if bits == 128 else int(IPv4Address(network))
    return first + draw(st.integers(0, (1 << (bits - int(length))) - 1))


@given(_within(INWARD_4, 32))
def test_no_inward_address_is_public(number: int) -> None:
    assert not is_public(str(IPv4Address(number)))


@given(_within(INWARD_6, 128))
@example(int(IPv6Address("::127.0.0.1")))
@example(int(IPv6Address("::ffff:0:127.0.0.1")))
@example(int(IPv6Address("64:ff9b:1::1")))
@example(int(IPv6Address("fec0::1")))
def test_no_inward_address_of_ipv6_is_public(number: int) -> None:
    assert not is_public(str(IPv6Address(number)))


@given(_within(INWARD_4, 32), st.sampled_from(sorted(AROUND)))
def test_no_inward_address_is_public_by_what_stands_around_it(number: int, way: str) -> None:
    assert not is_public(str(IPv6Address(AROUND[way] + number)))


@given(_within(INWARD_4, 32), st.integers(0, (1 << 80) - 1))
def test_no_gateway_between_the_two_leads_inward(number: int, rest: int) -> None:
    assert not is_public(str(IPv6Address((0x2002 << 112) + (number << 80) + rest)))


@given(st.text())
def test_what_is_no_address_is_not_public(text: str) -> None:
    assert is_public(text) in (True, False)


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "8.8.8.8", "2606:4700:4700::1111", "2001:4860:4860::8888", "64:ff9b::8.8.8.8",
     "::ffff:8.8.8.8"],
)  # fmt: skip
def test_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("http://example.org/a.ics", "not_https"),
        ("file:secrets", "no_address"),
        ("ftp://example.org/a", "not_https"),
        ("https://user:secret@example.org/", "no_address"),
        ("https://example.org:8443/a", "no_address"),
        ("https:///a", "no_address"),
        ("hello", "no_address"),
        ("https://example.org/a b", "no_address"),
        ("https://example.org/" + "a" * 500, "no_address"),
        ("https://xn--/", "no_address"),
        ("https://xn--a.xn--/a", "no_address"),
        ("https://example.org/\x00", "no_address"),
    ],
)
def test_an_address_must_be_https_and_plain(address: str, problem: str) -> None:
    with pytest.raises(CalendarProblemError, match=problem):
        tidy_address(address, anywhere=False)


def test_webcal_means_https() -> None:
    assert tidy_address(" webcal://example.org/a.ics ", anywhere=False) == (
        "https://example.org/a.ics"
    )


@given(
    st.one_of(
        st.text(),
        st.text().map(lambda host: f"https://{host}/a.ics"),
        st.text(alphabet="xn-.0ក😀ßﬀ1a%[]:@").map(lambda host: f"https://{host}/a.ics"),
        st.integers().map(lambda port: f"https://example.org:{port}/"),
    ),
    st.booleans(),
)
def test_whatever_is_pasted_is_an_address_or_is_refused_in_words(
    text: str, anywhere: bool
) -> None:
    try:
        said = tidy_address(text, anywhere=anywhere)
    except CalendarProblemError as problem:
        said = str(problem)
    schemes = ("https://", "http://") if anywhere else ("https://",)
    assert said in ("no_address", "not_https", "private_address") or said.startswith(schemes)
