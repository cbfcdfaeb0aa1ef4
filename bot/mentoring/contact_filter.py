"""Whether a message may pass between a girl and a mentor: pass, hold for a coordinator, or stop.

Pure: text in, a verdict and its reason out. What the sender wrote shortly before is read
together with it, because numbers and names are split over messages. Measured on
`tests/mentoring/evasions.tsv` and `innocent.tsv` (`make bench-contacts`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.mentoring.contact_numbers import has_number, numbers
from bot.mentoring.contact_text import joined, plain, tight, unleet
from bot.mentoring.contact_words import RULES, Reason, Verdict

LONGEST_READ = 4096
_SHORT = 30
_HAS_NUMBER = re.compile(r"\d")

_DOT = r"(?: ?\. ?| ?\(?\[?(?:dot|ចុច|ដត|point)\)?\]? ?| ?[(\[]\.[)\]] ?| ?។ ?)"
_STRONG = r"(?:com|net|org|kh|info|xyz|ly|gg|vn|th|cn|biz|tv)"
_WEAK = r"(?:me|co|io|app|link|page|dev|site|online|shop|id)"
_OFFICIAL = re.compile(rf"\b[a-z0-9-]{{2,}}{_DOT}(?:edu|gov)(?:{_DOT}kh)?\b")
_LINK = re.compile(
    rf"https?\b|h ?t ?t ?p ?s? ?:|\bhxxp|\bwww\b|\b(?:t|wa|m|fb){_DOT}(?:me|com|gg|watch)\b|"
    rf"\bbit{_DOT}ly|\b[a-z0-9-]{{2,}}{_DOT}{_STRONG}\b|\b[a-z0-9-]{{2,}}\.(?:me|io|app)/\w"
)
_WEAK_LINK = re.compile(rf"\b[a-z0-9-]{{2,}}\.{_WEAK}\b(?! )|\b[a-z0-9-]{{3,}} dot {_WEAK}\b")
_CODE = re.compile(
    r"\b(?:asp|ado|vb|ml)\.net\b|\bsocket\.io\b|\bnode\.js\b|\b[\w-]+\.(?:py|js|html?|css|java|pdf|docx?|"
    r"xlsx?|pptx?|jpe?g|png|cpp|php|sql|txt|csv|ipynb)\b|@(?:override|property|dataclass|media|import|app|test)\b"
)
_MAIL = re.compile(
    r"[a-z0-9._-]{2,} ?(?:@|\(at\)|\[at\]|\bat\b|អាត់|អែត|\(a\)|\{at\}) ?"
    rf"(?:g ?mail|yahoo|hot ?mail|out ?look|icloud|proton|[a-z0-9-]+{_DOT}"
    r"(?:com|edu|org|net|kh|gov))|\b[a-z0-9._]{4,} ?(?:g-?mail|yahoo|hotmail)\b(?: ?(?:com|dot))|"
    r"\b(?:gmail|yahoo|hotmail) ?(?:dot|ចុច|\.) ?com"
)
_HANDLE = re.compile(r"(?<![a-z0-9])@ ?[a-z0-9][a-z0-9_.]{2,}|(?<![a-z0-9])@ ?[\u1780-\u17b3]")
_NAME_LIKE = re.compile(
    r"\b(?=[a-z0-9._]*\d)[a-z]{2,}[._][a-z0-9._]*[a-z0-9]\b|\b[a-z]{4,}\d{3,}\b|\b[a-z]+[._][a-z]+[._]\w+\b"
)
_PICTURED = re.compile("[📞☎📱📲📧✉💬]")


@dataclass(frozen=True)
class Finding:
    """What was found: a verdict, and the reason that the sender is told."""

    verdict: Verdict
    reason: Reason = ""


PASS = Finding("pass")


def look(text: str, before: Sequence[str] = ()) -> Finding:
    """Return whether a message may pass, read alone and after what was written before it."""
    now = plain(text[:LONGEST_READ])
    found = [_alone(now)]
    if before and found[0].verdict != "stop":
        found.extend(_together([plain(one[:LONGEST_READ]) for one in before], now))
    for verdict in ("stop", "hold"):
        for finding in found:
            if finding.verdict == verdict:
                return finding
    return PASS


def _alone(text: str) -> Finding:
    findings = [_address(text), Finding(numbers(text), "number")]
    findings += [_address(joined(text)), Finding(numbers(joined(text)), "number")]
    findings += [_words(form) for form in dict.fromkeys((text, joined(text), unleet(text)))]
    if _PICTURED.search(text) and _HAS_NUMBER.search(text):
        findings.append(Finding("hold", "number"))
    for verdict in ("stop", "hold"):
        for finding in findings:
            if finding.verdict == verdict:
                return finding
    return PASS


def _address(text: str) -> Finding:
    text = _CODE.sub(" ", text)
    if _MAIL.search(text) or _HANDLE.search(text):
        return Finding("stop", "link")
    rest = _OFFICIAL.sub(" ", text)
    if _LINK.search(rest):
        return Finding("stop", "link")
    if rest != text or _WEAK_LINK.search(text) or _NAME_LIKE.search(text):
        return Finding("hold", "link")
    return PASS


def _words(text: str) -> Finding:
    spaced = " ".join(
        re.sub(r"[\"“”‘’*~]", lambda m: "'" if m.group() in "‘’" else " ", text).split()
    )
    close = tight(spaced)
    for rule in RULES:
        if rule.pattern.search(close if rule.tight else spaced):
            return Finding(rule.verdict, rule.reason)
    return PASS


def _together(before: list[str], now: str) -> list[Finding]:
    """Read the message with those before it; what they were alone is known already."""
    findings = []
    if has_number(now):
        with_numbers = [one for one in before if has_number(one)]
        for start in range(len(with_numbers)):
            span = with_numbers[start:]
            if numbers("\n".join(span)) == "pass":
                findings.append(Finding(numbers("\n".join([*span, now])), "number"))
    short = [one for one in before[-4:] if len(one) <= _SHORT]
    if short and len(now) <= _SHORT:
        for start in range(len(short)):
            for glue in (" ", ""):
                text = glue.join([*short[start:], now])
                if _alone(glue.join(short[start:])).verdict == "pass":
                    findings += [_words(text), _address(text)]
    return findings
