"""What a girl may write, up to the length that Telegram lets in: every sign and every script."""

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

LONGEST_WRITTEN = 4096
_SIGNS = ("&", "<", ">", "&amp;", "<b>", "</b>", '"', "'", "\n", "\n\n", " ", "😭", "👩‍👩‍👧", "🇰🇭")
_WORDS = ("ខ្ញុំ", "ខ្លាច", "ស្ត្រី", "គាត់វាយ", "help", "he comes", "x" * 300, "ក" * 300)


def by_a_girl() -> SearchStrategy[str]:
    """Return texts of any mix of signs, words and characters, some very long."""
    some = st.sampled_from(_SIGNS + _WORDS) | st.characters(exclude_categories=("Cs", "Cc"))
    short = st.lists(some, min_size=1, max_size=40).map("".join)
    return (
        st.builds(lambda text, times: (text * times)[:LONGEST_WRITTEN], short, st.integers(1, 400))
        .map(str.strip)
        .filter(bool)
    )
