"""What YAML lets pass in silence and nobody means is a slip, said in plain words with its line."""

import pytest
import yaml

from bot.content.strict_yaml import SlipError, read


@pytest.mark.parametrize(
    ("written", "line", "says"),
    [
        ("a: 1\nreviewed: 2026-11-31", 2, "“2026-11-31” is no day that there is: write one as"),
        ("at: 2026-11-30 25:00:00", 1, "is no day that there is"),
        ("a: &x [*x]", 1, "this holds itself"),
        ("a:\n  b: &x\n    c: *x", 3, "this holds itself"),
        ("a: &x\n  <<: *x", 2, "this holds itself"),
        ("a: 1\nb: 2\na: 3", 3, "“a” is there twice, on line 1 too"),
        ("a:\n- b: 1\n  c: 2\n  b: 3", 4, "“b” is there twice, on line 2 too"),
        ("pay: 0b_", 1, "“0b_” is no number"),
        (f"pay: {'9' * 5000}", 1, "“9999999999999999999999999999999999999999…” is no number"),
        ("a: !!bool perhaps", 1, "“perhaps” is neither true nor false"),
        ("a: !!float much", 1, "“much” is no number"),
    ],
)
def test_a_slip_is_named_with_its_line(written: str, line: int, says: str) -> None:
    with pytest.raises(SlipError) as slip:
        read(written)
    assert says in str(slip.value.problem)
    mark = slip.value.problem_mark
    assert mark is not None
    # The parser written in C knows where a mapping begins, and not where its anchor stands.
    assert mark.line + 1 in (line, line - 1)


@pytest.mark.parametrize(
    "written", [f"a: {'[' * 3000}{']' * 3000}", "a: *none", "\0", "a: [", "- 1\n--- 2"]
)
def test_nothing_that_is_written_is_an_error_of_another_kind(written: str) -> None:
    with pytest.raises(yaml.YAMLError):
        read(written)


def test_what_is_said_once_and_used_again_is_no_slip() -> None:
    said = read("a: &x {p: 1}\nb: {<<: *x, p: 2}\nc: [*x, *x]\nd: {<<: *x, q: 3}")
    assert said["b"] == {"p": 2}
    assert said["c"] == [{"p": 1}] * 2
    assert said["d"] == {"p": 1, "q": 3}


def test_what_is_used_again_and_again_takes_no_time() -> None:
    lines = ["a0: &a0 [1, 1]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60))]
    assert len(read("\n".join(lines))) == 60
