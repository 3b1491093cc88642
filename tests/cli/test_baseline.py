"""`bgtasks baseline`: what it writes, what it says has changed, and how it ends."""

import json

import pytest

RULES = """\
background_task_rules:
  - id: BG-030
    name: Tasks say that they run
    severity: error
    patterns:
      - file: "app/tasks/*.py"
        must_contain: ["started_at", "completed_at"]
  - id: BG-101
    name: Nothing sleeps
    severity: error
    anti_patterns:
      - {pattern: 'time\\.sleep', file: "app/**", message: Don't sleep}
"""
IMPORT = "def import_products(job):\n    work(job)\n"
LACKS = "import_products() never sets started_at and never sets completed_at"
HEAD = {"flake8-bgtasks-baseline": 1}
ENTRY = {"path": "app/tasks/products.py", "code": "BG030", "message": LACKS}
FILE = "app/tasks/products.py"
CONFIGURED = "[flake8]\nbgtasks-rules = bg.yaml\nbgtasks-baseline = bgtasks-baseline.jsonl\n"


@pytest.fixture
def shop(project):
    """A project with one task that lacks two things, and no baseline yet."""
    project.write("bg.yaml", RULES)
    project.write(".flake8", CONFIGURED)
    project.write(FILE, IMPORT)
    return project


@pytest.fixture
def entries(shop):
    """The lines of the baseline."""
    return lambda name="bgtasks-baseline.jsonl": [
        json.loads(line) for line in (shop.root / name).read_text().splitlines()
    ]


def test_findings_are_recorded(run, shop, entries) -> None:
    answer = run("baseline")
    assert (answer.exit_code, answer.output) == (0, "bgtasks-baseline.jsonl: 1 finding recorded\n")
    assert entries() == [HEAD, ENTRY]


def test_no_findings_are_a_baseline_too(run, shop, entries) -> None:
    shop.write(FILE, "")
    assert run("baseline").output == "bgtasks-baseline.jsonl: 0 findings recorded\n"
    assert entries() == [HEAD]
    assert run("baseline", "--check").exit_code == 0


def test_what_is_up_to_date_is_left_alone(run, shop) -> None:
    run("baseline")
    file = shop.root / "bgtasks-baseline.jsonl"
    before = file.stat().st_mtime_ns
    shop.write(FILE, "import os\n\n\n" + IMPORT)
    answer = run("baseline", "--check")
    assert (answer.exit_code, answer.output) == (0, "bgtasks-baseline.jsonl: up to date, 1 finding\n")
    run("baseline")
    assert file.stat().st_mtime_ns == before


def test_flake8_must_be_told(run, shop, entries) -> None:
    shop.write(".flake8", "")
    shop.write("setup.cfg", "[flake8]\nbgtasks-rules = bg.yaml\n")
    shop.write("conf/x", "")
    answer = run("baseline", "--bgtasks-baseline", "conf/known.jsonl")
    assert answer.output == (
        "conf/known.jsonl: 1 finding recorded\n"
        "flake8 does not know of it yet. In setup.cfg, under [flake8], write:\n\n"
        "  bgtasks-baseline = conf/known.jsonl\n\n"
    )
    assert entries("conf/known.jsonl")[1]["path"] == f"../{FILE}"


def test_without_an_option_it_lies_beside_the_configuration(run, shop, entries, monkeypatch) -> None:
    shop.write(".flake8", "[flake8]\nbgtasks-rules = bg.yaml\n")
    monkeypatch.chdir(shop.root / "app")
    assert "../bgtasks-baseline.jsonl: 1 finding recorded" in run("baseline").output
    assert entries() == [HEAD, ENTRY]


