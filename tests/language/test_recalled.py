"""What was found in a text is known when it is said again, and the text is not kept."""

import gc

from bot.language.recalled import Recalled

WORDS = "my father hits me"


def test_it_is_found_once() -> None:
    looked: list[str] = []

    def find(text: str) -> None:
        looked.append(text)

    known: Recalled[None] = Recalled(10)
    for text in ("one", "two", "one"):
        assert known.of(text, find) is None
    assert looked == ["one", "two"]
    assert "one" in known
    assert "three" not in known


def test_what_was_asked_longest_ago_goes_first() -> None:
    known: Recalled[int] = Recalled(2)
    known.of("a", len)
    known.of("bb", len)
    known.of("a", len)
    known.of("ccc", len)
    assert "a" in known
    assert "bb" not in known
    assert "ccc" in known


def test_no_word_of_hers_is_kept() -> None:
    known: Recalled[int] = Recalled(10)
    known.of(WORDS, len)
    kept = [*gc.get_referents(known.__dict__), *known._found, *known._found.values()]
    assert WORDS not in kept
    assert not any(isinstance(one, bytes) and WORDS.encode() in one for one in kept)


def test_another_process_knows_a_text_by_another_hash() -> None:
    one, other = Recalled[int](10), Recalled[int](10)
    one.of(WORDS, len)
    other.of(WORDS, len)
    assert one._found.keys() != other._found.keys()
