"""A phone that several girls use with one Telegram account, one after the other.

Each is a person of her own: her language, grade, walks and mentor are kept under her own id
(`chats.py`), and nothing of one is shown to another. One of them is here at a time, or nobody is:
then names are to choose from. What is for one who is not here waits until she is. Whoever never
shares a phone has no row here.
"""

from datetime import datetime, timedelta

from sqlalchemy import Select, delete, func, select, update

from bot.database import Session, any_once
from bot.people import chats
from bot.people.tables import AuditLine, Conversation, Person, Reachability
from bot.people.tables import Phone as Phone
from bot.people.tables import Profile as Profile
from bot.refusals import RefusedError

MOST_PROFILES = 4
LONGEST_NAME = 20
# How long what is for somebody who is not here waits for her, at most.
WAITS_FOR = timedelta(days=30)
# A message to many is soon of no use.
ANNOUNCED_WAITS_FOR = timedelta(days=1)


def away() -> Select[int]:
    """Select who shares a phone and is not the one who is here."""
    return (
        select(Profile.person_id)
        .join(Phone, Phone.chat_id == chats.chat_in(Profile.person_id))
        .where(Profile.person_id.is_distinct_from(Phone.in_use))
    )


async def any_shared(session: Session) -> bool:
    """Return whether any phone is shared: in most places none is, and this costs nothing."""
    return await any_once(session, "is a phone shared", Phone, Phone.chat_id.is_not(None))


async def of(session: Session, chat_id: int) -> Phone | None:
    """Return the phone of an account if several use it, which every turn asks."""
    return await session.get(Phone, chat_id) if await any_shared(session) else None


async def holder(session: Session, chat_id: int) -> int:
    """Return who reads now in the chat of an account, or its door."""
    phone = await of(session, chat_id)
    if phone is None:
        return chat_id
    return chats.door(chat_id) if phone.in_use is None else phone.in_use


async def is_shared(session: Session, person_id: int) -> bool:
    """Return whether somebody shares her phone with another who has pages of her own."""
    return len(await profiles(session, chats.chat_of(person_id))) > 1


async def profiles(session: Session, chat_id: int) -> list[Profile]:
    """Return all who share a phone, the owner of the account first, then as they came."""
    query = (
        select(Profile)
        .where(chats.chat_in(Profile.person_id) == chat_id)
        .order_by(Profile.person_id.desc())
    )
    return list(await session.scalars(query))


async def profile(session: Session, person_id: int) -> Profile | None:
    """Return how somebody is known on a shared phone."""
    return await session.get(Profile, person_id)


async def here(session: Session, phone: Phone, slot: int) -> Profile | None:
    """Return who has a slot on a phone, which a button names; None for nobody."""
    person_id = chats.at(phone.chat_id, slot)
    return None if person_id is None else await session.get(Profile, person_id)


async def languages(session: Session, chat_id: int) -> list[str]:
    """Return the languages of those who share a phone, each once."""
    ids = [one.person_id for one in await profiles(session, chat_id)]
    rows = await session.execute(select(Person.id, Person.language).where(Person.id.in_(ids)))
    spoken = {person_id: language for person_id, language in rows}
    return list(dict.fromkeys(spoken[one] for one in ids if one in spoken))


def named(text: str) -> str:
    """Return a name as it is kept; raises RefusedError for none, and for a long one."""
    name = " ".join(text.split())
    if not name or len(name) > LONGEST_NAME or not any(c.isalpha() for c in name):
        raise RefusedError("who.name_fault", most=LONGEST_NAME)
    return name


async def create(session: Session, owner_id: int, name: str, now: datetime) -> Phone:
    """Let a phone be shared, with its owner as the first of several."""
    phone = Phone(chat_id=owner_id, in_use=owner_id, since_utc=now, told=False)
    session.add_all([phone, Profile(person_id=owner_id, name=named(name), tries=0)])
    await session.flush()
    return phone


async def add(session: Session, phone: Phone, name: str, language: str, now: datetime) -> Profile:
    """Give a further girl pages of her own on a phone.

    Raises RefusedError for a name that another has there, and where there is no more room.
    """
    await require_room(session, phone)
    kept = await _free_name(session, phone, name, but=None)
    person_id = await _free_id(session, phone.chat_id)
    session.add(
        Person(
            id=person_id,
            language=language,
            language_chosen=False,
            reach=Reachability.REACHABLE,
            joined_at_utc=now,
        )  # fmt: skip
    )
    await session.flush()
    new = Profile(person_id=person_id, name=kept, tries=0)
    session.add(new)
    await session.flush()
    return new


