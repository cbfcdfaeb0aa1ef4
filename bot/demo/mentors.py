"""Two vetted mentors for the demo, made by the same steps as real ones."""

from datetime import datetime

from bot.database import Database
from bot.mentoring import mentors, vetting
from bot.mentoring.policy import Policy
from bot.people import people
from bot.people.staff import Actor

SOPHEA = {
    "first_name": "សុភា", "field": "software", "languages": "km en", "province": "phnom-penh",
    "hours": "evenings", "places": "2",
    "story": "បងសរសេរកម្មវិធីឱ្យមន្ទីរពេទ្យ។ បងចាប់ផ្ដើមរៀនកូដនៅអាយុ ១៩ ឆ្នាំ ដោយប្រើទូរស័ព្ទសិន។",
}  # fmt: skip
DARAVY = {
    "first_name": "ដារ៉ាវី", "field": "software", "languages": "km", "province": "battambang",
    "hours": "weekends", "places": "1",
    "story": "បងធ្វើគេហទំព័រ ហើយបង្រៀនក្មេងស្រីនៅបាត់ដំបង។ ពេលនៅវិទ្យាល័យ បងខ្លាចគណិតដែរ។",
}  # fmt: skip


async def seed_mentors(
    database: Database,
    mentor_ids: tuple[int, int],
    staff: tuple[int, int],
    languages: dict[int, str],
    now: datetime,
) -> None:
    """Vet two mentors, with two coordinators who are on call."""
    first, second = staff
    async with database.write() as session:
        for person_id in (*staff, *mentor_ids):
            await people.meet(session, person_id, languages[person_id], now)
        for mentor_id, answers in zip(mentor_ids, (SOPHEA, DARAVY), strict=True):
            herself = Actor(session, mentor_id, staff, now)
            await mentors.begin(session, mentor_id)
            for name, value in answers.items():
                await mentors.fill(herself, name, value)
            for item in range(1, mentors.CODE_ITEMS + 1):
                await mentors.accept_code(herself, item)
            await mentors.apply(herself)
            checks, signs = Actor(session, first, staff, now), Actor(session, second, staff, now)
            for item_name in vetting.CHECKLIST:
                await vetting.check(checks, mentor_id, item_name, "demo folder")
            await vetting.approve(signs, mentor_id, Policy())
            if (mentor := await mentors.find(session, mentor_id)) is not None:
                mentor.news = None