class TestChanges:
    @pytest.fixture(autouse=True)
    def recorded(self, run, shop) -> None:
        run("baseline")

    def test_a_new_finding_fails_the_check(self, run, shop, entries) -> None:
        shop.write(FILE, IMPORT + "def export_products(job):\n    work(job)\n")
        answer = run("baseline", "--check")
        assert answer.exit_code == 1
        said = LACKS.replace("import", "export")
        assert answer.output.splitlines() == [
            f"new       {FILE}:3:1: BG030 {said} [error]",
            "bgtasks-baseline.jsonl: 1 finding new",
        ]
        assert entries() == [HEAD, ENTRY]
        assert run("baseline").output.splitlines()[1] == "bgtasks-baseline.jsonl: 2 findings recorded, 1 of them new"
        assert [entry.get("message") for entry in entries()[1:]] == [said, LACKS]

    def test_a_mended_finding_leaves_the_file(self, run, shop, entries) -> None:
        shop.write(FILE, "")
        answer = run("baseline", "--check")
        assert answer.exit_code == 1
        assert answer.output.splitlines() == [
            f"mended    {FILE}: BG030 {LACKS}",
            "bgtasks-baseline.jsonl: 1 mended: run 'bgtasks baseline' and commit the file",
        ]
        assert run("baseline").output.splitlines()[1] == (
            "bgtasks-baseline.jsonl: 0 findings recorded, 1 mended and gone from the file"
        )
        assert entries() == [HEAD]

    def test_a_part_that_is_mended_leaves_the_file(self, run, shop, entries) -> None:
        shop.write(FILE, IMPORT.replace("work(job)", "job.started_at = now()"))
        answer = run("baseline", "--check")
        assert answer.exit_code == 1
        now = "import_products() never sets completed_at"
        assert answer.output.splitlines()[0] == f"in part   {FILE}: BG030 {LACKS}, now: {now}"
        assert run("baseline").output.splitlines()[1] == "bgtasks-baseline.jsonl: 1 finding recorded, 1 mended in part"
        assert entries() == [HEAD, {**ENTRY, "message": now}]

    def test_a_renamed_file_passes_the_check(self, run, shop, entries) -> None:
        (shop.root / FILE).rename(shop.root / "app/tasks/imports.py")
        answer = run("baseline", "--check")
        assert answer.exit_code == 0
        assert answer.output.splitlines() == [
            f"renamed   {FILE}, now app/tasks/imports.py: BG030 {LACKS}",
            "bgtasks-baseline.jsonl: up to date, 1 finding",
        ]
        run("baseline")
        assert entries() == [HEAD, {**ENTRY, "path": "app/tasks/imports.py"}]

    def test_what_moves_into_a_file_that_is_known_is_new(self, run, shop) -> None:
        shop.write("app/tasks/exports.py", IMPORT.replace("import", "export"))
        run("baseline")
        (shop.root / FILE).unlink()
        shop.write("app/tasks/exports.py", IMPORT.replace("import", "export") + IMPORT)
        answer = run("baseline", "--check")
        assert answer.exit_code == 1
        assert answer.output.splitlines()[-1].startswith("bgtasks-baseline.jsonl: 1 finding new, 1 mended")

    def test_of_two_copies_of_a_renamed_file_one_is_new(self, run, shop) -> None:
        (shop.root / FILE).rename(shop.root / "app/tasks/imports.py")
        shop.write("app/tasks/copied.py", IMPORT)
        answer = run("baseline", "--check")
        assert answer.exit_code == 1
        assert answer.output.splitlines()[-1] == "bgtasks-baseline.jsonl: 1 finding new"

    def test_what_lies_outside_of_the_paths_stays(self, run, shop, entries) -> None:
        shop.write("app/services/jobs.py", "import time\ntime.sleep(1)\n")
        shop.write(FILE, "")
        assert run("baseline", "app/services").exit_code == 0
        sleeps = {"path": "app/services/jobs.py", "code": "BG101", "message": "Don't sleep", "line": "time.sleep(1)"}
        assert entries() == [HEAD, sleeps, ENTRY]
        assert run("baseline", "--check", "app/services").exit_code == 0
        assert run("baseline", "--check", "app/tasks").exit_code == 1

    def test_json_says_the_same(self, run, shop) -> None:
        shop.write(FILE, "import time\ntime.sleep(1)\n")
        answer = run("baseline", "--check", "--json")
        assert answer.exit_code == 1
        assert json.loads(answer.output) == {
            "baseline": "bgtasks-baseline.jsonl",
            "recorded": 1,
            "up_to_date": False,
            "new": [{"path": FILE, "line": 2, "column": 1, "code": "BG101", "message": "BG101 Don't sleep [error]"}],
            "mended": [ENTRY],
            "lessened": [],
            "renamed": [],
        }


def test_a_count_is_kept_and_its_first_are_old(run, shop, entries) -> None:
    shop.write(FILE, "import time\ntime.sleep(1)\nx = 1\ntime.sleep(1)  # again\n")
    run("baseline")
    assert entries()[1]["count"] == 2
    shop.write(FILE, "import time\n" + "time.sleep(1)\n" * 3)
    assert run("baseline", "--check").output.splitlines()[0].startswith(f"new       {FILE}:4:1:")
    shop.write(FILE, "import time\ntime.sleep(1)\n")
    assert run("baseline", "--check").exit_code == 1


