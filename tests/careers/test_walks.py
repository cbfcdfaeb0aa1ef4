"""A walk in the database: answered, left, taken up again; counted without names."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot import privacy
from bot.careers import privacy as careers_privacy
from bot.careers import walks
from bot.careers.pathway import Tree
from bot.careers.tables import SavedCareer, Walk
from bot.content import Content
from bot.content.pathway import UNSURE
from bot.database import Database, Session
from bot.people import people
from bot.people.staff import Actor
from bot.refusals import NotAllowedError
from bot.settings import Settings

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
GIRL, STRANGER, BOPHA = 1, 2, 11
STAFF = (BOPHA,)
SETTINGS = Settings(walk_days=365, _env_file=None)


@pytest.fixture
def tree(content: Content) -> Tree:
    return Tree(content.nodes)


def _girl(session: Session, girl: int = GIRL, now: datetime = NOW) -> Actor:
    return Actor(session, girl, STAFF, now)


def _walk_down(walk: Walk, tree: Tree, now: datetime = NOW) -> None:
    """Answer every question with its first answer."""
    place, _ = walks.resume(walk, tree, now)
    while place.node is not None:
        answered = walks.answer(walk, tree, place.node.id, place.node.options[0].id, now)
        assert answered is not None
        place = answered


async def test_a_walk_goes_on_where_it_stood_days_later(database: Database, tree: Tree) -> None:
    async with database.write() as session:
        await people.meet(session, GIRL, "km", NOW)
        walk = await walks.begin(_girl(session))
        walks.answer(walk, tree, "start", "upper", NOW)
        walks.answer(walk, tree, "upper", "social", NOW)
    later = NOW + timedelta(days=9)
    async with database.write() as session:
        left = await walks.current(session, GIRL)
        assert left is not None
        place, moved = walks.resume(left, tree, later)
        assert (place.node and place.node.id, moved, left.resumed) == ("worry", False, 1)
        assert tree.needs(place.steps) == ("in-social",)
        back = walks.back(left, tree, later)
        assert back.node is not None
        assert back.node.id == "upper"


async def test_an_old_button_changes_nothing(database: Database, tree: Tree) -> None:
    async with database.write() as session:
        await people.meet(session, GIRL, "km", NOW)
        walk = await walks.begin(_girl(session))
        walks.answer(walk, tree, "start", "upper", NOW)
        for node, option in (
            ("start", "lower"), ("upper", "nothing"), ("nowhere", "science"), ("love", UNSURE),
        ):  # fmt: skip
            assert walks.answer(walk, tree, node, option, NOW) is None
        assert walk.steps == [["start", "upper"]]


async def test_edited_content_is_noticed_once(
    database: Database, tree: Tree, content: Content
) -> None:
    async with database.write() as session:
        await people.meet(session, GIRL, "km", NOW)
        walk = await walks.begin(_girl(session))
        walks.answer(walk, tree, "start", "upper", NOW)
        edited = Tree(tuple(node for node in content.nodes if node.id != "upper"))
        place, moved = walks.resume(walk, edited, NOW)
        assert (place.node and place.node.id, moved) == ("start", True)
        assert walks.resume(walk, edited, NOW)[1] is False


async def test_back_from_the_outcome_opens_the_walk_again(database: Database, tree: Tree) -> None:
    async with database.write() as session:
        await people.meet(session, GIRL, "km", NOW)
        walk = await walks.begin(_girl(session))
        _walk_down(walk, tree)
        assert walk.finished_at_utc == NOW
        assert not await walks.in_the_middle(_girl(session, now=NOW))
        walks.back(walk, tree, NOW)
        assert walk.finished_at_utc is None
        assert await walks.in_the_middle(_girl(session, now=NOW))
        assert not await walks.in_the_middle(_girl(session, now=NOW + walks.MIDDLE_LASTS))


async def test_coordinators_see_counts_of_five_and_more_only(
    database: Database, tree: Tree, content: Content
) -> None:
    later = NOW + walks.DROPPED_AFTER + timedelta(minutes=1)
    async with database.write() as session:
        for girl in range(100, 109):
            await people.meet(session, girl, "km", NOW)
            walk = await walks.begin(_girl(session, girl))
            walks.answer(walk, tree, "start", "left" if girl < 105 else "upper", NOW)
        for girl in range(200, 205):
            await people.meet(session, girl, "km", NOW)
            _walk_down(await walks.begin(_girl(session, girl)), tree)
        told = await walks.counts(Actor(session, BOPHA, STAFF, later))
        # Five stopped at "left" and are told of; the four at "upper" are not.
        assert told.dropped == (("left", 5),)
        assert (told.starts, told.finished, told.resumed) == (14, 5, 0)
        ((outcome, number),) = told.outcomes
        assert number == 5
        node = tree.nodes[outcome.partition(".")[0]]
        assert node.way(outcome.partition(".")[2])
        # Who is still walking has not dropped off.
        assert (await walks.counts(Actor(session, BOPHA, STAFF, NOW))).dropped == ()
        await walks.begin(_girl(session, 204))
        assert (await walks.counts(Actor(session, BOPHA, STAFF, later))).finished == 5


async def test_a_small_number_is_not_told(database: Database, tree: Tree) -> None:
    async with database.write() as session:
        await people.meet(session, GIRL, "km", NOW)
        _walk_down(await walks.begin(_girl(session)), tree)
        told = await walks.counts(Actor(session, BOPHA, STAFF, NOW))
        assert (told.starts, told.finished, told.resumed) == (None, None, 0)
        assert (told.dropped, told.outcomes) == ((), ())


async def test_only_coordinators_see_counts(database: Database) -> None:
    async with database.write() as session:
        for actor in (GIRL, STRANGER):
            with pytest.raises(NotAllowedError):
                await walks.counts(_girl(session, actor))


async def test_her_walk_is_hers_to_see_and_to_erase(database: Database, tree: Tree) -> None:
    async with database.write() as session:
        for girl in (GIRL, STRANGER):
            await people.meet(session, girl, "km", NOW)
            walk = await walks.begin(_girl(session, girl))
            walks.answer(walk, tree, "start", "left", NOW)
            await walks.save(_girl(session, girl), "nurse")
            await walks.save(_girl(session, girl), "nurse")
        kept = await privacy.export(session, GIRL)
        assert kept["walks"][0]["answers"] == [["start", "left"]]
        assert kept["saved_careers"] == ["nurse"]
        await privacy.erase(session, GIRL, NOW)
    async with database.read() as session:
        for table in (Walk, SavedCareer):
            left = await session.scalars(select(table.person_id))
            assert list(left) == [STRANGER]


async def test_kept_careers_are_shown_newest_first_and_let_go(database: Database) -> None:
    async with database.write() as session:
        await people.meet(session, GIRL, "km", NOW)
        await walks.save(_girl(session), "nurse")
        await walks.save(_girl(session, now=NOW + timedelta(seconds=1)), "lawyer")
        assert await walks.saved(session, GIRL) == ("lawyer", "nurse")
        await walks.unsave(_girl(session), "lawyer")
        assert await walks.saved(session, GIRL) == ("nurse",)


async def test_an_untouched_walk_is_forgotten_in_time(database: Database, tree: Tree) -> None:
    async with database.write() as session:
        await people.meet(session, GIRL, "km", NOW)
        walk = await walks.begin(_girl(session))
        walks.resume(walk, tree, NOW + timedelta(days=100))
        await careers_privacy.forget_old(session, SETTINGS, NOW + timedelta(days=300))
        assert await session.scalar(select(func.count()).select_from(Walk)) == 1
        await careers_privacy.forget_old(session, SETTINGS, NOW + timedelta(days=466))
        assert await session.scalar(select(func.count()).select_from(Walk)) == 0
