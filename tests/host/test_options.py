"""The options, on the command line and in configuration files; what is wrong with them is said in one message."""

import pytest

FILE = "app/tasks/products.py"


def one_message(run, *, saying):
    """Tell whether flake8 stopped with this message and no traceback."""
    return run.code == 1 and run.errors == "" and saying in run.text and "Traceback" not in run.text


class TestAFileThatSetsAPath:
    @pytest.mark.parametrize("value", ["bgtasks.yaml", "./bgtasks.yaml", "conf/../bgtasks.yaml"])
    @pytest.mark.parametrize("config, section", [("setup.cfg", "flake8"), ("tox.ini", "flake8"), (".flake8", "flake8")])
    def test_means_a_path_from_where_it_lies(self, shop, said, config, section, value):
        shop.write(".flake8", "")
        shop.write("conf/empty", "")
        shop.write(config, f"[{section}]\nbgtasks-rules = {value}\n")
        found = shop.flake8("--select", "BG", "tasks", cwd="app").lines
        assert found == (f"tasks/products.py:1:1: {said}",)

    def test_may_be_named_on_the_command_line(self, shop, said):
        shop.write(".flake8", "[flake8]\n")
        shop.write("conf/flake8.cfg", "[flake8]\nbgtasks_rules = rules.yaml\nbgtasks_root = ..\n")
        (shop.root / "bgtasks.yaml").rename(shop.root / "conf/rules.yaml")
        found = shop.flake8("--select", "BG", "--config", "../conf/flake8.cfg", "tasks", cwd="app").lines
        assert found == (f"tasks/products.py:1:1: {said}",)

    @pytest.mark.parametrize("value", ["backend", "./backend", "backend/"])
    def test_may_set_the_root(self, shop, bad, said, value):
        shop.write(".flake8", f"[flake8]\nbgtasks-rules = bgtasks.yaml\nbgtasks-root = {value}\n")
        shop.write("backend/app/tasks/orders.py", bad)
        found = shop.flake8("--select", "BG", "../..", cwd="backend/app").lines
        assert found == (f"../../backend/app/tasks/orders.py:1:1: {said}",)

    def test_may_leave_the_value_empty(self, shop):
        shop.write(".flake8", "[flake8]\nbgtasks-rules = bgtasks.yaml\nbgtasks-root =\n")
        assert len(shop.flake8("--select", "BG").lines) == 1


class TestACommandLineThatSetsAPath:
    def test_means_a_path_from_the_working_directory(self, shop, rules):
        shop.write("app/mine.yaml", rules("info"))
        found = shop.flake8("--select", "BG", "--bgtasks-rules", "mine.yaml", "tasks", cwd="app").text
        assert found.endswith("[info]")

    def test_wins_over_the_file(self, shop, rules):
        shop.write("mine.yaml", rules("warning"))
        found = shop.flake8("--select", "BG", "--bgtasks-rules=mine.yaml").text
        assert found.endswith("[warning]")

    def test_may_name_the_root_by_another_way(self, shop, said):
        (shop.root.parent / "alias").symlink_to(shop.root, target_is_directory=True)
        found = shop.flake8("--select", "BG", "--bgtasks-root", str(shop.root.parent / "alias"), FILE).lines
        assert found == (f"{FILE}:1:1: {said}",)

    def test_leaves_out_what_lies_outside_the_root(self, shop):
        shop.write("backend/empty.py", "")
        assert shop.flake8("--select", "BG", "--bgtasks-root", "backend", FILE) == (0, (), "")


class TestSeverity:
    @pytest.mark.parametrize(
        "threshold, shown",
        [
            ("info", ["info", "warning", "error"]),
            ("warning", ["warning", "error"]),
            ("error", ["error"]),
            ("ERROR", ["error"]),
        ],
    )
    def test_is_a_threshold_wherever_it_is_set(self, shop, rules, threshold, shown):
        for severity in ("info", "warning", "error"):
            shop.write("bgtasks.yaml", rules(severity))
            from_command_line = shop.flake8("--select", "BG", "--bgtasks-severity", threshold)
            shop.write("tox.ini", f"[flake8]\nbgtasks-rules = bgtasks.yaml\nbgtasks-severity = {threshold}\n")
            from_file = shop.flake8("--select", "BG", "--config", "tox.ini")
            assert len(from_file.lines) == (severity in shown)
            assert from_file == from_command_line


class TestWhatIsWrong:
    @pytest.mark.parametrize("where", ["option", "file"])
    @pytest.mark.parametrize(
        "name, value, saying",
        [
            ("rules", "missing.yaml", "missing.yaml:1:1: cannot be read (No such file or directory)"),
            ("rules", "app", "app:1:1: cannot be read"),
            ("root", "missing", "missing is not a directory"),
            ("root", "bgtasks.yaml", "bgtasks.yaml is not a directory"),
            ("severity", "loud", "bgtasks-severity: 'loud' is none of info, warning, error"),
        ],
    )
    def test_is_said_in_one_message(self, shop, where, name, value, saying):
        if where == "option":
            run = shop.flake8("--select", "BG", f"--bgtasks-{name}", value)
        else:
            shop.write(".flake8", f"[flake8]\nbgtasks-{name} = {value}\n")
            run = shop.flake8("--select", "BG")
        assert one_message(run, saying=saying)

    def test_in_a_rules_file_is_said_all_at_once(self, shop, rules):
        broken = rules("error").replace("must_contain:", "must_contian:").replace("name:", "nmae:")
        shop.write("bgtasks.yaml", broken)
        run = shop.flake8("--select", "BG")
        assert one_message(run, saying="bgtasks.yaml:3:5: ")
        assert "nmae" in run.text and "must_contian" in run.text

    @pytest.mark.parametrize(
        "content", [b"", b"\xff\xfe\x00", b"[", b"background_task_rules: 3\n", b"a: !!python/none"]
    )
    def test_with_the_rules_file_as_a_whole_is_no_traceback(self, shop, content):
        shop.write("bgtasks.yaml", content)
        assert one_message(shop.flake8("--select", "BG"), saying="bgtasks.yaml")
