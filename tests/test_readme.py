"""What the READMEs say is so: commands, pictures, figures; and both say the same."""

import re
import shlex

import pytest
from PIL import Image

from bot.commands import parser
from bot.content import Content
from bot.language.khmer import repair
from bot.settings import ROOT
from docs.photograph import FOLDER, LARGEST_BYTES, PICTURES

PAGES = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.km.md")}
STREET = ROOT / "benchmarks" / "questions" / "street" / "looks.md"
_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_IN_WORDS = re.compile(r"`([^`\n]+)`")
_PICTURE = re.compile(r'src="([^"]+)"')
_LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")
# What else stands in a line for a shell; all of it is in `docs/operating.md` too.
OTHERS = {"cp", "chmod", "nano", "docker"}

both = pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())


def _lines(page: str) -> list[str]:
    return [line for block in _BLOCK.findall(page) for line in block.splitlines()]


def _figures(page: str) -> list[str]:
    return re.findall(r"^\|.*\| ([\d.; %]+) \|", page, re.MULTILINE)


def test_both_have_the_same_commands_pictures_links_and_figures() -> None:
    english, khmer = PAGES.values()
    for part in (_BLOCK.findall, _PICTURE.findall, _figures):
        assert part(english) == part(khmer)
    assert {*_IN_WORDS.findall(english)} == {*_IN_WORDS.findall(khmer)}
    ways = [{*_LINK.findall(page)} - {*PAGES} for page in (english, khmer)]
    assert ways[0] == ways[1]


@both
def test_every_command_is_one(page: str) -> None:
    targets = re.findall(
        r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    for line in (
        *_lines(page),
        *(said for said in _IN_WORDS.findall(page) if said[:5] == "make "),
    ):
        typed = shlex.split(line.rpartition("| ")[2].removeprefix("docker compose exec bongsrey "))
        if typed[0] == "make":
            assert typed[1] in targets
        elif typed[0] == "bongsrey":
            parser().parse_args(typed[1:])
        else:
            assert typed[0] in OTHERS


@both
def test_every_file_that_it_names_is_there(page: str) -> None:
    named = re.findall(r"`((?:bot|handlers|content|docs)/[\w./-]*)`", page)
    named += [name for name in _LINK.findall(page) if "://" not in name]
    assert len(named) > 10
    assert [name for name in named if not (ROOT / name).exists()] == []


@both
def test_it_shows_each_picture_that_the_script_takes_and_no_other(page: str) -> None:
    shown = [ROOT / name for name in _PICTURE.findall(page)]
    assert sorted(shown) == sorted(FOLDER / f"{name}.png" for name in PICTURES)
    assert sorted(shown) == sorted(FOLDER.iterdir())
    assert page.count("alt=") == len(shown), "who cannot see them is told"
    for file in shown:
        assert file.stat().st_size <= LARGEST_BYTES
        with Image.open(file) as image:
            assert image.format == "PNG"


@both
def test_it_counts_what_is_there(page: str, content: Content) -> None:
    for things in (content.entries, content.careers, content.opportunities, content.institutions):
        assert re.search(rf"\b{len(things)}\b", page), f"{len(things)} is not said"


@both
def test_its_figures_are_those_that_were_measured_last(page: str) -> None:
    look = STREET.read_text(encoding="utf-8").splitlines()[-1]
    ((right, one_tap),) = re.findall(r"all, a full target in the library: (\S+) (\S+)", look)
    (care,), (gently,), (alarm,) = (
        re.findall(rf"; {what}: (\S+) of", look)
        for what in (
            "danger met with care", "danger met with care or gently",
            "care where there is no danger",
        )
    )  # fmt: skip
    assert _figures(page)[:4] == [
        f"{right} %",
        f"{one_tap} %",
        f"{care} %; {gently} %",
        f"{alarm} %",
    ]


def test_the_khmer_is_typed_in_order_and_in_the_words_of_the_glossary(content: Content) -> None:
    page = PAGES["README.km.md"]
    assert repair(page) == page
    assert [word for term in content.glossary for word in term.avoid if word in page] == []
