"""Khmer as teenagers type it in Latin letters, made from Khmer script: examples for `make fit`.

There is no standard spelling, so each letter and vowel has the ways in which it is commonly heard
and typed, one of which is drawn each time, the first of them most often; what is typed most has
spellings of its own. Consonants belong to two series, which give the vowels their sound (Huffman,
Cambodian System of Writing and Beginning Reader, 1970). It is near enough to the real thing to
learn from, and is never shown to anybody.
"""

import random
import re

from bot.language.khmer import COENG, latin_digits, repair
from bot.language.romanised import spoken
from bot.language.words import pieces

# Ways of writing a sound are parted by strokes.
_FIRST = {
    "ក": "k", "ខ": "kh/k", "ច": "ch/j", "ឆ": "chh/ch", "ដ": "d", "ឋ": "th/t", "ណ": "n", "ត": "t/d",
    "ថ": "th/t", "ប": "b", "ផ": "ph/p", "ស": "s", "ហ": "h", "ឡ": "l", "អ": "", "ឝ": "s", "ឞ": "s",
}  # fmt: skip
_SECOND = {
    "គ": "k", "ឃ": "kh/k", "ង": "ng", "ជ": "ch/j", "ឈ": "chh/ch", "ញ": "nh/ny", "ឌ": "d", "ឍ": "th/t",
    "ន": "n", "ទ": "t", "ធ": "th/t", "ព": "p", "ភ": "ph/p", "ម": "m", "យ": "y", "រ": "r", "ល": "l",
    "វ": "v/w",
}  # fmt: skip
_CONSONANTS = _FIRST | _SECOND
# A subscript of these leaves the series to the letter above it.
_YIELDING = frozenset("ងញនមយរលវ")
_FINALS = {
    "ក": "k", "ខ": "k", "គ": "k", "ឃ": "k", "ង": "ng", "ច": "ch/j", "ជ": "ch/j", "ញ": "nh/n", "ដ": "t",
    "ត": "t", "ថ": "t", "ទ": "t", "ធ": "t", "ឋ": "t", "ណ": "n", "ន": "n", "ប": "p/b", "ផ": "p", "ព": "p",
    "ភ": "p", "ម": "m", "យ": "y/i", "រ": "/r", "ល": "l", "វ": "v/w", "ស": "s/h", "ហ": "h", "ឡ": "l",
    "អ": "", "ឆ": "ch", "ឈ": "ch", "ឌ": "t", "ឍ": "t", "ឝ": "s", "ឞ": "s",
}  # fmt: skip
# The ways after the first series, a bar, and those after the second. A vowel before a letter with
# bantoc (់) is short; samyok (័) is a short "a".
_VOWELS = {
    "": "or/o/a|o/or/u", "័": "a|oa/ea/a", "់": "o/or|u/o/ou", "ា": "a/ar|ea/ia/ie", "ា់": "a|oa/ea/o",
    "ិ": "e/ei/i|i/e", "ី": "ei/ey/y|i/ee/y", "ឹ": "oe/eu/er|eu/oe/e",
    "ឺ": "eu/oeu|eu/ue", "ុ": "o|u/ou/o", "ូ": "o/ou|u/ou/oo", "ួ": "uo/ou|uo/ou/ua",
    "ើ": "er/aeu/eu/ae|er/eu/oe", "ឿ": "eua/oeu|eua/oeu", "ៀ": "ie/ea/ia|ie/ea/ia",
    "េ": "e/ei/ey|e/ei/ey", "ែ": "ae/e/er|e/ae", "ៃ": "ai/ay|ey/ei/ai",
    "ោ": "ao/o/or|o/ou/ow", "ៅ": "av/ao/ov|ov/ow/ou", "ំ": "om/orm|um/om",
    "ុំ": "om|um/om", "ាំ": "am|oam/om/am", "ះ": "as/ah|eas/eah", "េះ": "es/eh|es/eh",
    "ុះ": "os/oh|us/oh", "ោះ": "os/oh|uos/oh/os", "ៈ": "ak|eak", "ិះ": "es/eh|is/ih",
    "ឹះ": "es/oes|es/oes", "ែះ": "es/aes|es/aes", "ើះ": "ers/es|ers/es",
}  # fmt: skip
_ALONE = {
    "ឣ": "a", "ឤ": "a", "ឨ": "uk", "ឥ": "e/ey", "ឦ": "ei", "ឧ": "u/ou", "ឩ": "ou", "ឪ": "ov/ao", "ឫ": "reu", "ឬ": "reu/rer/ru",
    "ឭ": "leu", "ឮ": "leu", "ឯ": "ae/e", "ឰ": "ai", "ឱ": "o/ao", "ឲ": "ao", "ឳ": "ov",
}  # fmt: skip
# What is typed so often that it has spellings of its own.
_WORDS = {
    "ខ្ញុំ": "knhom/nhom/khnom/knom/nhm/kyom/knhm", "ញុំ": "nhom/nhm/knhom/nyom", "ញ៉ុម": "nhom/nhm",
    "បង": "bong/bg/bng", "អូន": "oun/on/own", "ប្អូន": "pa'oun/p'oun/baoun", "អី": "ey/ei/avey", "អ្វី": "avey/ey/avei",
    "ទេ": "te/ty/t/tee", "អត់": "ot/ort/at", "មិន": "min/mn/men", "បាន": "ban/bn/bann", "ចង់": "jong/chong/jg/jng",
    "ម៉េច": "mech/mich/mej/mch", "នៅ": "nov/nv/now/nw", "ទៅ": "tov/tv/tow", "ហើយ": "hery/hz/haey/hx",
    "ដែរ": "der/dae/de/dr", "ដែល": "del/dael/dl", "ធ្វើ": "tver/thver/tve/tveu", "ការ": "ka/kar",
    "រៀន": "rean/rien/rian/ren", "ឱ្យ": "oy/aoy/ouy/ory", "ឲ្យ": "oy/aoy/ouy/ory", "អោយ": "oy/aoy/ouy/ory", "គេ": "ke/kae", "គាត់": "kat/keat/kot",
    "មាន": "mean/men/mn", "ក៏": "kor/ko/k", "ជា": "chea/jea/jia", "ដល់": "dol/dl", "ពី": "pi/py/pii",
    "ប៉ុន្មាន": "ponman/bonman/punman/pnman", "ចូល": "jol/chol/choul/joul", "ប្រឡង": "brolong/prolong/prolorng/bralong",
    "លុយ": "luy/loy/luoy", "ណាស់": "nas/nah/ns", "ហ្នឹង": "neng/nung/nng/ng", "អញ្ចឹង": "anjeng/ancheng/jeng/jg",
    "ត្រូវ": "trov/trv/trow", "តែ": "tae/te", "ស្រី": "srey/srei/sri", "សួរ": "sour/suor/sur", "ដឹង": "deng/dg/doeng/dng",
    "ខែ": "khae/khe/kae", "ឆ្នាំ": "chnam/chhnam/jnam", "ថ្នាក់": "tnak/thnak/tnk", "អាច": "ach/aj/arch", "ល្អ": "la/lor/l'or/laor",
    "ច្រើន": "jren/chren/chroeun/jrern", "ខ្លាច": "khlach/klach/klaj", "អស់": "os/ors/oh", "ពេល": "pel/pl", "ជួយ": "juy/chuoy/juoy/chouy",
    "ផង": "phong/pong/phg/porng", "ម៉ាក់": "mak/mk", "ប៉ា": "pa/paa", "ម៉ែ": "mae/me", "ហាស": "has/hah", "ហាសហា": "haha",
    "អាហារូបករណ៍": "aharoubakor/aharupakor/aharobakor/aharoupakor", "សាកលវិទ្យាល័យ": "sakol/sakolvityealay/sakal/univer",
    "អាយុ": "ayu/ahyu", "យ៉ាង": "yang/yg", "អញ": "anh", "បាក់ឌុប": "bacdoub/bakdoub/bac2/bac dob", "ភ្នំពេញ": "phnom penh/pp/phnompenh",
    "គ្រូ": "kru/krou", "មនុស្ស": "mnus/monus/mnous", "ផ្ទះ": "pteah/ptes/phteah/pts", "ព្រោះ": "pros/prus/prous", "បើ": "ber/beu/ba",
}  # fmt: skip
_SHIFT_FIRST, _SHIFT_SECOND, _BANTOC, _REPEATED = "\u17c9", "\u17ca", "\u17cb", "\u17d7"
# After these nothing closes a syllable.
_CLOSING = "\u17c6\u17c7\u17c8"
_CLUSTER = re.compile(
    f"([\u1780-\u17a2](?:{COENG}[\u1780-\u17a2])*)([\u17c9\u17ca]?)([\u17b6-\u17c8\u17cb\u17d0]*)"
    "[\u17cc-\u17cf\u17d1\u17dd]*|([\u17a3-\u17b3])"
)
_RUN = re.compile("[\u1780-\u17d3\u17d7\u17dd]+")
_STOPS = str.maketrans({"។": ".", "៕": ".", "៖": ":"})
# Guesses: how often a typist leaves out the vowels of a word ("nhm"), and takes the first way.
_SHORTENED, _COMMONEST = 0.08, 0.5


