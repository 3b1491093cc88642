"""What flake8 does for us, shown with the real process."""

import pytest

FILE = "app/tasks/products.py"
FOUND = "./app/tasks/products.py:1:1: "


class TestSilence:
    def test_of_a_file_that_no_rule_covers(self, shop):
        shop.write(FILE, "")
        shop.write("app/other.py", "def import_products(job_id):\n    do(job_id)\n")
        assert shop.flake8("--select", "BG") == (0, (), "")

    @pytest.mark.parametrize("comment", ["# noqa", "# noqa: BG030", "# noqa: BG03", "# NOQA:E501,BG030"])
    def test_asked_for_beside_the_line(self, shop, bad, comment):
        shop.write(FILE, bad.replace(":\n", f":  {comment}\n", 1))
        assert shop.flake8("--select", "BG") == (0, (), "")

    def test_asked_for_the_whole_file(self, shop, bad):
        shop.write(FILE, f"# flake8: noqa\n{bad}")
        assert shop.flake8("--select", "BG") == (0, (), "")

    @pytest.mark.parametrize("option", ["per-file-ignores = app/tasks/*:BG030", "exclude = tasks", "ignore = BG"])
    def test_asked_for_in_the_configuration(self, shop, option):
        shop.write(".flake8", f"[flake8]\nbgtasks-rules = bgtasks.yaml\n{option}\n")
        assert shop.flake8("--select", "BG") == (0, (), "")


class TestFinding:
    def test_stands_alone_on_stdout_and_stderr_stays_empty(self, shop, said):
        assert shop.flake8("--select", "BG") == (1, (FOUND + said,), "")

    def test_is_on_by_default(self, shop, said):
        assert FOUND + said in shop.flake8().lines

    @pytest.mark.parametrize("comment", ["# noqa: E501", "# noqa: BG031", "# a word about noqa"])
    def test_outlives_a_noqa_for_something_else(self, shop, bad, said, comment):
        shop.write(FILE, bad.replace(":\n", f":  {comment}\n", 1))
        assert shop.flake8("--select", "BG").lines == (FOUND + said,)

    def test_outlives_noqa_where_noqa_is_disabled(self, shop, bad, said):
        shop.write(FILE, bad.replace(":\n", ":  # noqa\n", 1))
        assert shop.flake8("--select", "BG", "--disable-noqa").lines == (FOUND + said,)

    def test_outlives_the_ignores_of_another_file(self, shop, said):
        assert shop.flake8("--select", "BG", "--per-file-ignores", "app/api/*:BG030").lines == (FOUND + said,)

    @pytest.mark.parametrize("newline, start", [("\r\n", ""), ("\n", "\ufeff"), ("\r\n", "\ufeff")])
    def test_does_not_mind_line_ends_and_byte_order_marks(self, shop, bad, said, newline, start):
        shop.write(FILE, (start + bad).replace("\n", newline))
        assert shop.flake8("--select", "BG").lines == (FOUND + said,)


class TestSeveralProcesses:
    @pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
    def test_say_what_one_process_says(self, shop, bad, method):
        import multiprocessing

        if method not in multiprocessing.get_all_start_methods():
            pytest.skip(f"no {method} on this platform")
        for number in range(6):
            shop.write(f"app/tasks/task_{number}.py", bad)
        shop.write("app/tasks/broken.py", "def broken(:\n")
        one = shop.flake8("--select", "BG", "-j1")
        script = (
            f"import multiprocessing, sys; multiprocessing.set_start_method({method!r});"
            "from flake8.main.cli import main; sys.exit(main(sys.argv[1:]))"
        )
        assert len(one.lines) == 8
        assert shop.python("-c", script, "--select", "BG", "-j2") == one


class TestStandardInput:
    def test_without_a_name_meets_no_rule_that_is_bound_to_files(self, shop, bad):
        assert shop.flake8("--select", "BG", "-", stdin=bad) == (0, (), "")

    def test_is_the_file_that_its_display_name_says(self, shop, bad, said):
        run = shop.flake8("--select", "BG", "--stdin-display-name", "app/tasks/new.py", "-", stdin=bad)
        assert run == (1, (f"app/tasks/new.py:1:1: {said}",), "")

    def test_wins_over_the_disk_where_the_buffer_is_mended(self, shop):
        mended = 'def import_products(job):\n    job.status = "running"\n    job.started_at = now()\n'
        assert shop.flake8("--select", "BG", "--stdin-display-name", FILE, "-", stdin=mended) == (0, (), "")

    def test_wins_over_the_disk_where_the_buffer_is_broken(self, shop, bad, said):
        shop.write(FILE, "")
        run = shop.flake8("--select", "BG", "--stdin-display-name", FILE, "-", stdin=f"\n\n{bad}")
        assert run.lines == (f"{FILE}:3:1: {said}",)


class TestOneFileByManyNames:
    @pytest.mark.parametrize(
        "name, cwd",
        [
            ("app/tasks/products.py", "."),
            ("./app/tasks/products.py", "."),
            ("app/../app/tasks/products.py", "."),
            ("app//tasks/products.py", "."),
            ("tasks/products.py", "app"),
            ("products.py", "app/tasks"),
            ("../tasks/products.py", "app/tasks"),
            (".", "app/tasks"),
        ],
    )
    def test_is_found_under_each(self, shop, said, name, cwd):
        shop.write(".flake8", "[flake8]\n")
        lines = shop.flake8("--select", "BG", "--bgtasks-rules", str(shop.root / "bgtasks.yaml"), name, cwd=cwd).lines
        assert len(lines) == 1 and lines[0].endswith(f"products.py:1:1: {said}")

    def test_is_found_under_its_absolute_name_from_outside(self, shop, said):
        shop.write("../elsewhere/empty.py", "")
        file = shop.root / FILE
        rules = str(shop.root / "bgtasks.yaml")
        lines = shop.flake8("--select", "BG", "--bgtasks-rules", rules, str(file), cwd="../elsewhere").lines
        assert lines == (f"{file}:1:1: {said}",)

    def test_belongs_to_the_closest_marker(self, shop, bad, said):
        shop.write("backend/pyproject.toml", "")
        shop.write("backend/app/tasks/orders.py", bad)
        shop.write("frontend/app/tasks/orders.py", bad)
        assert shop.flake8("--select", "BG", "backend", "frontend").lines == (
            f"backend/app/tasks/orders.py:1:1: {said}",
        )
