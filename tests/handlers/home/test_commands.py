"""The menu of commands behind ☰ speaks as her other menus do, whatever her telephone is set to."""

from bot.screens.command_menu import COMMANDS
from tests.chat import Chat
from tests.handlers.phone import begins, is_turn_of, shared
from tests.handlers.scenes import at_desk, erases_herself
from tests.stage import ENGLISH_STUDENT, STUDENT, Stage


def _says(chat: Chat, command: str) -> str:
    menu = chat.stage.telegram.commands[f"{chat.id}:"]
    (words,) = (one["description"] for one in menu if one["command"] == command)
    return words


async def test_who_chooses_a_language_has_her_commands_in_it(stage: Stage) -> None:
    srey, english = stage.person(STUDENT), stage.content.locales["en"]
    await srey.send("/start")
    await srey.tap_data("lang:en:w")
    assert srey.commands() == list(COMMANDS)
    assert _says(srey, "path") == english["command.path"]
    await srey.send("/language")
    await srey.tap_data("lang:km")
    assert _says(srey, "path") == stage.content.locales["km"]["command.path"]


async def test_a_coordinator_keeps_the_commands_of_the_desk_in_another_language(
    stage: Stage,
) -> None:
    bopha, _ = await at_desk(stage)
    await bopha.send("/language")
    await bopha.tap_data("lang:en")
    assert _says(bopha, "desk") == stage.content.locales["en"]["command.desk"]


async def test_on_a_shared_phone_they_speak_as_whoever_is_there(stage: Stage) -> None:
    phone = await shared(stage)
    await begins(phone, "Dara")
    await phone.send("/language")
    await phone.tap_data("lang:km")
    await is_turn_of(phone, "Chantha")
    assert _says(phone, "path") == stage.content.locales["en"]["command.path"]
    await is_turn_of(phone, "Dara")
    assert _says(phone, "path") == stage.content.locales["km"]["command.path"]


async def test_who_erases_herself_leaves_no_language_behind(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/start")
    await srey.tap_data("lang:en:w")
    await erases_herself(srey)
    assert not srey.commands()
