"""Runs that share a process do not share their answers."""

import ast
import io
import os
from argparse import Namespace
from contextlib import redirect_stdout

import pytest
from flake8.api import legacy

from flake8_bgtasks.host.session import open_session
from flake8_bgtasks.rules.model import Family

FILE = "app/tasks/products.py"


@pytest.fixture
def found(shop, monkeypatch):
    """Run flake8 in this process, from the shop's directory, and return the findings' endings."""
    monkeypatch.chdir(shop.root)

    def run(style_guide):
        with redirect_stdout(io.TextIOWrapper(io.BytesIO())) as out:
            style_guide.check_files([FILE])
            out.flush()
            return out.buffer.getvalue().decode().splitlines()

    return run


class TestTwoRunsInOneProcess:
    def test_each_have_their_own_rules(self, shop, found, rules):
        shop.write("strict.yaml", rules("error"))
        shop.write("gentle.yaml", rules("info"))
        strict = legacy.get_style_guide(select=["BG"], bgtasks_rules="strict.yaml")
        gentle = legacy.get_style_guide(select=["BG"], bgtasks_rules="gentle.yaml")
        for guide, ending in [(strict, "[error]"), (gentle, "[info]"), (strict, "[error]")]:
            (line,) = found(guide)
            assert line.endswith(ending)

    def test_each_have_their_own_threshold(self, shop, found, rules):
        shop.write("bgtasks.yaml", rules("warning"))
        all_of_it = legacy.get_style_guide(select=["BG"])
        errors = legacy.get_style_guide(select=["BG"], bgtasks_severity="error")
        assert [len(found(guide)) for guide in (all_of_it, errors, all_of_it)] == [1, 0, 1]

    def test_see_the_rules_file_as_it_is_now(self, shop, found, rules):
        guide = legacy.get_style_guide(select=["BG"])
        shop.write("bgtasks.yaml", rules("error"))
        assert found(guide)[0].endswith("[error]")
        shop.write("bgtasks.yaml", rules("warning"))
        assert found(guide)[0].endswith("[warning]")

    def test_see_a_rules_file_that_changed_and_kept_its_size(self, shop, found, rules):
        guide = legacy.get_style_guide(select=["BG"])
        file = shop.write("bgtasks.yaml", rules("error"))
        assert "BG030" in found(guide)[0]
        file.write_text(file.read_text().replace("BG-030", "BG-031"))
        os.utime(file, ns=(1, 1))
        assert "BG031" in found(guide)[0]

    def test_see_a_buffer_as_it_is_now(self, shop, found, bad):
        guide = legacy.get_style_guide(select=["BG"])
        assert len(found(guide)) == 1
        shop.write(FILE, "")
        assert len(found(guide)) == 0


class TestASession:
    @pytest.fixture
    def options(self, shop):
        rules = str(shop.root / "bgtasks.yaml")
        return Namespace(bgtasks_rules=rules, bgtasks_root=None, bgtasks_severity="info", bgtasks_baseline=None)

    def test_is_the_same_for_the_same_options(self, options):
        assert open_session(options) is open_session(Namespace(**vars(options)))

    def test_shares_one_view_of_a_file_among_the_families(self, shop, options, bad):
        session, tree, lines = open_session(options), ast.parse(bad), bad.splitlines(keepends=True)
        source = session.source(str(shop.root / FILE), tree, lines)
        assert session.source(str(shop.root / FILE), tree, lines) is source
        assert (source.path, source.root) == (FILE, str(shop.root))

    def test_gives_another_tree_another_view(self, shop, options, bad):
        session, lines = open_session(options), bad.splitlines(keepends=True)
        source = session.source(str(shop.root / FILE), ast.parse(bad), lines)
        assert session.source(str(shop.root / FILE), ast.parse(bad), lines) is not source

    @pytest.mark.parametrize("filename", ["stdin", "-"])
    def test_knows_no_path_for_standard_input(self, options, filename):
        assert open_session(options).path_of(filename)[1] is None

    def test_knows_no_path_outside_the_root(self, shop, options):
        options.bgtasks_root = str(shop.root / "app")
        session = open_session(options)
        assert session.path_of(str(shop.root / "other" / "x.py")) == (str(shop.root / "app"), None)
        assert session.path_of(str(shop.root / "app" / "x.py")) == (str(shop.root / "app"), "x.py")

    def test_covers_only_what_is_grave_enough(self, shop, options, rules):
        shop.write("bgtasks.yaml", rules("warning"))
        assert len(open_session(options).covering(Family.TASKS, FILE)) == 1
        options.bgtasks_severity = "error"
        assert open_session(options).covering(Family.TASKS, FILE) == ()
        assert open_session(options).names(str(shop.root / FILE))
