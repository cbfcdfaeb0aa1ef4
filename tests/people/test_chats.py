"""Everybody's chat is reckoned from her id, and no two people have one id."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import BigInteger, literal, select

from bot.database import Database
from bot.people import chats
from bot.settings import BEYOND_IDS

accounts = st.integers(1, BEYOND_IDS - 1)
slots = st.integers(1, chats.MOST_SLOTS)
groups = st.integers(-BEYOND_IDS + 1, -1)


@given(accounts, slots)
def test_a_further_girl_reads_in_the_chat_of_the_account(account: int, slot: int) -> None:
    person_id = chats.further(account, slot)
    assert chats.chat_of(person_id) == account
    assert chats.slot_of(person_id) == slot
    assert chats.at(account, slot) == person_id
    assert chats.is_further(person_id)


@given(accounts)
def test_the_owner_of_an_account_is_known_by_its_id(account: int) -> None:
    assert chats.chat_of(account) == account
    assert chats.at(account, 0) == account
    assert not chats.is_further(account)


@given(groups)
def test_the_id_of_a_group_is_nobodys(group: int) -> None:
    assert chats.chat_of(group) == group


@given(st.tuples(accounts, slots), st.tuples(accounts, slots))
def test_no_two_have_one_id(one: tuple[int, int], other: tuple[int, int]) -> None:
    assert (chats.further(*one) == chats.further(*other)) == (one == other)
    assert chats.further(*one) != chats.door(other[0])


@given(accounts, slots)
def test_all_ids_fit_into_the_database(account: int, slot: int) -> None:
    for number in (chats.further(account, slot), chats.door(account)):
        assert -(1 << 63) <= chats.BEFORE_ALL < number < -BEYOND_IDS


@pytest.mark.parametrize("slot", [0, -1, chats.MOST_SLOTS + 1])
def test_a_slot_that_cannot_be_is_refused(slot: int) -> None:
    with pytest.raises(ValueError, match="no such place"):
        chats.further(5, slot)


async def test_the_database_reckons_alike(database: Database) -> None:
    ids = [5, -5, BEYOND_IDS - 1, 1 - BEYOND_IDS, chats.door(5), chats.further(7, 1),
           chats.further(BEYOND_IDS - 1, chats.MOST_SLOTS)]  # fmt: skip
    async with database.read() as session:
        for number in ids:
            found = await session.scalar(select(chats.chat_in(literal(number, BigInteger))))
            assert found == chats.chat_of(number)
