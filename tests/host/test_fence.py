"""A fault of ours is one finding, and everything else goes on."""

import pytest

BROKEN_PLUGIN = """\
from flake8_bgtasks.checkers.base import FamilyChecker
from flake8_bgtasks.rules.model import Family
from flake8_bgtasks.violation import Violation


class BrokenChecker(FamilyChecker):
    family = Family.TASKS

    def check(self, rule, source):
        yield Violation(2, 4, rule.rule.code, "said before the fault")
        {fault}
"""
HINT = "please report it with the traceback that BGTASKS_DEBUG=1 shows"


@pytest.fixture
def broken(shop):
    """The shop with one more plugin, whose check fails as told."""

    def fails(fault):
        shop.write("plugins/broken.py", BROKEN_PLUGIN.format(fault=fault))
        shop.write(
            ".flake8",
            "[flake8]\nbgtasks-rules = bgtasks.yaml\nexclude = plugins\n"
            "[flake8:local-plugins]\nextension =\n    BG9 = broken:BrokenChecker\npaths = plugins\n",
        )
        return shop

    return fails


@pytest.mark.parametrize(
    "fault, kind",
    [
        ("1 / 0", "ZeroDivisionError"),
        ("None.attribute", "AttributeError"),
        ("raise TypeError('x')", "TypeError"),
        ("raise StopIteration", "RuntimeError"),
        ("again = lambda: again(); again()", "RecursionError"),
    ],
)
def test_a_fault_in_a_rule_is_reported_and_the_others_go_on(broken, said, fault, kind):
    run = broken(fault).flake8("--select", "BG")
    assert (run.code, run.errors) == (1, "")
    assert sorted(run.lines) == [
        f"./app/tasks/products.py:1:1: BG000 BG-030 cannot be checked: {kind}, {HINT}",
        f"./app/tasks/products.py:1:1: {said}",
        "./app/tasks/products.py:2:5: BG030 said before the fault [error]",
    ]


def test_a_fault_has_no_severity_threshold_of_its_own(broken):
    assert "BG000" in broken("1 / 0").flake8("--select", "BG", "--bgtasks-severity", "error").text


@pytest.mark.parametrize(
    "fault, kind",
    [
        ("1 / 0", "ZeroDivisionError"),
        ("again = lambda: again(); again()", "RecursionError"),
        ("int('x')", "ValueError"),
    ],
)
def test_a_fault_flies_where_it_is_asked_for(broken, fault, kind):
    run = broken(fault).flake8("--select", "BG", "-j1", env={"BGTASKS_DEBUG": "1"})
    assert run.code == 1 and f"\n{kind}: " in run.errors


def test_want_of_memory_is_no_fault_of_the_rule(broken):
    run = broken("raise MemoryError").flake8("--select", "BG", "-j1")
    assert run.code == 1 and "MemoryError" in run.errors and "BG000" not in run.text
