"""A girl who does not know what she wants walks to a plan, and opens careers by their names."""

from bot.careers.pathway import Tree
from tests.conftest import ENGLISH_STUDENT, FIRST_COORDINATOR, SECOND_COORDINATOR, STUDENT


async def _tap_first_answers(srey, content, taps: int) -> None:
    """Answer as many questions with their first answer."""
    tree = Tree(content.nodes)
    node = tree.nodes["start"]
    for _ in range(taps):
        await srey.tap(node.options[0].label.get("en"))
        if node.options[0].next is None:
            return
        node = tree.nodes[node.options[0].next]
        await srey.sees(node.question.get("en"))


async def test_seven_taps_lead_from_home_to_careers_and_a_plan(start_bot, chat, content) -> None:
    await start_bot()
    srey = chat(ENGLISH_STUDENT)
    await srey.send("/menu")
    await srey.tap("Find my path")
    intro = await srey.sees("In about 7 taps")
    await srey.tap("Start")
    first = await srey.sees("Step 1 of about 7")
    assert first["message_id"] == intro["message_id"]
    await _tap_first_answers(srey, content, 8)
    outcome = await srey.sees("Paths that may fit you")
    assert outcome["message_id"] == intro["message_id"]
    assert "Because you" in outcome["text"]
    await srey.tap("Compare")
    await srey.sees("Side by side")
    await srey.tap("My result")
    await srey.sees("Paths that may fit you")
    await srey.tap("Web developer")
    plan = await srey.sees("your plan")
    assert "This week" in plan["text"]
    await srey.tap("Support")
    await srey.sees("Who can apply")
    await srey.tap("‹ Plan")
    await srey.sees("This week")
    await srey.tap("Keep")
    await srey.sees("This week")
    await srey.tap("My result")
    await srey.sees("Paths that may fit you")
    await srey.send("/careers")
    await srey.tap("Kept careers")
    await srey.sees("The careers you kept")
    assert any("Web developer" in label for label in await srey.buttons())


async def test_back_not_sure_stop_and_resume_after_a_restart(start_bot, chat, content) -> None:
    bot = await start_bot()
    srey = chat(ENGLISH_STUDENT)
    await srey.send("/path")
    await srey.tap("Start")
    await srey.sees("Where are you with school now")
    assert "‹ Back" not in await srey.buttons()
    await srey.tap("not sure")
    await srey.sees("Which lessons pass fastest")
    await srey.tap("Literature")
    await srey.sees("worries you most")
    await srey.tap("Back")
    await srey.sees("Step 2 of about")
    await srey.tap("Literature")
    await srey.tap("Stop for now")
    await srey.sees("I will remember")
    bot.kill()
    await bot.wait()
    await start_bot()
    await srey.send("/path")
    await srey.sees("worries you most")
    await srey.tap("Start again")
    await srey.sees("Start again from the beginning")
    await srey.tap("Yes, start again")
    await srey.sees("Step 1 of about")


async def test_a_question_in_the_middle_is_answered_and_the_walk_goes_on(
    start_bot, chat, content
) -> None:
    await start_bot()
    srey = chat(ENGLISH_STUDENT)
    await srey.send("/path")
    await srey.tap("Start")
    await srey.tap("Grade 11 or 12")
    await srey.sees("Which track")
    entry = content.entries["tech-is-for-boys"]
    await srey.send(entry.question.get("en"))
    await srey.sees(entry.answer.get("en").splitlines()[0])
    await srey.tap("Go on with my walk")
    await srey.sees("Which track")
    await srey.send("do zebras volunteer in the insect museum?")
    await srey.tap("Go on with my walk")
    # An answer may be typed as its button says it.
    await srey.send("social science")
    await srey.sees("worries you most")
    await srey.send("my uncle touches me")
    await srey.sees("1280")
    await srey.tap("That is not what I meant")
    await srey.tap("Go on with my walk")
    await srey.sees("worries you most")


