"""The browser without a window that photographs and tests the chat page."""

import shutil

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


class NoBrowserError(RuntimeError):
    """There is no Chromium on this machine."""


def chromium() -> str:
    """Return where the system's Chromium is. Raises NoBrowserError."""
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    raise NoBrowserError(
        "Chromium is missing: `sh tests/need_chromium.sh` installs it where it can"
    )
