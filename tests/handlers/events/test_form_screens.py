"""The form asks for an event's words in the languages that it can ask for."""

from bot.content import Content
from bot.content.base import TongueFile
from bot.screens.voice import Voice
from handlers.events.form import guided_steps
from handlers.events.form_screens import written_in


def _with_xish(content: Content, **words: str) -> Content:
    """Return the content with a third language that is complete."""
    xish = TongueFile(name="Xish", locale="vi", complete=True)
    locales = {tongue: {**said, **words} for tongue, said in content.locales.items()}
    return Content.model_construct(
        **dict(content)
        | {"tongues": {**content.tongues, "xx": xish}, "locales": {**locales, "xx": words}}
    )


def test_a_third_language_leaves_the_form_as_it_was(content: Content) -> None:
    third = _with_xish(content)
    assert third.complete == ("km", "en", "xx")
    assert written_in(third) == written_in(content) == ("km", "en")
    voice = Voice(third, "xx")
    for step in guided_steps(third):
        assert voice.label_or(f"eventform.ask.{step}", ""), step


def test_once_the_form_has_words_to_ask_for_it_it_is_written_too(content: Content) -> None:
    places = ("eventform.ask.title_xx", "eventform.title_xx",
              "eventform.ask.text_xx", "eventform.text_xx")  # fmt: skip
    third = _with_xish(content, **dict.fromkeys(places, "zork"))
    assert guided_steps(third)[1:4] == ("title_km", "title_en", "title_xx")
