"""The lists that an editor chooses from: what is in the library, and what its shapes allow."""

from bot.content import Content
from bot.content.base import Text
from bot.editing.new.choices import fixed


def _label(text: Text) -> str:
    return " · ".join(dict.fromkeys(text.all()))


def topics(content: Content) -> dict[str, str]:
    """Return the topics of the FAQ."""
    return {topic.id: _label(topic.label) for topic in content.topics}


def fields(content: Content) -> dict[str, str]:
    """Return the fields of work."""
    return {field.id: _label(field.label) for field in content.fields}


def provinces(content: Content) -> dict[str, str]:
    """Return the provinces."""
    return {province.id: _label(province.label) for province in content.provinces}


def subjects(content: Content) -> dict[str, str]:
    """Return the school subjects."""
    return {subject.id: _label(subject.label) for subject in content.subjects}


def pages(content: Content) -> dict[str, str]:
    """Return the pages of the bot."""
    return {page.id: page.id for page in content.pages}


def entries(content: Content) -> dict[str, str]:
    """Return the answers of the FAQ."""
    return {entry.id: _label(entry.question) for entry in content.entries.values()}


def careers(content: Content) -> dict[str, str]:
    """Return the careers."""
    return {career.id: _label(career.name) for career in content.careers.values()}


def institutions(content: Content) -> dict[str, str]:
    """Return the places to study."""
    return {place.id: _label(place.name) for place in content.institutions}


def opportunities(content: Content) -> dict[str, str]:
    """Return the opportunities."""
    return {chance.id: _label(chance.name) for chance in content.opportunities}


def dates(content: Content) -> dict[str, str]:
    """Return the dates of the school year."""
    return {date.id: _label(date.name) for date in content.school_year}


def tags(content: Content) -> dict[str, str]:
    """Return what careers and the answers of the walk have in common."""
    tags = {tag for career in content.careers.values() for tag in career.tags}
    return dict.fromkeys(sorted(tags), "")


WAY_KINDS = fixed(
    {
        "degree": "a bachelor's degree at a university",
        "associate": "an associate degree, two years or so",
        "tvet": "a skills school (TVET)",
        "self": "learning it oneself or at work",
    }
)
TRACKS = fixed(
    {
        "science": "the science track",
        "social": "the social science track",
        "either": "either of the two",
    }
)
PLACE_KINDS = fixed(
    {
        "public": "of the state",
        "private": "private",
        "tvet": "a skills school (TVET)",
        "ngo": "of an organisation (NGO)",
    }
)
CHANCE_KINDS = fixed(
    {
        "scholarship": "pays for studying",
        "programme": "several weeks or more, with a plan",
        "club": "meets again and again",
        "contest": "with a prize",
        "training": "a course",
        "dormitory": "a place to live while studying",
    }
)
RECURS = fixed(
    {
        "yearly": "once a year",
        "several a year": "several times a year",
        "always open": "at any time",
        "ask": "not known: she must ask",
    }
)
DATE_KINDS = fixed(
    {
        "exam": "an exam",
        "results": "when results come out",
        "term": "when school begins, ends or rests",
        "applications": "when to apply or sign up",
        "contest": "a contest",
        "holiday": "a holiday, or a day that schools keep",
    }
)
CERTAINTIES = fixed(
    {
        "fixed": "the same day every year",
        "usual": "only the months in which it was are known",
        "announced": "a source says the days of this year",
    }
)
GRADES = fixed(
    {
        "8": "Grade 8 or below",
        "9": "Grade 9",
        "10": "Grade 10",
        "11": "Grade 11",
        "12": "Grade 12",
        "after": "who is done with Grade 12",
    }
)
