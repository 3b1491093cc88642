"""What a file's text can be about: a no must be true, a yes may be wrong."""

import pytest

from flake8_bgtasks.semantics.mentions import holds, speaks_of
from flake8_bgtasks.source import Text


@pytest.mark.parametrize(
    ("text", "status", "wanted"),
    [
        ("x = 1", "status", False),
        ("r.status_code", "status", False),
        ("payment_status = 1", "status", False),
        ("status_code(1)", "status", True),
        ("STATUS = 1", "status", True),
        ("{'importStatus': 1}", "status", True),
        ("repo.update_status (1)", "status", True),
        ("update_order_status(1)", "status", False),
        ("class JobState: pass", "state", True),
        ("jobState", "job_state", True),
        ("job_state", "job_state", True),
        ("state", "job_state", False),
    ],
)
def test_whether_a_text_speaks_of_a_status(text: str, status: str, wanted: bool) -> None:
    assert speaks_of(Text(text.encode()), status) is wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "image_processing = 1",
        "x.processings",
        "'reprocessing'",
        "'proc'",
        "'proc', 'essing'",
        "x = p",
        "# the processing of it, 'batch processing' and 'processing of images'",
        "x = 1\n    # no longer 'processing'\n",
        "from x import PROCESSING\nprint(PROCESSING)",
    ],
)
def test_a_text_in_which_the_value_is_no_string_and_no_name_does_not_hold_it(text: str) -> None:
    assert not holds(Text(text.encode()), "processing")


@pytest.mark.parametrize(
    "text",
    [
        "é'processing'é",
        '"PROCESSING"',
        "'status = \\'processing\\''",
        "x = '#', 'processing'",
        "X.PROCESSING",
        "class X:\n    PROCESSING = auto()",
        "PROCESSING: Final[str] = x",
        "'batch processing', 'processing'",
        "'proc' + 'essing'",
        "'proc'\n    'essing'",
        "('processin' \\\n  'g')",
    ],
)
def test_a_text_with_the_value_as_a_string_or_a_name_or_put_together_holds_it(text: str) -> None:
    assert holds(Text(text.encode()), "processing")


@pytest.mark.parametrize("text", ["update_status_é(1)", "éstatus", "statusé"])
def test_an_identifier_with_other_letters_may_be_a_status(text: str) -> None:
    assert speaks_of(Text(text.encode()), "status")


def test_an_endless_identifier_is_read_in_pieces() -> None:
    assert not speaks_of(Text(b"x_status" * 50_000), "task_state")
    assert not speaks_of(Text(b"a_status_b" * 50_000), "state")


def test_other_letters_in_the_rules_are_not_looked_for() -> None:
    assert speaks_of(Text(b""), "état") and holds(Text(b""), "exécuté") and Text(b"").mentions("é")
