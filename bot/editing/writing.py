"""Content as an editor writes it: Khmer as it is, several lines as a block."""

from typing import Any

import yaml

from bot.language.khmer import khmer_share

# What stands for a text that is still to be written; the check refuses it.
BLANK = "…"
_LAST_OF_THE_BASIC_PLANE = "\uffff"


class _Dumper(yaml.SafeDumper):
    """Indents the items of a list."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: _Dumper, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=_style(value))


def _style(value: str) -> str | None:
    if "\n" in value:
        return "|"
    if not khmer_share(value):
        return None
    # Between double quotes an emoji would be written as its number.
    return "'" if max(value) > _LAST_OF_THE_BASIC_PLANE else '"'


_Dumper.add_representer(str, _text)


def as_yaml(document: dict[str, Any]) -> str:
    """Return a document as an editor would write it."""
    return yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
