"""A person at the other end of the chat, for tests and for editors who script a conversation.

srey = Conversation(server.root, 1001)
await srey.send("/start")
await srey.tap("ខ្មែរ")
await srey.sees("ប្អូនចង់ដឹងអ្វី")
"""

import asyncio
from base64 import b64encode
from typing import Any

import httpx

_STEP_SECONDS = 0.02


class Conversation:
    """What one person does and sees, over HTTP."""

    def __init__(self, root: str, person_id: int, patience_seconds: float = 15) -> None:
        self._client = httpx.AsyncClient(base_url=f"{root}/demo/api/", timeout=30)
        self.person_id = person_id
        self._patience = patience_seconds
        self._known: dict[int, Any] = {}

    async def close(self) -> None:
        """Hang up."""
        await self._client.aclose()

    async def _act(self, action: str, **told: Any) -> Any:
        self._known = {m["message_id"]: _look(m) for m in await self.messages()}
        answer = await self._client.post(action, json={"person": self.person_id, **told})
        answer.raise_for_status()
        return answer.json()

    async def messages(self) -> list[Any]:
        """Return the whole chat."""
        answer = await self._client.get("chat", params={"person": self.person_id})
        return list(answer.json()["messages"])

    async def send(self, text: str) -> dict[str, Any]:
        """Write a message."""
        return dict(await self._act("send", text=text))

    async def send_media(self, kind: str, caption: str = "") -> None:
        """Send a photo, voice, sticker, contact, location or document."""
        await self._act("media", kind=kind, caption=caption)

    async def send_picture(self, data: bytes, caption: str = "") -> None:
        """Send a photo that can be sent on."""
        await self._act("picture", data=b64encode(data).decode(), caption=caption)

    async def edit(self, message_id: int, text: str) -> None:
        """Edit a message of one's own."""
        await self._act("edit", message_id=message_id, text=text)

    async def tap(self, label: str) -> str:
        """Tap the newest button whose label has these words; return the query's id."""
        deadline = asyncio.get_running_loop().time() + self._patience
        while True:
            try:
                return str(await self._act("tap", label=label))
            except httpx.HTTPStatusError:
                if asyncio.get_running_loop().time() > deadline:
                    raise AssertionError(
                        f"no button “{label}” in:\n{await self.transcript()}"
                    ) from None
                await asyncio.sleep(_STEP_SECONDS)

    async def forge(self, data: str) -> str:
        """Send callback data that no button has."""
        return str(await self._act("forge", data=data))

    async def block(self, blocked: bool = True) -> None:
        """Block or unblock the bot."""
        await self._act("block", blocked=blocked)

    async def sees(self, words: str) -> Any:
        """Wait until the bot says these words, new or edited since one last did something."""
        deadline = asyncio.get_running_loop().time() + self._patience
        while True:
            for message in reversed(await self.messages()):
                news = self._known.get(message["message_id"]) != _look(message)
                said = message.get("text") or message.get("caption") or ""
                if message["from"]["is_bot"] and news and words in said:
                    return message
            if asyncio.get_running_loop().time() > deadline:
                raise AssertionError(f"“{words}” is not said in:\n{await self.transcript()}")
            await asyncio.sleep(_STEP_SECONDS)

    async def buttons(self) -> list[str]:
        """Return the labels of the newest message's buttons."""
        for message in reversed(await self.messages()):
            if message["from"]["is_bot"]:
                rows = message.get("reply_markup", {}).get("inline_keyboard", [])
                return [button["text"] for row in rows for button in row]
        return []

    async def transcript(self) -> str:
        """Return the chat as readable text."""
        lines = []
        for message in await self.messages():
            who = "bot" if message["from"]["is_bot"] else "me "
            lines.append(f"{who}: {message.get('text') or message.get('caption') or '(media)'}")
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                lines.append("     " + "  ".join(f"[{b['text']}]" for b in row))
        return "\n".join(lines)


def _look(message: dict[str, Any]) -> tuple[Any, ...]:
    return message.get("text"), message.get("caption"), str(message.get("reply_markup"))
