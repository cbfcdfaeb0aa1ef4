"""What Telegram says of the bot: whether it knows the token and can call, and what time it is."""

from collections.abc import Iterable
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from bot.operations.finding import Finding, Patient, bad, long, look, unseen, well

_PATIENCE_SECONDS = 10.0
# Reminders and alerts are due by this machine's clock.
_SLOW_SECONDS, _WRONG_SECONDS = 5.0, 60.0
_MANY_UPDATES = 100
_LATELY_SECONDS = 3600.0
_NO_TOKEN = "without BOT_TOKEN it cannot be seen"  # noqa: S105


class _SilentError(Exception):
    """The Bot API gives no answer that can be read."""


async def telegram(patient: Patient) -> Iterable[Finding]:
    """Look at the token, the webhook and the clock."""
    async with httpx.AsyncClient(timeout=_PATIENCE_SECONDS) as client:
        return [
            *await _token_and_webhook(client, patient),
            await _clock(client, patient),
        ]


async def _token_and_webhook(client: httpx.AsyncClient, patient: Patient) -> list[Finding]:
    settings = patient.settings
    if settings.bot_token is None:
        mend = "BOT_TOKEN is not set; ask @BotFather for one and put it into .env"
        return [bad("token", mend), unseen("webhook", _NO_TOKEN)]
    root = f"{settings.bot_api_url}/bot{settings.token()}"
    try:
        status, me = await _ask(client, f"{root}/getMe")
        if status in (401, 404):
            mend = "Telegram does not know BOT_TOKEN; copy it again from @BotFather"
            return [bad("token", mend), unseen("webhook", "Telegram does not know BOT_TOKEN")]
        name = well("token", f"Telegram knows the bot as @{_line(me.get('username', '?'))}")
        _, hook = await _ask(client, f"{root}/getWebhookInfo")
    except _SilentError:
        mend = (
            f"{settings.bot_api_url} gives no answer; see that this machine reaches it, or "
            "correct BOT_API_URL"
        )
        return [bad("token", mend), unseen("webhook", "Telegram gives no answer")]
    return [name, *_webhook(patient, hook)]


async def _ask(client: httpx.AsyncClient, url: str) -> tuple[int, dict[str, Any]]:
    """Return the status and the result of a method; raises _SilentError, without the address."""
    try:
        answer = await client.post(url)
        body = answer.json()
    except (httpx.HTTPError, ValueError):
        raise _SilentError from None
    result = body.get("result") if isinstance(body, dict) else None
    if isinstance(result, dict):
        return answer.status_code, result
    if answer.status_code in (401, 404):
        return answer.status_code, {}
    raise _SilentError


def _line(told: object) -> str:
    """Return what others wrote as it may stand in a line of ours."""
    return "".join(c if c.isprintable() else " " for c in str(told)[:100])


def _webhook(patient: Patient, hook: dict[str, Any]) -> list[Finding]:
    wanted, there = patient.settings.webhook_url, str(hook.get("url", ""))
    found = []
    if wanted and there != wanted:
        says = "Telegram calls another address than WEBHOOK_URL"
        found.append(
            bad("webhook", f"{says}; start the bot anew, and no other with this token")
            if patient.process
            else look("webhook", f"{says}; the next start of the bot mends it")
        )
    elif there and not wanted:
        says = "one is set with Telegram, and the bot polls"
        found.append(
            bad("webhook", f"{says}; stop the other program that uses this BOT_TOKEN")
            if patient.process
            else look("webhook", f"{says}; the next start of the bot takes it away")
        )
    failed_at = float(hook.get("last_error_date") or 0)
    ago = patient.now.timestamp() - failed_at
    if wanted and ago < _LATELY_SECONDS:
        why = _line(hook.get("last_error_message", "no reason given"))
        found.append(bad("webhook", f"Telegram could not call it {long(ago)} ago ({why}); look at "
                         "what stands before the bot: its certificate, its port"))  # fmt: skip
    if (waiting := int(hook.get("pending_update_count") or 0)) > _MANY_UPDATES:
        found.append(look("webhook", f"{waiting} updates wait at Telegram"))
    return found or [well("webhook", "Telegram calls it" if wanted else "none, the bot polls")]


async def _clock(client: httpx.AsyncClient, patient: Patient) -> Finding:
    """Compare this machine's clock with what the Bot API server says; no token is needed."""
    try:
        answer = await client.get(patient.settings.bot_api_url)
        theirs = parsedate_to_datetime(answer.headers["Date"])
    except (httpx.HTTPError, KeyError, ValueError):
        return unseen("clock", "Telegram gives no answer to compare it with")
    if theirs.tzinfo is None:
        # So it is where “-0000” says that the zone is not known: the time is that of UTC.
        theirs = theirs.replace(tzinfo=UTC)
    off = (patient.now - theirs).total_seconds()
    if abs(off) < _SLOW_SECONDS:
        return well("clock", "it goes as Telegram's does")
    says = f"it is {abs(off):.0f} s {'ahead of' if off > 0 else 'behind'} Telegram's"
    mend = "let the machine set it by itself (timedatectl set-ntp true)"
    return (bad if abs(off) > _WRONG_SECONDS else look)("clock", f"{says}; {mend}")