def test_what_noqa_hides_is_not_recorded(run, shop, entries) -> None:
    shop.write(FILE, IMPORT.replace(":\n", ":  # noqa: BG030\n", 1))
    run("baseline")
    assert entries() == [HEAD]


def test_what_cannot_be_checked_is_not_recorded(run, shop, entries) -> None:
    shop.write(FILE, "def f(:\n")
    run("baseline")
    assert entries() == [HEAD]


class TestABaselineThatIsWrong:
    def test_is_missing(self, run, shop) -> None:
        answer = run("baseline", "--check")
        assert answer.exit_code == 2
        assert "bgtasks-baseline.jsonl:1:1: cannot be read (No such file or directory)" in answer.stderr

    def test_is_written_anew_where_an_entry_is_wrong(self, run, shop, entries) -> None:
        shop.write("bgtasks-baseline.jsonl", json.dumps(HEAD) + "\n<<<<<<< ours\n")
        answer = run("baseline", "--check")
        assert answer.exit_code == 2
        assert "bgtasks-baseline.jsonl:2:1: a conflict of a merge" in answer.stderr
        assert run("baseline").exit_code == 0
        assert entries() == [HEAD, ENTRY]

    def test_is_not_lost_where_only_a_part_is_looked_at(self, run, shop) -> None:
        shop.write("bgtasks-baseline.jsonl", json.dumps(HEAD) + "\n{\n")
        assert run("baseline", "app").exit_code == 2

    def test_is_another_file(self, run, shop) -> None:
        answer = run("baseline", "--bgtasks-baseline", "bg.yaml")
        assert answer.exit_code == 2
        assert "bg.yaml:1:1: no baseline" in answer.stderr
        assert (shop.root / "bg.yaml").read_text() == RULES

    def test_has_no_folder(self, run, shop) -> None:
        answer = run("baseline", "--bgtasks-baseline", "nowhere/known.jsonl")
        assert answer.exit_code == 2
        assert "nowhere/known.jsonl cannot be written (No such file or directory): check the path" in answer.stderr


def test_a_broken_rules_file_is_said(run, shop) -> None:
    shop.write("bg.yaml", "[")
    answer = run("baseline")
    assert answer.exit_code == 2
    assert "bgtasks-rules: the file cannot be used" in answer.stderr
    assert not (shop.root / "bgtasks-baseline.jsonl").exists()


def test_whatever_format_flake8_is_to_write(run, shop) -> None:
    shop.write(".flake8", CONFIGURED + "format = pylint\noutput-file = out.txt\ncount = true\nstatistics = true\n")
    assert run("baseline").output == "bgtasks-baseline.jsonl: 1 finding recorded\n"
    assert not (shop.root / "out.txt").exists()


def test_what_is_recorded_is_known_in_every_family_though_lines_move(run, project, repository) -> None:
    storefront = repository / "docs" / "examples" / "storefront"
    for file in (each for each in storefront.rglob("*") if each.suffix in (".py", ".js")):
        project.write(file.relative_to(storefront).as_posix(), file.read_bytes())
    project.write(".flake8", "[flake8]\nselect = BG\nbgtasks-baseline = bgtasks-baseline.jsonl\n")
    recorded = run("baseline", "--json")
    assert json.loads(recorded.output)["recorded"] > 20
    assert project.flake8() == (0, (), "")
    for file in (each for each in project.root.rglob("*") if each.suffix in (".py", ".js")):
        file.write_bytes((b"# moved\n" if file.suffix == ".py" else b"// moved\n") * 3 + file.read_bytes())
    assert project.flake8() == (0, (), "")
    assert run("baseline", "--check").exit_code == 0


def test_a_baseline_lies_beside_the_configuration_that_is_asked_for(run, shop, entries) -> None:
    shop.write(".flake8", "[flake8]\n")
    shop.write("conf/flake8.cfg", "[flake8]\nbgtasks-rules = ../bg.yaml\n")
    answer = run("baseline", "--config", "conf/flake8.cfg")
    assert answer.output.startswith("conf/bgtasks-baseline.jsonl: 1 finding recorded\n")
    assert entries("conf/bgtasks-baseline.jsonl") == [HEAD, ENTRY | {"path": "../app/tasks/products.py"}]
    assert "bgtasks-baseline = bgtasks-baseline.jsonl" in answer.output
    assert "conf/flake8.cfg" in answer.output
