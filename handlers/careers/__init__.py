"""Careers, the path, plans, women, the directory."""

from handlers.careers import careers, directory, pathway, plans, women
from handlers.feature import Feature

FEATURE = Feature(
    "careers",
    commands={
        "path": pathway.begin,
        "careers": careers.fields,
        "find": directory.shelves,
        "family": women.family,
    },
    legacy_buttons={
        "path": pathway.tapped,
        "jobs": careers.list_tapped,
        "job": careers.tapped,
        "plan": plans.tapped,
        "dir": directory.tapped,
        "women": women.women,
        "family": women.family,
    },
)
