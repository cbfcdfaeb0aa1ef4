"""The pictures of the READMEs can be taken anew: the demo still says what they show."""

import asyncio
import sys
from pathlib import Path

from PIL import Image

from bot.settings import ROOT
from docs.photograph import LARGEST_BYTES, SCALE, WIDTH

# What a girl sees first, in danger, and what a team does: the others are taken in the same way.
SOME = ("question", "help", "desk")


async def test_pictures_are_taken_from_the_demo_and_are_light(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "docs.photograph", str(tmp_path), *SOME, cwd=ROOT,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _, told = await process.communicate()
    assert process.returncode == 0, told.decode()
    assert b"ERROR" not in told, "the demo ends without complaint while its page is open"
    assert {file.stem for file in tmp_path.iterdir()} == {*SOME}
    for file in tmp_path.iterdir():
        assert file.stat().st_size <= LARGEST_BYTES
        with Image.open(file) as image:
            assert image.width == WIDTH * SCALE