def romanised(text: str, chance: random.Random) -> str:
    """Return a text with its Khmer in Latin letters; the rest stays as it is."""
    plain = latin_digits(repair(text)).translate(_STOPS)
    latin = _RUN.sub(lambda run: f" {_run(run[0], chance)} ", plain)
    return re.sub(r"\s+([.:])?", r"\1 ", latin).strip()


def _run(run: str, chance: random.Random) -> str:
    said: list[str] = []
    for word in pieces(run):
        if spelt := _word(word.rstrip(_REPEATED), chance):
            said.append(spelt)
        if word.endswith(_REPEATED) and said:
            said.append(said[-1])
    return " ".join(said)


def _word(word: str, chance: random.Random) -> str:
    if own := _WORDS.get(word):
        return _one(own, chance)
    found = [m.groups() for m in _CLUSTER.finditer(spoken(word))]
    parts: list[str] = []
    is_open = False
    for place, (letters, shifter, signs, alone) in enumerate(found):
        if alone:
            parts.append(_one(_ALONE[alone], chance))
            is_open = True
            continue
        last = place + 1 == len(found)
        bare = not shifter and signs.strip(_BANTOC) == "" and (len(letters) == 1 or last)
        if bare and is_open:
            # Of two letters at the end of a word only the first is said: ពេទ្យ, ខេត្ត.
            parts.append(_one(_FINALS[letters[0]], chance))
            is_open = False
            continue
        consonants = letters.split(COENG)
        short = not last and _BANTOC in (found[place + 1][2] or "") and signs in ("", "ា")
        parts += [_sound(consonant, shifter, chance) for consonant in consonants]
        second = _second_series(consonants, shifter)
        parts.append(_vowel(signs.strip(_BANTOC) + (_BANTOC if short else ""), second, chance))
        is_open = not any(sign in signs for sign in _CLOSING)
    said = re.sub(r"(.)\1\1+", r"\1\1", "".join(parts))
    if len(said) > 3 and chance.random() < _SHORTENED:
        return said[0] + re.sub("[aeiou]", "", said[1:])
    return said


def _sound(consonant: str, shifter: str, chance: random.Random) -> str:
    hardened = consonant == "ប" and shifter == _SHIFT_FIRST
    return "p" if hardened else _one(_CONSONANTS[consonant], chance)


def _second_series(consonants: list[str], shifter: str) -> bool:
    """Return whether the vowel of a cluster is said after the second series."""
    if shifter:
        return shifter == _SHIFT_SECOND
    ruling = [c for c in consonants if c not in _YIELDING] or consonants
    return ruling[-1] in _SECOND


def _vowel(signs: str, second: bool, chance: random.Random) -> str:
    # Signs in no known order are somebody's mistake, and are said as if there were none.
    ways = _VOWELS.get(signs, _VOWELS[""])
    return _one(ways.split("|")[second], chance)


def _one(ways: str, chance: random.Random) -> str:
    first, *others = ways.split("/")
    return first if not others or chance.random() < _COMMONEST else chance.choice(others)
