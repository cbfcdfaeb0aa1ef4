"""The patterns of `content/safety/relay/`, compiled once by an engine that is linear in the text.

A pattern is written with groups of words (`{photo}`) and gaps (` ~ `), so that a coordinator can
read it. Every pattern is tried on every reading of a message; where a group has words of Khmer in
Latin letters, also on the reading in which their many spellings are one.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import re2

from bot.content.relay import REASONS, Allowed, Forms, Pattern, Relay, Theme, Verdict
from bot.language.romanised import respell
from bot.mentoring.contact.knowledge import relay
from bot.mentoring.contact.normalise import Readings, khmer_key, plain, stacked, tight

RANK: dict[Verdict, int] = {"pass": 0, "hold": 1, "stop": 2, "alert": 3}
# Whatever stands between two words of a pattern: spaces, signs, nothing.
_APART = r"[^a-z0-9\x{1780}-\x{17d3}\x{e000}-\x{e033}]{0,4}"
_GAP, _WIDE = r".{0,28}?", r".{0,70}?"
_GONE = " # "


class PatternError(Exception):
    """A pattern cannot be read; the message says which and why."""


@dataclass(frozen=True)
class Hit:
    """One thing that was found: what it weighs, by whom, and which kind it is."""

    verdict: Verdict
    reason: str

    @property
    def order(self) -> tuple[int, int]:
        """Strongest first."""
        return -RANK[self.verdict], REASONS.index(self.reason)


class Sought:
    """The compiled patterns of one theme."""

    def __init__(self, name: str, theme: Theme, words: Mapping[str, Forms]) -> None:
        self.name, self.theme = name, theme
        plain, respelled, harmless = _written(name, theme, words)
        self._plain = _all(tuple((name, pattern) for pattern in plain))
        self._respelled = _all(tuple((name, pattern) for pattern in respelled))
        self._harmless = _one(name, harmless) if harmless else None

    def find(self, read: Readings, forms: Sequence[str]) -> set[int]:
        """Return the places of the patterns that are found in a message.

        `forms` are its readings without what may be named (`allowed_gone`).
        """
        found: set[int] = set()
        for form in forms:
            found.update(_match(self._plain, self._without_harmless(form)))
        if read.respelled != read.forms[0]:
            found.update(_match(self._respelled, self._without_harmless(read.respelled)))
        return found

    def _without_harmless(self, text: str) -> str:
        return self._harmless.sub(_GONE, text) if self._harmless else text


# Every pattern that is found in a message, as its theme and its place there.
Found = tuple[tuple[Sought, int], ...]


def allowed_gone(read: Readings) -> tuple[str, ...]:
    """Return the readings of a message without what may be named, each once."""
    return tuple(dict.fromkeys(map(without_allowed, read.forms)))


def without_allowed(text: str) -> str:
    """Return a text without the official sites, hotlines and programs that may be named."""
    return str(_allowed().sub(_GONE, text))


def without_warnings(read: Readings) -> Readings | None:
    """Return a message without its advice of safety; None where it holds none."""
    return _without(_of_allowed(*relay().allowed.warnings), read)


def without_examples(read: Readings) -> Readings:
    """Return a message without the words that it names as examples of a language lesson."""
    return _without(_of_allowed(*relay().allowed.examples), read) or read


def _without(gone: "re2._Regexp", read: Readings) -> Readings | None:
    forms = tuple(str(gone.sub(_GONE, form)) for form in read.forms)
    if forms == read.forms:
        return None
    return replace(read, forms=forms, respelled=str(gone.sub(_GONE, read.respelled)))


def excepts(read: Readings) -> bool:
    """Return whether what is left of advice of safety excepts somebody from it."""
    return any(map(_of_allowed(relay().allowed.excepting).search, read.forms))


@cache
def _of_allowed(*patterns: str) -> "re2._Regexp":
    return _one("allowed", [stacked(tight(khmer_key(one))) for one in patterns])


@cache
def _allowed() -> "re2._Regexp":
    return allowed_pattern(relay().allowed)


def allowed_pattern(allowed: Allowed) -> "re2._Regexp":
    """Return what may be named, compiled. Raises PatternError."""
    site = (
        rf"(?:^|[^a-z0-9@._-])(?:https?://)?(?:www\.)?(?:{'|'.join(allowed.sites)})(?:/[^\s@]*)?"
    )
    lines = [rf"\b{number.replace(' ', '[ -]?')}\b" for number in allowed.hotlines]
    return _one("allowed", [site, *allowed.code, *lines])


def weight(pattern: Pattern, *, by_mentor: bool) -> Verdict:
    """Return what a pattern weighs; an approach is an adult's, so a girl's is only stopped."""
    if pattern.verdict == "hint":
        return "pass"
    if by_mentor:
        return pattern.verdict
    return pattern.from_girl or ("stop" if pattern.verdict == "alert" else pattern.verdict)


def shared_words(known: Relay) -> dict[str, Forms]:
    """Return the words of all themes, with the names of places to chat in other scripts."""
    foreign = tuple(plain(name) for names in known.platforms.foreign for name in names)
    return {**known.shared.words, "foreign_app": Forms(km=foreign)}


class Groups:
    """Which groups of words a message holds: the notions that the model learns from.

    Made of words that cannot be compiled it raises PatternError.
    """

    def __init__(self, known: Relay) -> None:
        groups = [("words", group, forms) for group, forms in shared_words(known).items()]
        for name, theme in known.themes.items():
            groups += [(name, f"{name}.{group}", forms) for group, forms in theme.words.items()]
        self.names = tuple(group for _, group, _ in groups)
        self._plain = _all(tuple((file, _forms(forms)) for file, _, forms in groups))
        self._respelled = _all(tuple((file, _respelled(forms)) for file, _, forms in groups))

    def of(self, read: Readings) -> tuple[str, ...]:
        """Return the names of the groups, in their order."""
        found = set(_match(self._respelled, read.respelled))
        for form in read.forms:
            found.update(_match(self._plain, form))
        return tuple(self.names[place] for place in sorted(found))


@cache
def sought() -> tuple[Sought, ...]:
    """Return every theme, compiled once."""
    known = relay()
    words = shared_words(known)
    return tuple(Sought(name, theme, words) for name, theme in known.themes.items())


def found(read: Readings) -> Found:
    """Return every pattern that is found in a message, as its theme and its place there."""
    forms = allowed_gone(read)
    return tuple((theme, place) for theme in sought() for place in sorted(theme.find(read, forms)))


def hits(found: Found, *, by_mentor: bool) -> set[Hit]:
    """Return what is found in a message by one of the two, and what it weighs."""
    weighed = (
        (weight(theme.theme.patterns[place], by_mentor=by_mentor), theme.theme.reason)
        for theme, place in found
    )
    return {Hit(verdict, reason) for verdict, reason in weighed if verdict != "pass"}


def sure(found: Found) -> Found:
    """Return the patterns that count whatever else is thought of a message."""
    return tuple((theme, place) for theme, place in found if theme.theme.patterns[place].sure)


def doubtful(found: Found) -> Found:
    """Return the patterns that are not sure."""
    return tuple((theme, place) for theme, place in found if not theme.theme.patterns[place].sure)


def notions(read: Readings, found: Found) -> tuple[str, ...]:
    """Return what a message speaks of, for the model: patterns that are found, groups of words."""
    return (*(f"{theme.name}:{place}" for theme, place in found), *groups().of(read))


@cache
def groups() -> Groups:
    """Return every group of words, compiled once."""
    return Groups(relay())


def all_patterns() -> Iterable[tuple[str, str]]:
    """Yield every compiled pattern with the name of its theme, to be timed one by one."""
    known = relay()
    for name, theme in known.themes.items():
        for patterns in _written(name, theme, shared_words(known)):
            yield from ((name, pattern) for pattern in patterns)


def _written(
    name: str, theme: Theme, shared: Mapping[str, Forms]
) -> tuple[list[str], list[str], list[str]]:
    """Return the patterns of a theme written out, in both spellings, and what is harmless."""
    words = {**shared, **theme.words}
    finds = [pattern.find for pattern in theme.patterns]
    return (
        [_compiled(name, find, words) for find in finds],
        [_compiled(name, find, words, other=True) for find in finds],
        [_compiled(name, phrase, words) for phrase in theme.harmless],
    )


def options() -> "re2.Options":
    """Return how patterns are compiled: quiet, with a bounded room for what it remembers."""
    chosen = re2.Options()
    chosen.max_mem = 8 << 20
    chosen.log_errors = False
    chosen.never_capture = True
    return chosen


# An editor's check reads the relay again and again, and mostly one file of it has changed.
@lru_cache(maxsize=64)
def _all(patterns: tuple[tuple[str, str], ...]) -> "re2.Set":
    """Return patterns compiled together, each given after the name of its file."""
    compiled = re2.Set.SearchSet(options())
    for name, pattern in patterns:
        try:
            compiled.Add(pattern)
        except re2.error as error:
            raise PatternError(f"{name}: {pattern}: {error}") from None
    compiled.Compile()
    return compiled


def _one(name: str, patterns: list[str]) -> "re2._Regexp":
    try:
        return re2.compile("|".join(f"(?:{pattern})" for pattern in patterns), options())
    except re2.error as error:
        raise PatternError(f"{name}: {error}") from None


def _match(patterns: "re2.Set", text: str) -> list[int]:
    return list(patterns.Match(text) or ())


def _compiled(name: str, find: str, words: Mapping[str, Forms], *, other: bool = False) -> str:
    """Return a pattern with its groups and gaps written out."""

    def group(found: re.Match[str]) -> str:
        if found.group(1) not in words:
            raise PatternError(
                f"{name}: the group “{found.group(1)}” is not under `words`: add it."
            )
        forms = words[found.group(1)]
        return _respelled(forms) if other else _forms(forms)

    written = stacked(tight(khmer_key(find)))
    for gap, signs in ((" ~~ ", _WIDE), (" ~ ", _GAP)):
        written = written.replace(gap, signs)
    written = _spaced(written, _APART)
    return re.sub(r"\{([a-z_]+)\}", group, written)


def _forms(forms: Forms) -> str:
    latin = [_spaced(form, r"[\s.,-]{0,3}") for form in (*forms.en, *forms.rom)]
    return _either(latin, forms.km)


def _spaced(pattern: str, apart: str) -> str:
    """Return a pattern whose spaces, those of sets of signs left alone, may be other signs."""
    return re.sub(r"\[[^\]]*\]| ", lambda m: apart if m.group() == " " else m.group(), pattern)


def _respelled(forms: Forms) -> str:
    """Return a group for the reading in which spellings of Khmer in Latin letters are one."""
    latin = dict.fromkeys(respell(form) for form in forms.rom)
    return _either([form.replace(" ", " ?") for form in latin if len(form) > 2], forms.km)


def _bounded(word: str) -> str:
    """Return a Khmer word whose Latin ends, if any, are ends of words: no "aba" in "sabay"."""
    first, last = (rf"\b{word}" if word[0].isascii() and word[0].isalnum() else word), word[-1]
    return rf"{first}\b" if last.isascii() and last.isalnum() else first


def _either(latin: Iterable[str], khmer: Iterable[str]) -> str:
    sides = []
    if latin := list(latin):
        sides.append(rf"\b(?:{'|'.join(latin)})\b")
    sides += [_bounded(stacked(tight(khmer_key(word)).replace(" ", ""))) for word in khmer]
    # A group without words in this way of writing is never found.
    return f"(?:{'|'.join(sides)})" if sides else r"(?:\x{0}\x{0})"
