"""Which root a file belongs to, and what it is called from there."""

import os
from pathlib import Path

import pytest

from flake8_bgtasks.host.paths import MARKERS, closest_root, path_under


class TestTheClosestRoot:
    @pytest.mark.parametrize("marker", MARKERS)
    def test_is_the_closest_directory_with_a_marker(self, tmp_path: Path, marker):
        deep = tmp_path / "outer" / "inner" / "app" / "tasks"
        deep.mkdir(parents=True)
        (tmp_path / "outer" / "setup.cfg").touch()
        (tmp_path / "outer" / "inner" / marker).touch()
        assert closest_root(str(deep)) == str(tmp_path / "outer" / "inner")
        assert closest_root(str(tmp_path / "outer" / "inner")) == str(tmp_path / "outer" / "inner")
        assert closest_root(str(tmp_path / "outer")) == str(tmp_path / "outer")

    def test_is_the_working_directory_where_there_is_no_marker(self):
        assert closest_root(os.path.abspath(os.sep)) == os.getcwd()

    def test_is_looked_for_anew_each_time(self, tmp_path: Path):
        (tmp_path / ".flake8").touch()
        app = tmp_path / "app"
        app.mkdir()
        assert closest_root(str(app)) == str(tmp_path)
        (app / "pyproject.toml").touch()
        assert closest_root(str(app)) == str(app)

    def test_may_be_above_a_directory_that_does_not_exist_yet(self, tmp_path: Path):
        (tmp_path / ".flake8").touch()
        assert closest_root(str(tmp_path / "not" / "there")) == str(tmp_path)


class TestThePathFromTheRoot:
    @pytest.mark.parametrize("name", ["other/x.py", "..", "../x.py", "../rooted/x.py", "."])
    def test_is_none_outside(self, tmp_path: Path, name):
        assert path_under(str(tmp_path / "root"), os.path.abspath(tmp_path / name)) is None

    @pytest.mark.parametrize("name", ["x.py", "a/b/x.py", "..odd/x.py", "...", "ä/x y.py"])
    def test_has_forward_slashes_inside(self, tmp_path: Path, name):
        assert path_under(str(tmp_path), str(tmp_path / name)) == name

    def test_keeps_the_names_of_symbolic_links_below_the_root(self, tmp_path: Path):
        shared = tmp_path / "shared"
        shared.mkdir()
        root = tmp_path / "root"
        (root / "app").mkdir(parents=True)
        (root / "app" / "tasks").symlink_to(shared, target_is_directory=True)
        assert path_under(str(root), str(root / "app" / "tasks" / "x.py")) == "app/tasks/x.py"

    def test_is_found_through_a_root_that_was_named_by_another_way(self, tmp_path: Path):
        (tmp_path / "private").mkdir()
        (tmp_path / "alias").symlink_to(tmp_path / "private", target_is_directory=True)
        assert path_under(str(tmp_path / "alias"), str(tmp_path / "private" / "app" / "x.py")) == "app/x.py"
        assert path_under(str(tmp_path / "private"), str(tmp_path / "alias" / "app" / "x.py")) == "app/x.py"

    def test_of_a_link_to_a_file_is_that_of_the_link(self, tmp_path: Path):
        (tmp_path / "real.py").touch()
        (tmp_path / "root").mkdir()
        (tmp_path / "root" / "link.py").symlink_to(tmp_path / "real.py")
        assert path_under(str(tmp_path / "root"), str(tmp_path / "root" / "link.py")) == "link.py"
