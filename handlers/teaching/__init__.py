"""“Teach Bong Srey Khmer”, and the desk's look at the ways of asking that were learned."""

from bot.desk.places import Place
from bot.teaching import looking
from handlers.doors import LET_LEARN, TEACH, WAYS
from handlers.feature import Feature
from handlers.teaching import desk, judge, taps, teach
from handlers.teaching.awaiting import AnotherWay

FEATURE = Feature(
    "teaching",
    commands={"teach": teach.home},
    taps={
        TEACH: teach.home,
        LET_LEARN: teach.about_learning,
        taps.JOIN: teach.join,
        taps.ASK: teach.ask,
        taps.MINE: teach.mine,
        taps.TAKE_BACK: teach.take_back,
        taps.ABOUT_OPEN: teach.about_open,
        taps.OPEN: teach.set_open,
        taps.LEARN: teach.set_learning,
        taps.STOP: teach.stop,
        taps.JUDGE: judge.judge,
        taps.SAYS: judge.says,
        taps.BETTER: judge.better,
        taps.NOT_NICE: judge.not_nice,
        WAYS: desk.show_list,
        taps.WAY: desk.show_way,
        taps.ACCEPT: desk.accept,
        taps.DROP: desk.drop,
        taps.LEARNED: desk.learned,
        taps.WITHDRAW: desk.withdraw,
    },
    awaited={AnotherWay: teach.wrote},
    desk=(Place("desk.ways", WAYS(0), looking.how_many),),
    makes=(taps,),
    back=("back.teach", TEACH()),
)
