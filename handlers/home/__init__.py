"""Home, the language, what she told about herself, privacy."""

from handlers import doors
from handlers.feature import Feature
from handlers.home import (
    adults,
    age,
    awaiting,
    chores,
    first,
    hide,
    language,
    menu,
    mydata,
    privacy,
    profile,
    taps,
)

FEATURE = Feature(
    "home",
    commands={
        "menu": menu.home,
        "language": language.choose,
        "me": profile.card,
        "privacy": privacy.card,
        "mydata": mydata.card,
        "forget": privacy.ask_again,
        "hide": hide.hide,
    },
    taps={
        doors.HOME: menu.home,
        doors.MORE: menu.more,
        doors.LIBRARY: adults.library,
        doors.CHOOSE_LANGUAGE: language.choose,
        taps.CHOOSE_LANGUAGE_BEFORE: language.choose,
        taps.LANGUAGE: language.chosen,
        doors.PROFILE: profile.card,
        taps.GRADE: profile.grade,
        taps.PROVINCES: profile.provinces,
        taps.PROVINCE: profile.province,
        taps.FIRST_GRADE: first.grade,
        taps.FIRST_PROVINCES: first.provinces,
        taps.FIRST_PROVINCE: first.province,
        taps.AGE: age.told,
        doors.PRIVACY: privacy.card,
        taps.PRIVACY_PAGE: privacy.show_page,
        taps.MY_DATA: mydata.card,
        taps.EXPORT: mydata.export,
        doors.HIDE: hide.hide,
        taps.ERASE: privacy.ask_again,
        taps.ERASE_FOR_SURE: privacy.erase,
    },
    awaited={awaiting.AskedAge: age.typed},
    duties=chores.DUTIES,
    makes=(taps,),
)
