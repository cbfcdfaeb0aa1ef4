"""The questions that several kinds share, so that an editor is asked them in the same words."""

from bot.content.base import FEWEST_REVIEW_DAYS, MOST_REVIEW_DAYS
from bot.editing import limits
from bot.editing.new.choices import Options
from bot.editing.new.forms import Both, Line, Lines, Parts, Question, Several, Today
from bot.editing.new.readings import address, new_id, review_days, year
from bot.editing.new.talk import Empty

EMPTY_ENDS = "One a line; an empty line ends it."
UNKNOWN = "An empty line where you do not know yet: it becomes a … to fill in later."
_SOURCE = (
    Question(
        "title",
        "The title of a page where you read the facts? (empty = no more)",
        Line(empty=Empty.LEFT_OUT),
        example="Phnom Penh Post",
    ),
    Question(
        "url", "Its address?", Line(address), example="https://web-new.rupp.edu.kh/admission"
    ),
    Question("year", "Of which year is the page? (empty = it does not say)", Line(year, None)),
)


def short_name(what: str, example: str, of: Options) -> Question:
    """Ask for an id that none of its kind has."""
    return Question(
        "id",
        f"A short name for {what}? Girls do not see it.",
        Line(new_id(of)),
        "Small letters and digits joined by -, at most 40.",
        example,
    )


def text(key: str, words: str, example: str = "", most: int | None = None) -> Question:
    """Ask for words in every language, which may come later."""
    fits = f"At most {most} characters in each language. " if most else ""
    return Question(key, words, Both(most), fits + UNKNOWN, example)


def said_of(key: str, about: str, example: str = "") -> Question:
    """Ask for what only a source can say; it is left out where none does."""
    return Question(
        key,
        f"Anything a source says about {about}? (empty = no)",
        Both(limits.LONGEST_FACT, optional=True),
        "Only what a source says, with its year where it may change.",
        example,
    )


def name_of(what: str, example: str, most: int | None = None) -> Question:
    """Ask for a name, which may be in Latin letters in Khmer too."""
    fits = f"At most {most} characters in each language. " if most else ""
    return Question(
        "name", f"What is {what} called?", Both(most, name=True), fits + UNKNOWN, example
    )


def also_called(khmer: str, english: str, romanised: str) -> Question:
    """Ask for the names that girls use."""
    return Question(
        "also_called",
        "What else do girls call it?",
        Parts(
            (
                Question("km", "In Khmer?", Lines(), EMPTY_ENDS, khmer),
                Question("en", "In English?", Lines(), EMPTY_ENDS, english),
                Question("rom", "Khmer in Latin letters?", Lines(), EMPTY_ENDS, romanised),
            )
        ),
        "Short names, nicknames and usual mistakes: this is how it is found.",
    )


def reviewed(days: int) -> tuple[Question, ...]:
    """Ask where the facts come from and how long they hold: the same for every kind."""
    return (
        Question("sources", "Where did you read it?", Several(_SOURCE)),
        Question(
            "no_source",
            "Why does it need no source?",
            Line(),
            example="General advice.",
            instead_of="sources",
        ),
        Question(
            "reviewed",
            "On which day did you last read it all through? (empty = today)",
            Today(),
            example="2026-11-24",
        ),
        Question(
            "review_every_days",
            f"After how many days should it be read again? (empty = {days})",
            Line(review_days, days),
            f"From {FEWEST_REVIEW_DAYS} to {MOST_REVIEW_DAYS}; fewer where it changes every year.",
        ),
    )
