"""Danger is heard wherever it stands in a long message, and no message can hold the bot up."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.safety.danger import Danger, Level
from bot.safety.watch import DangerWatch

HARMLESS = [
    "I like maths", "My school is far away", "We have a dog", "ខ្ញុំរៀនថ្នាក់ទី១១", "ថ្ងៃនេះភ្លៀង", "ខ្ញុំចូលចិត្តគីមី",
    "knhom rean nov kampot", "thngai nis ktav nas", "Yesterday it rained", "My sister sells rice",
    "ម៉ាក់ខ្ញុំលក់បន្លែ", "I read a book about plants", "bong som suor pi aharoubakor", "ok", "Thank you",
    "I sleep at nine", "We have two rooms", "My desk is brown", "The bus is green", "I read maps", "Tea is warm",
    "Rice is cheap now", "The moon is full", "My bag is heavy", "We play chess", "I draw trees", "Birds sing early",
]  # fmt: skip
DANGER = [
    "my father hits me every night",
    "my uncle touches me",
    "my stepfather beats her",
    "i want to die",
    "ប៉ាស្រវឹងវាយខ្ញុំរាល់យប់",
    "ពូខ្ញុំប៉ះដោះខ្ញុំ",
    "jong slab bong",
    "pa veay knhom rohot",
    "ម៉ាក់បង្ខំឱ្យរៀបការ",
    "he will post my photo if i dont send money",
    "they took my passport and i cannot leave",
    "nobody would notice if i was not there tomorrow",
]
STOPS = [". ", "! ", "? ", "\n", "។ ", "។", "; "]
TELEGRAM = 4096


def grave(danger: Danger | None) -> int:
    """Nothing, a gentle line, or care."""
    return 0 if danger is None else 1 + (danger.level is Level.CARE)


@given(
    st.sampled_from(DANGER),
    st.lists(st.sampled_from(HARMLESS), max_size=120),
    st.lists(st.sampled_from(HARMLESS), max_size=120),
    st.sampled_from(STOPS),
)
@settings(max_examples=40)
def test_a_sentence_of_danger_is_met_anywhere_as_gravely_as_alone(
    watch: DangerWatch, danger: str, before: list[str], after: list[str], stop: str
) -> None:
    message = stop.join([*before, danger, *after])
    if len(message) <= TELEGRAM:
        assert grave(watch.look(message)) >= grave(watch.look(danger))


@pytest.mark.parametrize("danger", DANGER)
def test_danger_at_the_end_of_the_longest_message_is_met(watch: DangerWatch, danger: str) -> None:
    room = TELEGRAM - len(danger) - 2
    story = ". ".join(HARMLESS[-12:] * 40)[:room]
    assert grave(watch.look(f"{story}. {danger}")) >= grave(watch.look(danger))


@pytest.mark.parametrize("danger", DANGER[:6])
def test_danger_is_met_where_nobody_puts_a_full_stop(watch: DangerWatch, danger: str) -> None:
    story = "then we went to the market and my aunt bought fish and we cooked rice "
    assert watch.look(f"{story * 12}{danger} {story * 12}") is not None


LONG = 60_000
HOSTILE = {
    "dots": "a." * (LONG // 2),
    "underscores": "_" * LONG,
    "digits": "0" * LONG,
    "letters apart": "d i e " * (LONG // 6),
    "gaps": ("a" + " " * 40) * (LONG // 41),
    "masks": "1a" * (LONG // 2),
    "no end": "hit" * (LONG // 3),
    "denied": "not hit " * (LONG // 8),
    "denials": "អត់ដែល" * (LONG // 6),
    "khmer": "វាយខ្ញុំ" * (LONG // 7),
    "marks": "ក្" * (LONG // 2),
    "signs": "់" * LONG,
    "one word": "a" * LONG,
    "other script": "想" * LONG,
    "lines": "\n".join(f"i{n} go" for n in range(LONG // 8)),
}
# Of a text as long in which nothing is found.
SLOWER = 40


def seconds(act: Callable[[], object]) -> float:
    """Return the shortest of three runs: the others waited for somebody."""
    best = 60.0
    for _ in range(3):
        start = time.perf_counter()
        act()
        best = min(best, time.perf_counter() - start)
    return best


@pytest.mark.parametrize("name", HOSTILE)
def test_a_look_takes_time_in_proportion_to_what_telegram_lets_through(
    watch: DangerWatch, name: str
) -> None:
    text = HOSTILE[name]
    watch.look("hello")
    beginning = seconds(lambda: watch.look(text[: TELEGRAM // 8] + "x"))
    longest = seconds(lambda: watch.look(text[:TELEGRAM]))
    endless = seconds(lambda: watch.look(text, (text, text[:80])))
    assert longest <= max(SLOWER * beginning, 0.3)
    assert endless <= max(2 * longest, 0.3)


def test_danger_is_met_among_hostile_words(watch: DangerWatch) -> None:
    """An engine that ran out of room would hear nothing."""
    for text in HOSTILE.values():
        danger = watch.look(f"{text[:2000]}\nmy father hits me every night\n{text[:1900]}")
        assert grave(danger) == 2, text[:12]
