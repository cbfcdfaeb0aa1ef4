"""Classes of schools: the girl's side, and the coordinators'."""

from bot.desk.places import Place
from handlers.classes import awaiting, classes, desk, taps
from handlers.doors import MY_CLASSES
from handlers.feature import Feature

FEATURE = Feature(
    "classes",
    commands={"join": classes.join},
    taps={
        MY_CLASSES: classes.mine,
        taps.JOIN: classes.join_sure,
        taps.NOT_NOW: classes.not_now,
        taps.TYPE_CODE: classes.ask_code,
        taps.LEAVE: classes.leave,
        taps.LIST: desk.listed,
        taps.NEW: desk.new,
        taps.SHOW: desk.show,
        taps.HAND_OUT: desk.hand_out,
        taps.UNTIL: desk.ask_until,
        taps.RENEW: desk.renew,
        taps.CLOSE: desk.close,
        taps.REOPEN: desk.reopen,
    },
    awaited={
        awaiting.Code: classes.typed_code,
        awaiting.Name: desk.named,
        awaiting.School: desk.schooled,
        awaiting.Until: desk.wrote_until,
    },
    desk=(Place("desk.classes", taps.LIST(0)),),
    makes=(taps,),
    back=("class.mine", MY_CLASSES()),
)
