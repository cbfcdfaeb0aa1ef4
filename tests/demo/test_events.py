"""The demo has events to show, and nobody can take them for real ones."""

from bot.content import Content
from bot.demo.events import demo_events
from tests.events.conftest import NOW, TONGUES, ZONE


def test_the_demos_events_can_be_published_and_say_what_they_are(content: Content) -> None:
    found = demo_events(NOW, ZONE)
    assert len(found) == 3
    for details in found:
        assert details.problems(NOW, TONGUES) == ()
        assert details.title is not None
        assert details.title.get("en").startswith("(Demo)")
        assert details.title.get("km").startswith("(សាកល្បង)")
        assert set(details.fields) <= content.field.keys()
