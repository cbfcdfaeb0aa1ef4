"""What is asked for each kind of content, as a table: to add a kind, add it to KINDS.

The keys are those of its shape in `bot.content`, in the order in which they are written; a hint
says what helps to answer well, and the limits are those of the check.
"""

from dataclasses import dataclass

from bot.editing import limits
from bot.editing.new import options
from bot.editing.new.choices import Choice, Choices
from bot.editing.new.forms import Both, Line, Lines, Parts, Question, Several, YesNo
from bot.editing.new.questions import (
    EMPTY_ENDS,
    UNKNOWN,
    also_called,
    name_of,
    reviewed,
    said_of,
    short_name,
    text,
)
from bot.editing.new.readings import (
    address,
    any_day,
    coming_day,
    day_of_every_year,
    emoji,
    last_round,
    months,
)
from bot.editing.new.talk import Empty


@dataclass(frozen=True)
class Kind:
    """A kind of content: its name, what it is, where it goes, and what is asked."""

    name: str
    what: str
    # the file; `{shelf}` is what was answered to `shelf`
    file: str
    # the list in the file that it is added to
    list_key: str
    questions: tuple[Question, ...]
    shelf: Question | None = None


_FAQ = (
    short_name("the answer", "what-is-ai", options.entries),
    Question(
        "question",
        "What does the girl ask? It is also written on the button.",
        Both(limits.LONGEST_QUESTION),
        f"At most {limits.LONGEST_QUESTION} characters in each language. {UNKNOWN}",
        "What is AI?",
    ),
    Question(
        "answer",
        "What do you answer, as an older sister speaks?",
        Both(limits.LONGEST_ANSWER, block=True),
        f"Several lines, at most {limits.LONGEST_ANSWER} characters in each language; an empty "
        "line ends it, or leaves it for later.",
    ),
    Question(
        "asks",
        "How do girls really type this question?",
        Parts(
            (
                Question("km", "In Khmer?", Lines(), EMPTY_ENDS, "AI ជាអ្វី"),
                Question("en", "In English?", Lines(), EMPTY_ENDS, "what does ai mean"),
                Question("rom", "Khmer in Latin letters?", Lines(), EMPTY_ENDS, "ai chea avey"),
                Question("mix", "Two languages mixed?", Lines(), EMPTY_ENDS, "AI គឺជា robot មែនទេ"),
            )
        ),
        f"{limits.FEWEST_ASKS} ways or more in all; of these, {limits.FEWEST_KHMER} or more "
        f"in Khmer and {limits.FEWEST_ROMANISED} or more in Latin letters.",
    ),
    *reviewed(180),
    Question(
        "related",
        "Which answers could she read next? (empty = none)",
        Choices(options.entries),
        "Two or three, with commas between or one a line; an empty line ends it.",
    ),
    Question(
        "opens",
        "Which page of the bot does it speak of, to be opened with a button? (empty = none)",
        Choice(options.pages, Empty.LEFT_OUT),
    ),
    Question(
        "timeless",
        "Are all its amounts of money and per cents mere examples, which never age?",
        YesNo(),
        "No where there are none: the check then asks for the year of each figure.",
    ),
)

