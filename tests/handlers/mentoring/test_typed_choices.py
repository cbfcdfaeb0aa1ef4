"""A mentor who types where the form has buttons is answered by the form."""

from tests.handlers.scenes import STORY
from tests.stage import MENTOR, Stage


async def test_a_choice_is_taken_and_what_is_none_is_asked_for_again(stage: Stage) -> None:
    sophea = stage.person(MENTOR)
    await sophea.send("/mentor")
    await sophea.tap("intro.volunteer")
    await sophea.send("Sophea")
    await sophea.send("dev")
    sophea.sees("form.tap_one")
    sophea.sees("form_ask.field")

    await sophea.send("software")
    sophea.sees("form_ask.languages")
    await sophea.send("skip")
    sophea.sees("form_ask.languages")
    await sophea.tap("languages.both")
    await sophea.tap_data("ment:set:province:phnom-penh")
    await sophea.tap("hours.evenings")
    await sophea.send("២")
    sophea.sees("form_ask.story")
    await sophea.send(STORY)
    sophea.sees("mentor.code_item", place=1)
    await sophea.send("maybe")
    sophea.sees("form.tap_one")
    await sophea.send(sophea.words("mentor.i_accept"))
    sophea.sees("mentor.code_item", place=2)
