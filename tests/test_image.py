"""What goes into the image and who may change it there; read from the recipe, for no test builds it."""

import re

from bot.settings import ROOT

NEEDED = {
    "requirements.lock",
    "pyproject.toml",
    "README.md",
    "bot",
    "content",
    "handlers",
    "migrations",
}


def _steps() -> list[tuple[str, str]]:
    """Return each instruction of the Dockerfile with what it is given."""
    text = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in lines)]


def _all(name: str) -> list[str]:
    return [rest for step, rest in _steps() if step == name]


def test_the_base_cannot_change_under_its_name() -> None:
    (base,) = _all("FROM")
    assert re.fullmatch(r"python:3\.11-slim@sha256:[0-9a-f]{64}", base)


def test_the_code_belongs_to_root_and_only_the_data_to_the_bot() -> None:
    names = [name for name, _ in _steps()]
    assert _all("USER") == ["bongsrey"]
    assert "USER" not in names[: max(i for i, name in enumerate(names) if name == "COPY")]
    assert not any("--chown" in copied for copied in _all("COPY"))
    given = [run for run in _all("RUN") if "chown" in run or " -o bongsrey" in run]
    assert len(given) == 1
    assert given[0].endswith("install -d -o bongsrey -g bongsrey -m 0700 data")
    assert "chmod -R a+rX,go-w /app" in given[0]


def test_the_commands_of_the_readme_are_there() -> None:
    assert _all("ENTRYPOINT") == ['["bongsrey"]']
    assert any("pip install" in run and run.count("-e .") == 1 for run in _all("RUN"))


def test_only_what_is_needed_goes_in() -> None:
    assert {name for copied in _all("COPY") for name in copied.split()[:-1]} == NEEDED
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert {rule[1:].rstrip("/") for rule in rules if rule.startswith("!")} == NEEDED
    after = [rule for rule in rules[1:] if not rule.startswith("!")]
    assert {"**/.*", "**/*.sqlite*", "**/__pycache__"} <= set(after)
    assert all((ROOT / name).exists() for name in NEEDED)
