"""A girl is called «ប្អូន», little sister; only grown-ups are «អ្នក»: checked by who reads a text."""

import re
from collections.abc import Iterator

from bot.content import Content
from bot.editing.texts import every_text

# What the keys of words begin with that coordinators, mentors and guardians read; all others, and
# all of the library, are read by girls.
GROWN_UPS = (
    "adult.", "approve.", "audience.", "audit.", "back.she_said", "back.write", "case.closed",
    "case.not_corrected", "case.not_reachable", "case.sent", "case.silent", "cast.", "checkin.",
    "closed.quiet", "cls.", "code.", "data.stays", "desk.", "digest.", "doubt.", "drill.",
    "eventdesk.", "eventform.", "feeds.", "fig.", "form.", "form_ask.", "form_fault.", "guardian.",
    "guide.rest", "home.child", "home.coordinator", "home.more_children", "home.no_girls",
    "home.offered", "home.waits", "inbox.", "learn.", "library.", "mentor.", "mine.drills_",
    "over.", "poster.", "ready.", "redact.", "roster.", "seat.", "talk.night",
    "talk.worry_kept", "team.", "vet.", "vetting.", "vetting_state.", "walks.",
)  # fmt: skip
# A key may say by itself for whom its words are: `news.end.mentor`, `case.write_now_staff`.
_TO_GROWN_UPS = re.compile(r"\.(mentor|guardian|staff)(\.|$)|_(mentor|staff|grown_up)$")
# “You” and “your”. Before other words it makes the name of somebody: a mentor is one who advises.
_YOU = re.compile("អ្នក(?=[\\s។៖?!,»<)]|$|អាច|បាន|ចង់|ត្រូវ|នឹង|កំពុង|ប្រាកដ|ចុច|ឃើញ|និង|ក៏|មិន)")
_YOURS = re.compile("របស់អ្នក(?=[\\s។៖?!,»<)]|$)")


def problems(content: Content) -> Iterator[str]:
    """Yield the texts in which a girl is called as a stranger would be."""
    for place, text in every_text(content):
        _, _, key = place.partition("locales.")
        if key.startswith(GROWN_UPS) or _TO_GROWN_UPS.search(key):
            continue
        # In the library the word mostly names somebody: “for those who want to study”.
        if (_YOU if key else _YOURS).search(text.get("km")):
            yield f"{place}: a girl reads this: call her «ប្អូន», not «អ្នក»."
