"""Only what is whole and plain gets onto a button: Telegram refuses a message with one bad link."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import Content
from bot.demo.html_entities import parse
from bot.demo.telegram_state import Telegram
from bot.screens.keyboard import keyboard
from bot.screens.links import address, addresses_in, linked, page_kind, page_rows
from bot.screens.screen import Address
from bot.screens.voice import Voice


@pytest.mark.parametrize(
    "good",
    [
        "https://www.rupp.edu.kh/", "http://itc.edu.kh:8080/a?b=1&c=2#d", "https://a.org/(x)",
        "https://www.youtube.com/@code",
        "HTTPS://Example.ORG/A", "https://xn--i2ba.com/",
    ],
)  # fmt: skip
def test_a_page_of_the_web_is_opened(good: str) -> None:
    assert address(good) == good


@pytest.mark.parametrize(
    "bad",
    [
        "", "rupp.edu.kh", "javascript:alert(1)", "tg://resolve?domain=x", "ftp://a.org/",
        "https://", "https://localhost/", "https://127.0.0.1/", "https://[::1]/", "https://a.org:x/",
        "https://a.org:99999/", "https://bank.org@evil.org/", "https://a .org/", "https://a..org/",
        "https://-/", "https://a.org/\u202ex", "https://a.org/" + "x" * 2000, "data:text/html,x",
    ],
)  # fmt: skip
def test_what_is_no_page_is_no_button(bad: str) -> None:
    assert address(bad) is None


def test_addresses_are_found_in_what_people_write() -> None:
    text = (
        "See https://a.org/x. Form (https://forms.gle/abc), https://a.org/x again; "
        "ចុះឈ្មោះ https://b.org/ខ្មែរ និងhttps://c.org/dនៅទីនេះ"
    )
    assert addresses_in(text, "") == [
        "https://a.org/x", "https://forms.gle/abc", "https://b.org/", "https://c.org/d",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("https://forms.gle/abc", "form"),
        ("https://docs.google.com/forms/d/1/viewform", "form"),
        ("https://docs.google.com/document/d/1", "page"),
        ("https://maps.app.goo.gl/x", "map"),
        ("https://www.google.com/maps/place/x", "map"),
        ("https://www.google.com.kh/maps?q=1,2", "map"),
        ("https://www.google.com/search?q=maps", "page"),
        ("https://forms.gle.evil.org/x", "page"),
        ("https://google.evil.org/maps", "page"),
    ],
)
def test_a_form_and_a_map_are_called_so(page: str, kind: str) -> None:
    assert page_kind(Address(page)) == kind


@given(st.text(), st.text() | st.from_regex(r"https?://[a-z.]{1,9}/\S{0,40}", fullmatch=True))
def test_a_title_that_opens_its_page_is_what_it_was(title: str, page: str) -> None:
    said, entities = parse(linked(title, page))
    assert said == title
    assert all(str(entity["url"]).lower().startswith("http") for entity in entities)


@given(st.text(alphabet="https:/a.b@?#&%()[]'\"<> \u1780\n", max_size=60))
def test_whatever_is_written_telegram_takes_the_buttons(content: Content, text: str) -> None:
    rows = page_rows(Voice(content, "km"), f"https://a.org/{text}", f"http{text}", text)
    Telegram("1:x").markup({"reply_markup": keyboard(rows)})
