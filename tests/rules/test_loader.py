"""What a rules file means, where it is well-formed; and that its places are kept."""

from pathlib import Path

import pytest

from flake8_bgtasks.errors import RuleFileError
from flake8_bgtasks.rules import loader
from flake8_bgtasks.rules.model import AntiPattern, Family, Mark, Requirement, Rule, RuleSet, Severity
from flake8_bgtasks.rules.reading import family_of

FULL = """\
# A comment.
background_task_rules:
  - id: BG-050
    name: "A name: quoted"
    description: |
      Two
      lines.
    severity: warning
    patterns:
      - file: "app/**/*.py"
        endpoint_pattern: "@router.post.*run"
        when_contains: import_
        must_contain: ["try:", 'except']
        must_contain_one_of:
          - 'status = "completed"'
        must_reference: Job
        must_return: job_id
        should_match: "setInterval.*[3-5]000"
      - must_contain: x
    anti_patterns:
      - pattern: time\\.sleep
        message: Don't sleep
        file: app/*.py
      - {pattern: "a"}
    suggestion: ""
    exclude: "**/migrations/**"
  - id: BG-101
    name: Another
    severity: info
    anti_patterns:
      - pattern: b
"""

EXPECTED = RuleSet(
    "conf/bgtasks.yaml",
    (
        Rule(
            id="BG-050",
            name="A name: quoted",
            severity=Severity.WARNING,
            family=Family.GENERIC,
            description="Two\nlines.\n",
            requirements=(
                Requirement(
                    file="app/**/*.py",
                    endpoint_pattern="@router.post.*run",
                    when_contains=("import_",),
                    must_contain=("try:", "except"),
                    must_contain_one_of=('status = "completed"',),
                    must_reference=("Job",),
                    must_return=("job_id",),
                    should_match="setInterval.*[3-5]000",
                ),
                Requirement(must_contain=("x",)),
            ),
            anti_patterns=(AntiPattern(r"time\.sleep", "Don't sleep", "app/*.py"), AntiPattern("a")),
            exclude=("**/migrations/**",),
        ),
        Rule("BG-101", "Another", Severity.INFO, Family.GENERIC, anti_patterns=(AntiPattern("b"),)),
    ),
)


def test_reads_every_key(yaml_loader: loader.Loader) -> None:
    assert loader.load(FULL, "conf/bgtasks.yaml", yaml_loader) == EXPECTED


def test_keeps_the_places(yaml_loader: loader.Loader) -> None:
    rule, other = loader.load(FULL, "x.yaml", yaml_loader).rules
    assert (rule.mark, other.mark) == (Mark(3, 5), Mark(27, 5))
    assert [entry.mark for entry in rule.requirements] == [Mark(10, 9), Mark(19, 9)]
    assert [entry.mark for entry in rule.anti_patterns] == [Mark(21, 9), Mark(24, 9)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ufeff" + FULL, id="with a byte order mark"),
        pytest.param(FULL.replace("\n", "\r\n"), id="with Windows line ends"),
        pytest.param("%YAML 1.1\n---\n" + FULL + "...\n", id="with document markers"),
        pytest.param(
            FULL.replace("- id: BG-101", "- !!str id: !!str BG-101"), id="with tags that say what is so anyway"
        ),
        pytest.param(FULL.replace("name: Another", "name: 'Another'  # why"), id="with a comment at a line's end"),
    ],
)
def test_does_not_mind_how_yaml_is_written(text: str, yaml_loader: loader.Loader) -> None:
    assert loader.load(text, "conf/bgtasks.yaml", yaml_loader) == EXPECTED


def test_an_alias_is_read_as_what_it_stands_for(yaml_loader: loader.Loader) -> None:
    text = (
        "background_task_rules:\n"
        "  - {id: BG-001, name: one, severity: error, patterns: &same [{file: &file a.py, must_contain: x}]}\n"
        "  - {id: BG-002, name: two, severity: error, patterns: *same, exclude: [*file]}\n"
    )
    one, two = loader.load(text, "x.yaml", yaml_loader).rules
    assert one.requirements == two.requirements
    assert two.exclude == ("a.py",)


def test_twenty_thousand_values_are_not_too_many() -> None:
    pattern = f"{{must_contain: [{', '.join('x' * 20_000)}]}}"
    text = f"background_task_rules: [{{id: BG-001, name: n, severity: info, patterns: [{pattern}]}}]"
    assert loader.load(text, "x.yaml").rules[0].requirements[0].must_contain == ("x",) * 20_000


@pytest.mark.parametrize(
    ("rule_id", "family"),
    [
        ("BG-001", Family.MODELS),
        ("BG-009", Family.MODELS),
        ("BG-010", Family.STATUS),
        ("BG-029", Family.API),
        ("BG-033", Family.TASKS),
        ("BG-041", Family.FRONTEND),
        ("BG-050", Family.GENERIC),
        ("BG-100", Family.GENERIC),
        ("BG-901", Family.GENERIC),
    ],
)
def test_an_id_has_a_family(rule_id: str, family: Family) -> None:
    assert family_of(rule_id) is family
    text = f"background_task_rules: [{{id: {rule_id}, name: n, severity: info, anti_patterns: [{{pattern: x}}]}}]"
    assert loader.load(text, "x.yaml").rules[0].family is family


def test_reads_a_file(tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(FULL.replace("A comment", "Un commentaire \u00e9crit \U0001f600"), encoding="utf-8-sig")
    assert loader.read(file).rules == EXPECTED.rules
    assert loader.read(str(file)).path == str(file)


def test_reads_the_bundled_rules() -> None:
    assert loader.bundled().path == "flake8_bgtasks/rules.yaml"
    assert loader.bundled() == loader.bundled()


def problem_of(path: Path) -> str:
    with pytest.raises(RuleFileError) as caught:
        loader.read(path)
    return str(caught.value).replace(str(path), "FILE")


def test_says_that_there_is_no_such_file(tmp_path: Path) -> None:
    expected = "FILE:1:1: cannot be read (No such file or directory): check the path"
    assert problem_of(tmp_path / "missing.yaml") == expected


def test_says_that_a_folder_is_no_file(tmp_path: Path) -> None:
    assert problem_of(tmp_path).startswith("FILE:1:1: cannot be read (")


def test_says_that_a_path_is_none() -> None:
    assert problem_of(Path("a\0b")) == "FILE:1:1: cannot be read (embedded null byte): check the path"


def test_says_where_a_file_is_no_utf_8(tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_bytes("background_task_rules:\n  # \u00e9t\u00e9 ".encode() + b"\xe9t\xe9\n")
    assert problem_of(file) == "FILE:2:9: the byte 0xe9 is not UTF-8: save the file as UTF-8"


def test_says_that_utf_16_is_no_utf_8(tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(FULL, encoding="utf-16-le")
    file.write_bytes(b"\xff\xfe" + file.read_bytes())
    assert problem_of(file) == "FILE:1:1: the byte 0xff is not UTF-8: save the file as UTF-8"


def test_says_that_a_file_is_too_large(tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    expected = "FILE:1:1: larger than 1000000 bytes: no rules file needs that; is it the right one?"
    file.write_bytes(b"#" * 1_000_001)
    assert problem_of(file) == expected


def test_says_that_a_text_is_too_large() -> None:
    with pytest.raises(RuleFileError, match=r"^x\.yaml:1:1: larger than 1000000 bytes: "):
        loader.load("#" * 1_000_001, "x.yaml")