_CAREER = (
    short_name("the career", "civil-engineer", options.careers),
    Question("emoji", "Which emoji stands before it?", Line(emoji), example="🌉"),
    name_of("the work", "Civil engineer", limits.LONGEST_NAME),
    also_called("ជាងសំណង់", "construction engineer", "visvakor samnong"),
    text(
        "what",
        "What does she do in this work?",
        "Plans roads, bridges and houses, and sees that they are built safely.",
        limits.LONGEST_PARAGRAPH,
    ),
    text("day", "How does a day of hers go?", most=limits.LONGEST_PARAGRAPH),
    Question(
        "subjects",
        "Which school subjects help?",
        Choices(options.subjects, fewest=1),
        "Numbers or names, with commas between; an empty line ends it.",
        "1, 2",
    ),
    Question("track", "Which track of grades 11 and 12 leads to it?", Choice(options.TRACKS)),
    Question(
        "tags",
        "What must she like, to like this work?",
        Choices(options.tags, fewest=1),
        "The walk finds the career by these. With commas between; an empty line ends it.",
    ),
    Question(
        "ways",
        "How does one get in? One way after the other.",
        Several(
            (
                Question(
                    "kind",
                    "Which kind of way? (empty = no more)",
                    Choice(options.WAY_KINDS, Empty.LEFT_OUT),
                ),
                text("text", "How does this way go?"),
            ),
            fewest=1,
        ),
        "One that is not a degree, unless the work needs a university.",
    ),
    Question(
        "study_at",
        "Where can it be studied? (empty = not known)",
        Choices(options.institutions),
        "Only places in the library; an empty line ends it.",
    ),
    Question("needs_university", "Does it need a university?", YesNo()),
    Question(
        "joins",
        "To which other field does it bring AI or data? (empty = none)",
        Line(empty=None),
        example="health",
    ),
    text(
        "first_step",
        "What can she do this week, with what she has?",
        most=limits.LONGEST_PARAGRAPH,
    ),
    text("with_ai", "How does AI change this work?", most=limits.LONGEST_PARAGRAPH),
    text("myth", "What do people wrongly say of it?", "“Girls cannot build bridges.”"),
    text("truth", "And what is true?", most=limits.LONGEST_PARAGRAPH),
    text("for_parents", "What should her parents know?", most=limits.LONGEST_PARAGRAPH),
    said_of("pay", "what it pays"),
    said_of("cost", "what the study costs"),
    said_of("years", "how long it takes"),
    Question(
        "related",
        "Which careers are near to it? (empty = none)",
        Choices(options.careers),
        "Two or three; an empty line ends it.",
    ),
    Question(
        "faq",
        "Which answers help with it? (empty = none)",
        Choices(options.entries),
        "Two or three; an empty line ends it.",
    ),
    *reviewed(180),
)

_LINK = Question(
    "link",
    "The address of its own site? (empty = none was seen)",
    Line(address, Empty.LEFT_OUT),
    example="https://web-new.rupp.edu.kh",
)

_INSTITUTION = (
    short_name("the place", "rupp", options.institutions),
    Question("short", "Its short name, as on a button?", Line(), example="RUPP"),
    name_of("the place", "Royal University of Phnom Penh"),
    also_called("ភូមិន្ទ", "Royal University", "sala phumin"),
    Question("kind", "Whose is it?", Choice(options.PLACE_KINDS)),
    Question(
        "provinces",
        "In which provinces is it? (empty = not in one)",
        Choices(options.provinces),
        "Numbers or names, with commas between; an empty line ends it.",
    ),
    text(
        "about",
        "What is it, and what can be studied there?",
        most=limits.LONGEST_PARAGRAPH,
    ),
    text("entry", "How does a girl get in, and whom does she ask?"),
    _LINK,
    said_of("majors", "its majors"),
    said_of("fees", "its fees", "About 450 US dollars a year (2024)."),
    said_of("deadline", "until when to apply"),
    said_of("dormitory", "a dormitory"),
    said_of("contact", "how to reach it"),
    said_of("scholarship", "its scholarships"),
    said_of("language", "the language of teaching"),
    said_of("girls", "girls there"),
    *reviewed(180),
)

