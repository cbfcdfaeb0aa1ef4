"""All tables of the house, imported so that the metadata is complete."""

from bot.announcements import tables as announcements
from bot.careers import tables as careers
from bot.classes import tables as classes
from bot.database.base import Table
from bot.desk import tables as desk
from bot.events import tables as events
from bot.mentoring import tables as mentoring
from bot.people import tables as people
from bot.questions import tables as questions
from bot.queues import tables as queues
from bot.safety import tables as safety
from bot.teaching import tables as teaching

TABLES = (
    people,
    queues,
    safety,
    careers,
    classes,
    questions,
    teaching,
    mentoring,
    events,
    announcements,
    desk,
)
metadata = Table.metadata
