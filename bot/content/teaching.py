"""The shape of `content/teaching.yaml`: which words are not learned from, whatever they ask."""

from bot.content.base import Model, Names


class NotLearned(Model):
    """Words beside which nothing is kept to learn from."""

    # what is not said to others
    rude: Names
    # what comes before a name, an address or an age of somebody
    tells_of_people: Names