_OPPORTUNITY = (
    short_name("the opportunity", "technovation-girls", options.opportunities),
    Question("kind", "What is it?", Choice(options.CHANCE_KINDS)),
    name_of("it", "Scholarships to Vietnam"),
    also_called("ទៅរៀនវៀតណាម", "study in Vietnam", "rean nov vietnam"),
    text("about", "What is it, and what does she get?", most=limits.LONGEST_PARAGRAPH),
    text("who", "Who may apply?", most=limits.LONGEST_PARAGRAPH),
    text("how", "How does she apply, and whom does she ask?", most=limits.LONGEST_PARAGRAPH),
    Question(
        "provinces",
        "For which provinces is it? (empty = the whole country)",
        Choices(options.provinces, optional=True),
        "Numbers or names, with commas between; an empty line ends it.",
    ),
    Question("for_girls", "Is it for girls only, or for girls first?", YesNo()),
    Question("for_poor", "Is it for families with little money?", YesNo()),
    Question(
        "fields",
        "For which fields of work is it? (empty = any)",
        Choices(options.fields, optional=True),
        "Numbers or names, with commas between; an empty line ends it.",
    ),
    Question(
        "faq", "Which answer tells more? (empty = none)", Choice(options.entries, Empty.LEFT_OUT)
    ),
    Question("recurs", "How often does it come?", Choice(options.RECURS)),
    Question(
        "last_round",
        "Of which round do its texts tell? (empty = of none)",
        Line(last_round, Empty.LEFT_OUT),
        "Its last day as year-month-day, its year, or its year of study. Once that is over, girls"
        " are told.",
        "2025-26",
    ),
    _LINK,
    said_of("pays", "what exactly it pays for"),
    said_of("deadline", "when it opened and closed", "In 2025 from 1 March to 15 May."),
    *reviewed(90),
)

_MONTHS_HINT = "The first and the last one as numbers; 11-1 goes over the new year."

_DATE = (
    short_name("the date", "bac2-exam", options.dates),
    Question("kind", "Which kind of date?", Choice(options.DATE_KINDS)),
    name_of("the date", "Bac II exam", limits.LONGEST_NAME),
    Question(
        "certainty",
        "How sure is the day?",
        Choice(options.CERTAINTIES),
        "Never a day that no source tells: then it is usual.",
    ),
    Question(
        "day",
        "On which day of every year?",
        Line(day_of_every_year),
        "First the month, then the day.",
        "03-08",
        only_where=("certainty", "fixed"),
    ),
    Question(
        "months",
        "In which months was it so far?",
        Line(months),
        _MONTHS_HINT,
        "8-10",
        only_where=("certainty", "usual"),
    ),
    Question(
        "from",
        "Which is its first day?",
        Line(any_day),
        "As year-month-day.",
        "2027-08-27",
        only_where=("certainty", "announced"),
    ),
    Question(
        "until",
        "Which is its last day?",
        Line(coming_day),
        "The same again, where it is a single day.",
        "2027-08-28",
        only_where=("certainty", "announced"),
        not_before="from",
    ),
    Question(
        "months",
        "In which months will it come again? (empty = not known)",
        Line(months, Empty.LEFT_OUT),
        _MONTHS_HINT,
        "8-10",
        only_where=("certainty", "announced"),
    ),
    text(
        "text",
        "What was when, each with its year, and whom does she ask?",
        "2025: 28-29 August. 2024: 8-9 October. Ask your school for the next date.",
        limits.LONGEST_DATE,
    ),
    Question(
        "grades",
        "For which grades is it? (empty = for all)",
        Choices(options.GRADES, optional=True),
        "With commas between; an empty line ends it.",
        "11, 12",
    ),
    Question(
        "faq", "Which answer tells more? (empty = none)", Choice(options.entries, Empty.LEFT_OUT)
    ),
    Question(
        "opportunity",
        "To which opportunity does it belong? (empty = none)",
        Choice(options.opportunities, Empty.LEFT_OUT),
    ),
    *reviewed(90),
)

KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "faq", "an answer", "faq/{shelf}.yaml", "entries", _FAQ,
            Question("topic", "On which topic is it?", Choice(options.topics)),
        ),
        Kind(
            "career", "a career", "careers/{shelf}.yaml", "careers", _CAREER,
            Question("field", "In which field of work?", Choice(options.fields)),
        ),
        Kind(
            "institution", "a place to study", "directory/institutions.yaml", "institutions",
            _INSTITUTION,
        ),
        Kind(
            "opportunity", "a scholarship, programme, club, contest, training or dormitory",
            "directory/opportunities.yaml", "opportunities", _OPPORTUNITY,
        ),
        Kind(
            "date", "what girls ask “when” for", "calendar/school-year.yaml", "dates", _DATE,
        ),
    )
}  # fmt: skip