async def require_room(session: Session, phone: Phone) -> None:
    """Raise RefusedError where as many use a phone as may."""
    if len(await profiles(session, phone.chat_id)) >= MOST_PROFILES:
        raise RefusedError("who.full", most=MOST_PROFILES)


async def rename(session: Session, phone: Phone, person_id: int, name: str) -> None:
    """Let somebody be known by another name on a phone; raises as `add` does."""
    kept = await _free_name(session, phone, name, but=person_id)
    (await session.get_one(Profile, person_id)).name = kept


async def _free_name(session: Session, phone: Phone, name: str, *, but: int | None) -> str:
    kept = named(name)
    for other in await profiles(session, phone.chat_id):
        if other.person_id != but and other.name.casefold() == kept.casefold():
            raise RefusedError("who.name_taken")
    return kept


async def _free_id(session: Session, chat_id: int) -> int:
    """Return the first id on a phone that nobody has or had: not even the log knows it."""
    for slot in range(1, chats.MOST_SLOTS + 1):
        person_id = chats.further(chat_id, slot)
        acted = select(AuditLine.id).where(AuditLine.actor_id == person_id).limit(1)
        if await session.get(Person, person_id) is None and await session.scalar(acted) is None:
            return person_id
    raise RefusedError("who.full", most=MOST_PROFILES)


async def enter(session: Session, phone: Phone, person_id: int | None, now: datetime) -> None:
    """Say who is here from now on; None for nobody."""
    phone.in_use, phone.asked, phone.told, phone.since_utc = person_id, None, False, now
    await session.flush()


async def leave(session: Session, phone: Phone, now: datetime) -> None:
    """Say that nobody is here until one of them says so."""
    await enter(session, phone, None, now)


def begins_below(phone: Phone, *message_ids: int | None) -> None:
    """Remember that nothing down to these messages belongs to whoever is here next."""
    known = [number for number in (*message_ids, phone.before_message_id) if number is not None]
    phone.before_message_id = max(known, default=None)


def is_of_before(phone: Phone, message_id: int | None) -> bool:
    """Return whether a message stands in the chat from when another was here, or nobody."""
    before = phone.before_message_id
    return message_id is not None and before is not None and message_id <= before


async def not_shared_any_more(session: Session, phone: Phone) -> None:
    """Let a phone be its owner's alone again; raises RefusedError where others use it too."""
    left = await profiles(session, phone.chat_id)
    if [one.person_id for one in left] != [phone.chat_id]:
        raise RefusedError("who.others_left")
    for row in (*left, phone):
        await session.delete(row)
    await session.flush()


async def all_reached(session: Session, phone: Phone, *, left: bool) -> None:
    """Remember of all who share a phone whether they have `left` the bot: the chat is one."""
    reach = Reachability.BLOCKED if left else Reachability.REACHABLE
    ids = [one.person_id for one in await profiles(session, phone.chat_id)]
    await session.execute(
        update(Person).where(Person.id.in_(ids), Person.reach != reach).values(reach=reach)
    )


async def gives_to_owners(session: Session, owners: tuple[int, ...]) -> None:
    """Let these accounts' owners be here: a coordinator is not to miss the call of a girl."""
    await session.execute(
        update(Phone)
        .where(Phone.chat_id.in_(owners))
        .values(in_use=Phone.chat_id, asked=None)
        .execution_options(synchronize_session=False)
    )


async def is_own(session: Session, person_id: int) -> bool:
    """Return whether somebody is the owner of the account, and no other uses her phone."""
    return not chats.is_further(person_id) and await of(session, person_id) is None


async def is_gone(session: Session, person_id: int) -> None:
    """Forget how somebody was known on her phone; the phone too, when she was the last."""
    await session.execute(delete(Profile).where(Profile.person_id == person_id))
    for column in (Phone.in_use, Phone.asked):
        await session.execute(update(Phone).where(column == person_id).values({column: None}))
    chat_id = chats.chat_of(person_id)
    query = select(func.count()).where(chats.chat_in(Profile.person_id) == chat_id)
    if not await session.scalar(query.select_from(Profile)):
        await session.execute(delete(Phone).where(Phone.chat_id == chat_id))
    await session.flush()


def nobody(chat_id: int, tongue: str, now: datetime) -> tuple[Person, Conversation]:
    """Return who writes while nobody has said that she is here: none of it is kept."""
    person = Person(
        id=chats.door(chat_id), language=tongue, language_chosen=False,
        reach=Reachability.REACHABLE, joined_at_utc=now,
    )  # fmt: skip
    return person, Conversation(person_id=person.id, buttons=[])
