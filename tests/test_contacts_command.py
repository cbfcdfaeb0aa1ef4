"""`bongsrey contacts` says of each message what the relay would do with it."""

import io
import json

import pytest

from bot.__main__ import main


def said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str
) -> list[dict[str, object]]:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    assert main(["contacts", "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_message_a_line_is_read_with_those_before_it_and_a_blank_line_begins_anew(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    together = said(monkeypatch, capsys, "0 1\n2 3 4\n5 6 7 8\n")
    assert together[-1]["verdict"] == "stop"
    assert together[-1]["reasons"] == ["number"]
    apart = said(monkeypatch, capsys, "0 1\n\n2 3 4\n\n5 6 7 8\n")
    assert "stop" not in [one["verdict"] for one in apart]
    assert [one["text"] for one in apart] == ["0 1", "2 3 4", "5 6 7 8"]


def test_a_line_that_cannot_be_read_is_said_in_its_place_and_the_talk_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = said(monkeypatch, capsys, '0 1 2\n{"text": "3 4\n3 4 5 6 7 8\n')
    assert [one.get("verdict", "none") for one in found][1] == "none"
    assert str(found[1]["error"]).startswith("the line begins with { and is no JSON object")
    assert found[2]["verdict"] == "stop"


def test_for_people_it_is_a_line_as_well(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"talk": []}\nhello\n'))
    assert main(["contacts"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("error: the object names no message: write {")
    assert second.endswith(" hello")


def test_a_message_of_several_lines_is_given_as_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (found,) = said(monkeypatch, capsys, '{"text": "hello\\nadd me on telegram dara_85"}\n')
    assert (found["text"], found["verdict"]) == ("hello\nadd me on telegram dara_85", "stop")
