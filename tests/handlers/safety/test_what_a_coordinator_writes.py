"""What a coordinator writes in a case is sent, or she is told in words that it was not."""

import pytest
from sqlalchemy import select

from bot.tables import metadata
from tests.handlers.scenes import DANGER, erased_herself_long_ago, in_a_case
from tests.stage import FIRST_COORDINATOR, STUDENT, Stage

DOUBTFUL = "Which village do you live in?"


async def audit(stage: Stage) -> list[tuple[int, str, str]]:
    """Who did what to what."""
    lines = metadata.tables["audit"]
    async with stage.database.read() as session:
        rows = await session.execute(select(lines).order_by(lines.c.id))
        return [(row["actor_id"], row["action"], row["subject"]) for row in rows.mappings()]


async def last_words_of(stage: Stage, person_id: int) -> list[str]:
    words = metadata.tables["last_words"]
    async with stage.database.read() as session:
        return list(
            await session.scalars(select(words.c.text).where(words.c.person_id == person_id))
        )


@pytest.mark.parametrize("caption", ["", "my father hits me, you wrote"])
@pytest.mark.parametrize("kind", ["photo", "document", "voice"])
async def test_only_her_text_is_carried(stage: Stage, kind: str, caption: str) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await bopha.tap("case.write")
    srey.forgets()
    await bopha.send_media(kind, caption)
    bopha.sees("case.text_only")
    bopha.does_not_see("lost.first")
    bopha.does_not_see("care.honest")
    assert srey.news() == []
    await bopha.send("I am here")
    srey.sees("case.note_to_girl", text="I am here")


async def test_what_she_types_after_handing_over_is_no_question_of_hers(stage: Stage) -> None:
    srey, bopha, nary = await in_a_case(stage)
    await bopha.tap("case.write")
    await bopha.forge("case:give:1:2")
    srey.forgets()
    nary.forgets()
    for words in ("are you safe?", DANGER):
        await bopha.send(words)
        bopha.sees("case.not_sent_given")
        bopha.does_not_see("care.honest")
    assert srey.news() == nary.news() == []
    assert await last_words_of(stage, FIRST_COORDINATOR) == []
    # A command leaves it.
    await bopha.send("/menu")
    await bopha.send("what is AI?")
    bopha.sees("answer.reviewed", "en")


async def test_nor_is_what_she_types_when_the_girl_has_erased_herself(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await bopha.tap("case.write")
    await erased_herself_long_ago(stage, srey)
    for words in ("are you safe?", DANGER):
        await bopha.send(words)
        bopha.sees("case.not_sent_gone")
        bopha.does_not_see("care.honest")
        bopha.does_not_see("unknown.command")
    assert await last_words_of(stage, FIRST_COORDINATOR) == []


async def test_nor_after_closing(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await bopha.tap("case.close")
    await bopha.tap("outcome.safe")
    await bopha.send("take care")
    bopha.sees("case.not_sent_gone")
    srey.does_not_see_words("take care")


async def test_a_late_edit_is_carried_or_refused_in_words(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await bopha.tap("case.write")
    said = await bopha.send("I am here")
    stopped = await bopha.send("my number is 012 345 678")
    await bopha.send("/menu")
    quoted = "You wrote that your father hits you. Are you safe now?"
    await bopha.edit(said, quoted)
    srey.sees("case.corrected_to_girl")
    bopha.does_not_see("care.honest")
    await bopha.edit(stopped, "you said: my father hits me every night")
    bopha.sees("case.not_corrected")
    bopha.does_not_see("care.honest")
    bopha.does_not_see("lost.first")
    assert await last_words_of(stage, FIRST_COORDINATOR) == []


async def test_an_edit_that_changes_nothing_is_not_carried_again(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await bopha.tap("case.write")
    said = await bopha.send("I am here")
    srey.forgets()
    await bopha.edit(said, "I am here")
    assert not srey.news()
    assert not bopha.news()


async def test_her_own_question_may_be_edited_as_anybodys(stage: Stage) -> None:
    _, bopha, _ = await in_a_case(stage)
    await bopha.send("/menu")
    asked = await bopha.send("what is IA?")
    await bopha.edit(asked, "what is AI?")
    bopha.sees("answer.reviewed", "en")


async def test_doubtful_words_are_sent_when_she_says_so(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await bopha.tap("case.write")
    await bopha.send(DOUBTFUL)
    bopha.sees("case.looks_like")
    srey.does_not_see_words(DOUBTFUL)
    await bopha.tap("case.send_all_the_same")
    srey.sees("case.note_to_girl", text=DOUBTFUL)
    await bopha.send("I only want to know who is near you.")
    srey.sees("case.note_to_girl")
    actions = [(action, subject) for actor, action, subject in await audit(stage)
               if actor == FIRST_COORDINATOR]  # fmt: skip
    assert ("was asked about", "case 1 place") in actions
    assert ("wrote", "case 1 place") in actions


async def test_doubtful_words_may_be_changed(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await bopha.tap("case.write")
    said = await bopha.send(DOUBTFUL)
    await bopha.edit(said, "Who is near you?")
    srey.sees("case.note_to_girl", text="Who is near you?")
    await bopha.send(DOUBTFUL)
    await bopha.send("Is somebody near you?")
    srey.sees("case.note_to_girl", text="Is somebody near you?")
    srey.does_not_see_words(DOUBTFUL)
    await bopha.tap("case.send_all_the_same")
    bopha.sees("case.not_kept")
    srey.does_not_see_words(DOUBTFUL)


@pytest.mark.parametrize(
    "data",
    ["ack:1", "write:1", "read:1:0", "close:1", "end:1:safe", "reopen:1", "note:1", "give:1:",
     "give:1:2"],
)  # fmt: skip
async def test_the_buttons_of_an_erased_case_say_that_it_is_gone(stage: Stage, data: str) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await srey.send("a word of hers")
    await erased_herself_long_ago(stage, srey)
    other = stage.person(STUDENT)
    await other.send("/language")
    await other.tap_data("lang:en")
    await other.send(DANGER)
    await other.tap_data("care:person")
    other.forgets()
    await bopha.forge(f"case:{data}")
    bopha.sees("case.gone")
    bopha.does_not_see_words(DANGER)
    assert other.news() == []


async def test_an_old_reply_button_of_hers_says_that_it_is_gone(stage: Stage) -> None:
    srey, _, _ = await in_a_case(stage)
    await erased_herself_long_ago(stage, srey)
    await srey.forge("case:write:1")
    srey.sees("case.over", "en")


async def test_her_words_in_the_chat_of_who_has_the_case_leave_a_line(stage: Stage) -> None:
    srey, _, _ = await in_a_case(stage)
    before = len(await audit(stage))
    await srey.send("he is here")
    new = (await audit(stage))[before:]
    assert [(actor, action) for actor, action, _ in new] == [(FIRST_COORDINATOR, "was brought")]
    assert new[0][2].startswith("case 1 ")
    assert "here" not in new[0][2]


async def test_she_is_headed_by_the_name_that_she_chose(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await bopha.tap("case.write")
    await bopha.send("I am here")
    srey.sees_words(srey.words("case.your_person"))
    await bopha.send("/desk")
    await bopha.tap("desk.rest")
    await bopha.tap("desk.team")
    await bopha.tap("team.name")
    await bopha.send("Bopha")
    await bopha.forge("case:write:1")
    await bopha.send("I am here still")
    srey.sees("case.note_to_girl", who="Bopha", text="I am here still")