async def test_an_old_button_of_the_walk_shows_where_she_stands(start_bot, chat) -> None:
    await start_bot()
    srey = chat(ENGLISH_STUDENT)
    await srey.send("/menu")
    await srey.sees("What would you like to know")
    await srey.forge("path:pick:start:upper")
    await srey.sees("In about 7 taps")
    await srey.tap("Start")
    await srey.tap("Grade 11 or 12")
    await srey.sees("Which track")
    await srey.tap("Stop")
    await srey.sees("I will remember")
    for data in ("path:pick:start:lower", "path:pick:x:y", "path:pick:", "path:compare"):
        await srey.forge(data)
        await srey.sees("Which track")
        await srey.tap("Stop")
        await srey.sees("I will remember")
    for data in ("path:fly", "path:pair:a:b", "job:page:astronaut:en", "job:fly:nurse:en",
                 "plan:show:x:en", "plan:fly:nurse:en", "jobs:in:nowhere:0", "job:"):  # fmt: skip
        await srey.forge(data)
    await srey.send("/path")
    await srey.sees("Which track")


async def test_a_career_opens_by_its_name_and_every_button_of_it_works(
    start_bot, chat, content
) -> None:
    await start_bot()
    srey = chat(ENGLISH_STUDENT)
    await srey.send("I want to be a data analyst")
    await srey.sees(content.careers["data-analyst"].what.get("en"))
    for button, says in (
        ("Ways in", "Bachelor's degree"), ("RUPP", "How to get in"), ("Ways in", "Where to learn"),
        ("About", "🌤"), ("Subjects", "Subjects that help"), ("About", "🌤"),
        ("First step", "a first step this week"), ("About", "🌤"),
        ("AI and this work", "how AI changes"), ("About", "🌤"), ("Myth", "✅"), ("About", "🌤"),
        ("More", "What else"), ("Role models", "Data analyst"), ("About", "🌤"),
        ("More", "What else"), ("Nearby", "careers nearby"), ("Compare", "Side by side"),
        ("About", "🌤"), ("More", "What else"), ("My plan", "your plan"),
    ):  # fmt: skip
        await srey.tap(button)
        await srey.sees(says)
    # The plan's other buttons lead to mentors and events of the field.
    await srey.tap("Events")
    await srey.sees("AI and data")
    await srey.send("/path")
    await srey.sees("In about 7 taps")
    kru = chat(STUDENT)
    await kru.send("ចង់ធ្វើពេទ្យ")
    await kru.sees(content.careers["doctor"].what.get("km"))
    await kru.send("/start career_nurse")
    await kru.sees(content.careers["nurse"].what.get("km"))


async def test_the_card_comes_as_a_picture_and_as_words(start_bot, chat, content) -> None:
    await start_bot()
    srey = chat(STUDENT)
    career = content.careers["nurse"]
    await srey.send(career.name.get("km"))
    await srey.sees(career.what.get("km"))
    await srey.tap("មើលបន្ថែម")
    await srey.tap("កាតឱ្យគ្រួសារ")
    picture = await srey.sees("កាតសម្រាប់ផ្ញើឱ្យគ្រួសារ")
    assert max(size["file_size"] for size in picture["photo"]) < 150_000
    await srey.sees(career.for_parents.get("km"))
    await srey.tap("កាតជាអង់គ្លេស")
    await srey.sees("A card to send to your family")
    await srey.sees(career.for_parents.get("en"))


async def test_coordinators_see_counts_and_students_do_not(start_bot, chat) -> None:
    await start_bot()
    srey, bopha, nary = chat(STUDENT), chat(FIRST_COORDINATOR), chat(SECOND_COORDINATOR)
    await srey.send("/path")
    await srey.tap("ចាប់ផ្ដើម")
    await srey.sees("ឥឡូវប្អូនរៀនដល់ណាហើយ")
    await nary.send("/desk")
    await nary.tap("Walks through the pathway")
    seen = await nary.sees("Started: fewer than 5")
    assert "No number has reached 5" in seen["text"]
    await bopha.send("/desk")
    await bopha.tap("ការដើររកផ្លូវអាជីព")
    await bopha.sees("តិចជាង ៥")
    await srey.forge("desk:walks")
    shown = await srey.sees("ប្អូនចង់ដឹងអ្វី")
    assert "បានចាប់ផ្ដើម" not in shown["text"]
