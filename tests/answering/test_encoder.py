"""The sentence encoder takes any text, and says the same of signs that unfold and of what they hold."""

import pytest

from bot.answering.encoder import DIMENSIONS, load_encoder


@pytest.mark.parametrize("text", ["", "ﷺ" * 50, "ﷺ" * 500, "a\0b", "🌷" * 4096, "ក្" * 2000])
def test_no_text_is_too_much_for_it(text: str) -> None:
    encoder = load_encoder()
    assert encoder is not None
    assert encoder.encode(text).shape == (DIMENSIONS,)


def test_a_sign_means_what_it_unfolds_to() -> None:
    encoder = load_encoder()
    assert encoder is not None
    assert (encoder.encode("ﷺ") == encoder.encode("صلى الله عليه وسلم")).all()
