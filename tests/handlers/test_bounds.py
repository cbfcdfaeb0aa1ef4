"""Whoever types too much is told the bound, nothing is cut, and she may send it again shorter."""

from collections.abc import Awaitable, Callable

import pytest

from bot.announcements import lifecycle
from bot.desk import team
from bot.events import details
from bot.mentoring import mentors, relay, vetting, wishes
from bot.people import notes
from bot.questions import additions, groups
from bot.teaching import words
from tests.chat import Chat
from tests.handlers.scenes import (
    ALWAYS_DAY,
    UNKNOWN,
    Mentoring,
    applies,
    asks_for,
    at_desk,
    becomes_mentor,
    mentoring,
    opens_question,
    talking,
    wants_mentor,
    with_her_age,
)
from tests.stage import Stage, StartStage
from tests.traces import columns_with

Way = Callable[[Mentoring], Awaitable[Chat]]


async def _her_name(people: Mentoring) -> Chat:
    await becomes_mentor(people.sophea, people.bopha, people.nary)
    srey = people.srey
    await wants_mentor(srey)
    await srey.tap("age.minor")
    await srey.tap_data("intro:field:software")
    await srey.tap_words("Sophea")
    return srey


async def _her_hope(people: Mentoring) -> Chat:
    srey = await _her_name(people)
    await srey.send("Pov")
    return srey


async def _mentor_name(people: Mentoring) -> Chat:
    await people.sophea.send("/mentor")
    await people.sophea.tap("intro.volunteer")
    return people.sophea


async def _mentor_story(people: Mentoring) -> Chat:
    await becomes_mentor(people.sophea, people.bopha, people.nary)
    await people.sophea.forge("ment:edit:story")
    return people.sophea


async def _proof(people: Mentoring) -> Chat:
    await people.bopha.send("/desk")
    await applies(people.sophea)
    await people.bopha.tap("news.look")
    await people.bopha.tap("vet.checklist")
    await people.bopha.tap("check.identity")
    return people.bopha


async def _paper(people: Mentoring) -> Chat:
    await becomes_mentor(people.sophea, people.bopha, people.nary)
    await asks_for(people.srey)
    await people.nary.forge("over:attest:1")
    return people.nary


async def _message(people: Mentoring) -> Chat:
    await talking(people)
    return people.sophea


async def _other_words(people: Mentoring) -> Chat:
    await talking(people)
    await people.sophea.send("I can lend you 20$ for the book")
    await people.nary.tap("over.read")
    await people.nary.tap("over.rewrite")
    return people.nary


async def _desk_name(people: Mentoring) -> Chat:
    await people.bopha.send("/desk")
    await people.bopha.tap("desk.rest")
    await people.bopha.tap("desk.team")
    await people.bopha.tap("team.name")
    return people.bopha


async def _asked(people: Mentoring) -> Chat:
    await people.srey.send(UNKNOWN)
    await opens_question(people.bopha)
    return people.bopha


async def _note(people: Mentoring) -> Chat:
    bopha = await _asked(people)
    await bopha.tap("inbox.add_note")
    return bopha


async def _answer(people: Mentoring) -> Chat:
    bopha = await _asked(people)
    await bopha.tap("desk.answer")
    return bopha


async def _entry(people: Mentoring) -> Chat:
    bopha = await _answer(people)
    await bopha.send("Zebras do not vote.")
    await bopha.tap("inbox.send_one")
    await bopha.tap("learn.add")
    return bopha


async def _entry_answer(people: Mentoring) -> Chat:
    bopha = await _entry(people)
    await bopha.send("សេះបង្កង់បោះឆ្នោតទេ?")
    return bopha


async def _announcement(people: Mentoring) -> Chat:
    await people.bopha.send("/announce")
    await people.bopha.tap("cast.new")
    await people.bopha.tap_data("cast:kind:announcement")
    return people.bopha


async def _event_title(people: Mentoring) -> Chat:
    await people.nary.send("/desk")
    await people.nary.tap("desk.events")
    await people.nary.tap("eventdesk.new")
    await people.nary.tap("event.kind.workshop")
    return people.nary


