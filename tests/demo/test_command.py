"""The demo's command offers only what makes a difference."""

import pytest

from bot.__main__ import main


def test_every_demo_begins_anew_so_no_option_asks_for_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        main(["demo", "--help"])
    assert "--port" in (told := capsys.readouterr().out)
    assert "--fresh" not in told
