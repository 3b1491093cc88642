"""Which words a file must hold to be looked at, by its path alone."""

import pytest

from flake8_bgtasks.catalogue import Catalogue
from flake8_bgtasks.matching.triggers import StatusWord
from flake8_bgtasks.rules import loader

OLD_VALUES = StatusWord("status", ("fetching", "processing"))


@pytest.fixture(scope="module")
def bundled():
    return Catalogue(loader.bundled())


@pytest.mark.parametrize("path", ["lib/words.py", "app/words.py", None], ids=["elsewhere", "beside", "no file"])
def test_all_values_of_a_status_are_looked_for_in_one_go_in_a_file_that_no_glob_names(path, bundled):
    assert bundled.triggers(path) == {OLD_VALUES}


def test_a_file_that_a_rule_excludes_needs_no_look(bundled):
    assert bundled.triggers("app/migrations/0001.py") == frozenset()


def test_a_file_of_which_something_is_asked_is_looked_at_whatever_it_holds(bundled):
    assert bundled.triggers("app/tasks/imports.py") is None


def test_a_file_with_anti_patterns_of_its_own_is_looked_at_for_their_words_too(bundled):
    found = bundled.triggers("app/api/deps.py")
    assert found is not None and found > {OLD_VALUES}
