"""What the walk looks like: the question, the stop, the outcome, and coordinators' counts."""

from bot.careers.pathway import Place, Step, Tree
from bot.careers.walks import Counts
from bot.content import Content
from bot.content.careers import Career
from bot.content.pathway import UNSURE, Option
from bot.screens.screen import Button, Html, Screen, paragraphs
from bot.screens.voice import Voice
from handlers.careers import taps
from handlers.careers.screens import title
from handlers.doors import CAREER_FIELDS, DESK_REST, HOME, PATH, SAVED, homewards

LINES_SHOWN = 8


def intro_screen(voice: Voice) -> Screen:
    """Return what the walk is, before its first question."""
    return Screen(
        voice.say("path.intro"),
        (
            (voice.button("path.start", taps.BEGIN()),),
            (
                voice.button("home.careers", CAREER_FIELDS(0)),
                voice.button("back.home", HOME()),
            ),
        ),
    )


def known_line(voice: Voice, grade: str | None) -> Html:
    """Return that a question is not asked, for she has told her grade."""
    return voice.say("path.grade_told", grade=voice.label(f"grade.{grade}"))


def question_screen(voice: Voice, tree: Tree, place: Place, word: Html | str = "") -> Screen:
    """Return a question with its answers; `word` is said first, as after a pause."""
    node = place.node
    if node is None:
        raise ValueError("the walk is over: show its outcome")
    here, about = tree.progress(place)
    rows: list[tuple[Button, ...]] = [
        (
            Button(
                f"{option.emoji} {option.label.get(voice.tongue)}",
                taps.ANSWER(node.id, option.id),
            ),
        )
        for option in node.options
    ]
    rows.append((voice.button("path.unsure", taps.ANSWER(node.id, UNSURE)),))
    if place.steps:
        rows.append(
            (voice.button("path.back", taps.BACK()), voice.button("path.again", taps.AGAIN()))
        )
    rows.append(homewards(voice, voice.button("path.stop", taps.STOP())))
    return Screen(
        paragraphs(
            word,
            voice.say("path.step", here=voice.number(here), about=voice.number(about)),
            voice.say("path.question", question=voice.of_student(node.question.get(voice.tongue))),
            voice.say("path.why", why=voice.of_student(node.why.get(voice.tongue))),
        ),
        tuple(rows),
    )


def stopped_screen(voice: Voice) -> Screen:
    """Return what is said when she stops for today."""
    return Screen(
        voice.say("path.stopped"),
        ((voice.button("path.go_on", PATH()),), (voice.button("back.home", HOME()),)),
    )


def again_screen(voice: Voice) -> Screen:
    """Return the question before the answers so far are let go."""
    return Screen(
        voice.say("path.again_sure"),
        (
            (voice.button("path.again_yes", taps.BEGIN()),),
            homewards(voice, voice.button("path.go_on", PATH())),
        ),
    )


def because(voice: Voice, reasons: list[Option]) -> Html:
    """Return why a career is named, from the answers she gave; a kind word when she was unsure."""
    words = [option.reason.get(voice.tongue) for option in reasons if option.reason]
    if not words:
        return voice.say("path.because_open")
    said = words[0]
    for number, word in enumerate(words[1:], start=2):
        key = "path.and" if number == len(words) else "path.list"
        said = voice.label(key, first=said, last=word)
    return voice.say("path.because", reasons=said)


def _line(voice: Voice, career: Career, reasons: list[Option], *, unsure: bool) -> Html:
    """Return a career with why this one; to who was mostly unsure no reason is made up."""
    key = "path.career" if career.needs_university else "path.career_free"
    values = {"title": title(voice, career), "what": career.what.get(voice.tongue)}
    if unsure and not reasons:
        return voice.say(f"{key}_idea", **values)
    return voice.say(key, because=because(voice, reasons), **values)


def outcome_screen(
    voice: Voice,
    tree: Tree,
    careers: list[Career],
    steps: tuple[Step, ...],
    word: Html | str = "",
    *,
    kept: bool = False,
) -> Screen:
    """Return her careers, each with why this one and what it is; the ways on from here.

    Where she has `kept` all of them the way leads to what she keeps.
    """
    unsure = tree.is_unsure(steps)
    lines = [
        _line(voice, career, reasons, unsure=unsure)
        for career, reasons in zip(careers, tree.reasons(steps, careers), strict=True)
    ]
    opening = (
        voice.say("path.outcome_unsure", n=voice.number(len(careers)))
        if unsure
        else voice.say("path.outcome")
    )
    rows = [(Button(title(voice, c), taps.PLAN(c.id, voice.tongue)),) for c in careers]
    return Screen(
        paragraphs(word, opening, *lines, voice.say("path.outcome_end")),
        (
            *rows,
            (
                voice.button("path.compare", taps.COMPARE_FOUND()),
                voice.button("saved.list", SAVED(0))
                if kept
                else voice.button("path.save", taps.KEEP_FOUND()),
            ),
            (
                voice.button("path.change", taps.BACK()),
                voice.button("path.again", taps.AGAIN()),
            ),
            (voice.button("back.home", HOME()),),
        ),
    )


def pairs_screen(voice: Voice, careers: list[Career]) -> Screen:
    """Return the choice of two careers to compare."""
    pairs = [(a, b) for i, a in enumerate(careers) for b in careers[i + 1 :]]
    rows = [
        (
            Button(
                f"{a.name.get(voice.tongue)} ↔ {b.name.get(voice.tongue)}",
                taps.PAIR(a.id, b.id),
            ),
        )
        for a, b in pairs
    ]
    return Screen(
        voice.say("path.pairs"), (*rows, homewards(voice, voice.button("path.result", PATH())))
    )


def counts_screen(voice: Voice, content: Content, counts: Counts) -> Screen:
    """Return starts, drop-offs and outcomes for coordinators; never a small number."""

    def number(value: int | None) -> str:
        return voice.label("walks.few") if value is None else voice.number(value)

    questions = {node.id: node.question.get(voice.tongue) for node in content.nodes}
    dropped = [
        voice.say("walks.line", name=questions.get(name, name), number=voice.number(n))
        for name, n in counts.dropped[:LINES_SHOWN]
    ]
    outcomes = [
        voice.say("walks.line", name=outcome_name(voice, content, name), number=voice.number(n))
        for name, n in counts.outcomes[:LINES_SHOWN]
    ]
    return Screen(
        paragraphs(
            voice.say(
                "walks.text",
                starts=number(counts.starts),
                finished=number(counts.finished),
                resumed=number(counts.resumed),
            ),
            "\n".join([voice.say("walks.dropped"), *(dropped or [voice.say("walks.none")])]),
            "\n".join([voice.say("walks.outcomes"), *(outcomes or [voice.say("walks.none")])]),
            voice.say("walks.small"),
        ),
        ((voice.button("back.desk", DESK_REST()),),),
    )


def outcome_name(voice: Voice, content: Content, name: str) -> str:
    """Return the careers of an outcome as words; its plain name when it is gone."""
    node_id, _, option_id = name.partition(".")
    node = next((node for node in content.nodes if node.id == node_id), None)
    way = node.way(option_id) if node else None
    found = [content.careers[c] for c in (way.outcome if way else ()) if c in content.careers]
    return ", ".join(career.name.get(voice.tongue) for career in found) or name