async def _event_text(people: Mentoring) -> Chat:
    nary = await _event_title(people)
    await nary.send("សិក្ខាសាលា")
    await nary.send("A workshop")
    return nary


async def _way(people: Mentoring) -> Chat:
    await people.srey.send("/teach")
    await with_her_age(people.srey, "teach.join")
    await people.srey.tap("teach.ask")
    return people.srey


# What is typed to be kept: how to come to it, how long it may be, what says that it is too long.
FIELDS: dict[str, tuple[Way, int, str]] = {
    "a girl's name": (_her_name, mentors.LONGEST_NAME, "intro.alias_again"),
    "a girl's hope": (_her_hope, wishes.LONGEST_HOPE, "hope_fault.long"),
    "a mentor's name": (_mentor_name, mentors.LONGEST_NAME, "form_fault.name"),
    "a mentor's story": (_mentor_story, mentors.LONGEST_STORY, "form_fault.story_length"),
    "where a proof is": (_proof, vetting.LONGEST_EVIDENCE, "vet.evidence_long"),
    "where a consent is": (_paper, vetting.LONGEST_EVIDENCE, "vet.evidence_long"),
    "a message": (_message, relay.LONGEST, "talk.too_long"),
    "a message in other words": (_other_words, relay.LONGEST, "talk.too_long"),
    "a name at the desk": (_desk_name, team.LONGEST_NAME, "team.name_long"),
    "a note": (_note, notes.LONGEST_NOTE, "inbox.note_too_long"),
    "an answer": (_answer, groups.LONGEST_ANSWER, "inbox.answer_too_long"),
    "a question of the FAQ": (_entry, additions.LONGEST_QUESTION, "learn.too_long"),
    "an answer of the FAQ": (_entry_answer, additions.LONGEST_ANSWER, "learn.too_long"),
    "a way of asking in Khmer": (_way, words.LONGEST, "teach.too_long"),
    "an announcement": (_announcement, lifecycle.LONGEST_TEXT, "cast.too_long"),
    "a title": (_event_title, details.LONGEST_TITLE, "problem.title_long"),
    "a description": (_event_text, details.LONGEST_TEXT, "problem.text_long"),
}

# Where words stand that only pass through.
PASSING = {"inbox.payload", "outbox.payload", "last_words.text"}
_WESTERN = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")


def _of_length(name: str, length: int) -> str:
    """Return words that pass every check but that of their length."""
    if "name" in name:
        return "S" + "o" * (length - 1)
    said = "I like to draw maps of the rivers "
    if "Khmer" in name:
        said = (
            "AI nis jea avey tov bong? knhom lue kruu niyeay rueng AI knong thnak tae knhom min yol, "
            "AI nis rien pi tinney men te, AI bongkert rub ban yang mdech, hery AI chuoy avey klas "
        )
    if "of the FAQ" in name:
        # What is to be Khmer is asked for again where it is not.
        said = "សេះបង្កង់ស៊ីស្មៅ zebras "
    return (said * (length // len(said) + 1))[: length - 1] + "s"


@pytest.fixture
async def stage(start_stage: StartStage) -> Stage:
    """A stage on which it is never night, and no message is a sample by chance."""
    return await start_stage(mentor_sample_percent=0, **ALWAYS_DAY)


@pytest.fixture
async def people(stage: Stage) -> Mentoring:
    """Everybody; the coordinators have opened their desk."""
    await at_desk(stage)
    return mentoring(stage)


@pytest.mark.parametrize("name", FIELDS)
async def test_one_sign_too_many_is_refused_with_the_bound_and_may_be_sent_again(
    stage: Stage, people: Mentoring, name: str
) -> None:
    way, most, refusal = FIELDS[name]
    writer = await way(people)
    await writer.send(_of_length(name, most + 1))
    writer.sees(refusal)
    assert str(most) in writer.said().translate(_WESTERN), "she is not told the bound"
    whole = _of_length(name, most)
    await writer.send(whole)
    writer.does_not_see(refusal)
    async with stage.database.read() as session:
        kept = set(await columns_with(session, whole)) - PASSING
    assert kept, "it is not kept whole"
