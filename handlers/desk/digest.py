"""What the weekly digest looks like."""

from datetime import datetime

from bot import small_counts
from bot.content import Content
from bot.desk.digest import MOST_NAMED, News
from bot.desk.figures import gap_label
from bot.safety.drills import Result
from bot.screens.screen import Html, Screen, paragraphs
from bot.screens.taps import Data
from bot.screens.voice import Voice
from handlers.answering.entries import name_of
from handlers.doors import LOW_RATED, QUESTIONS


def digest_screen(
    voice: Voice, content: Content, news: News, on_call: Html, now: datetime, back: Data
) -> Screen:
    """Return the news of a week and who is on call; a part with nothing to say is left out."""
    return Screen(
        paragraphs(
            voice.say("digest.title", first=voice.day(news.first), last=voice.day(news.last)),
            voice.say(
                "digest.questions",
                answered=voice.amount(news.answered),
                clarified=voice.amount(news.clarified),
                lost=voice.amount(news.lost),
                newcomers=voice.amount(news.newcomers),
            ),
            _gaps(voice, content, news),
            _waiting(voice, news, now),
            _doubted(voice, content, news),
            _overdue(voice, content, news),
            _cases(voice, news, now),
            _protection(voice, news),
            on_call,
            _drills(voice, news),
            voice.say("digest.slow_mentors", n=voice.number(news.slow_mentors))
            if news.slow_mentors
            else "",
            _forgotten(voice, news),
        ),
        (
            (
                voice.button("desk.questions", QUESTIONS(0)),
                voice.button("desk.doubts", LOW_RATED(0)),
            ),
            (voice.button("back.desk", back),),
        ),
    )


def _gaps(voice: Voice, content: Content, news: News) -> Html | str:
    named = [
        f"{label.get(voice.tongue)} ({voice.amount(n)})"
        for key, n in news.gaps
        if (label := gap_label(content, key)) is not None
    ]
    return voice.say("digest.gaps", names=", ".join(named)) if named else ""


def _waiting(voice: Voice, news: News, now: datetime) -> Html:
    if news.waiting_since is None:
        return voice.say("digest.none_waiting")
    return voice.say(
        "digest.waiting",
        n=voice.number(news.groups_waiting),
        since=voice.since(news.waiting_since, now),
    )


def _doubted(voice: Voice, content: Content, news: News) -> Html | str:
    if not news.doubted:
        return ""
    lines = [
        f"👎 {voice.amount(small_counts.shown(d.bad))} · {name_of(voice, content, d.entry_id)}"
        for d in news.doubted
    ]
    return voice.say("digest.doubted", entries="\n".join(lines))


def _overdue(voice: Voice, content: Content, news: News) -> Html | str:
    parts = []
    if news.overdue:
        names = "\n".join(f"· {name_of(voice, content, i)}" for i in news.overdue[:MOST_NAMED])
        parts.append(voice.say("digest.overdue", n=voice.number(len(news.overdue)), entries=names))
    if news.unreviewed:
        parts.append(voice.say("digest.unreviewed", n=voice.number(news.unreviewed)))
    return Html("\n".join(parts))


def _cases(voice: Voice, news: News, now: datetime) -> Html:
    if news.case_since is None:
        return voice.say("digest.no_cases")
    return voice.say(
        "digest.cases",
        n=voice.number(news.cases_open),
        untaken=voice.number(news.cases_untaken),
        since=voice.since(news.case_since, now),
    )


def _protection(voice: Voice, news: News) -> Html:
    """Return what of the week is looked over together: danger, the relay, reports."""
    lines = []
    if news.signs:
        kinds = [f"{voice.label_or(f'kind.{k}', k)} {voice.amount(n)}" for k, n in news.signs]
        lines.append(voice.say("digest.signs", kinds=" · ".join(kinds)))
    if news.held or news.stopped or news.approaches:
        relay = {
            "held": voice.number(news.held),
            "stopped": voice.number(news.stopped),
            "approaches": voice.number(news.approaches),
        }
        lines.append(voice.say("digest.relay", **relay))
    if news.reports:
        lines.append(voice.say("digest.reports", n=voice.number(news.reports)))
    return Html("\n".join(lines)) if lines else voice.say("digest.quiet_week")


def _forgotten(voice: Voice, news: News) -> Html:
    """Return what the clock forgot in the week, by kind."""
    if not news.forgotten:
        return voice.say("digest.nothing_due")
    kinds = [
        f"{voice.label_or(f'digest.forgot.{kind}', kind)} {voice.amount(n)}"
        for kind, n in news.forgotten
    ]
    return voice.say("digest.forgotten", kinds=" · ".join(kinds))


def _drills(voice: Voice, news: News) -> Html | str:
    lines = "\n".join(f"🧪 {how_it_went(voice, one)}" for one in news.drills)
    return voice.say("digest.drills", lines=lines) if lines else ""


def how_it_went(voice: Voice, drill: Result) -> str:
    """Return how a drill ended, and after how many minutes somebody was there; no names."""
    end = voice.label(f"drill.end.{drill.outcome or 'runs'}")
    if drill.minutes is None:
        return end
    return f"{end} ({voice.label('drill.minutes', n=voice.number(drill.minutes))})"
