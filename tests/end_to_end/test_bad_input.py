"""Whatever a file that a rule names holds, flake8 ends with findings or silence: no traceback, nothing on stderr."""

import sys

import pytest

TASK = "app/tasks/products.py"
BAD = "def import_products(job_id):\n    do(job_id)\n"
DEEP = 1_000

SILENT = {
    "nothing": "",
    "nothing but a byte order mark": "\ufeff",
    "nothing but comments": "# a task will come\n" * 10,
    "nothing but a docstring": '"""Tasks."""\n',
    "an enum of ten thousand members": "import enum\nclass JobStatus(enum.Enum):\n"
    + "".join(f"    M{number} = 'm{number}'\n" for number in range(10_000)),
    "a line of a hundred thousand characters": f"NAMES = {'x' * 100_000!r}\n",
    "a megabyte of data": "ROWS = [\n" + "    ('status', 'running', 12),\n" * 35_000 + "]\n",
}
SPEAKING = {
    "a byte order mark": "\ufeff" + BAD,
    "line ends of Windows": BAD.replace("\n", "\r\n"),
    "line ends of old": BAD.replace("\n", "\r"),
    "tabs": BAD.replace("    ", "\t"),
    "form feeds": "\f\n" + BAD,
    "five thousand statements": BAD + "    step(job_id)\n" * 5_000,
    "ninety nested functions": "def import_products(job_id):\n"
    + "".join(f"{' ' * (level + 1)}def f{level}():\n" for level in range(90))
    + f"{' ' * 92}pass\n",
    "a long chain of elif": "def import_products(job_id):\n    if job_id == 0:\n        pass\n"
    + "".join(f"    elif job_id == {number}:\n        do(job_id)\n" for number in range(1, 300)),
    "a chain of attributes": f"{BAD}    x = a{'.b' * 300}\n",
    "a chain of operators": f"{BAD}    x = {' + '.join(['a'] * 300)}\n",
    "lists in lists": f"{BAD}    x = {'[' * 90}{']' * 90}\n",
    "type comments": "def import_products(job_id):  # type: (int) -> None\n    do(job_id)  # type: ignore\n",
    "patterns and walruses": f"{BAD}    match (kind := job_id):\n        case [1, *rest] | {{'a': rest}} if rest: do(rest)\n",
    "a line separator in a string": f"x = '\u2028\x85'\n{BAD}",
}
if sys.version_info >= (3, 11):
    SPEAKING["groups of exceptions"] = f"{BAD}    try: do(1)\n    except* ValueError: do(2)\n"
if sys.version_info >= (3, 12):
    SPEAKING["parameters of types"] = f"type Ids[T] = list[T]\nclass A[T: int]: pass\ndef f[**P](x: P): pass\n{BAD}"
    SPEAKING["quotes within f-strings"] = f"{BAD}    x = f'{{job_id['a']!r:>{{width}}}} {{f'{{1}}'}}'\n"
UNREADABLE = {
    "a syntax error": ("x = 1\n\n\ndef broken(:\n", 4),
    "a thousand parentheses": (f"x = 1\ny = {'(' * DEEP}{')' * DEEP}\n", 2),
    "a thousand signs": (f"x = 1\ny = {'-' * 20_000}1\n", 1),
    "a null byte": (b"x = 1\ny = '\0'\n", 1),
    "a bracket that is never closed": ("x = (\n", 1),
    "a wrong indent": ("def f():\n    x = 1\n  y = 2\n", 3),
}


def check(project, content):
    """Run flake8 on a task file of this content and return what it said, which is never a traceback."""
    project.write(TASK, content)
    said = project.flake8("--select", "BG", "app")
    assert said.errors == "" and said.code in (0, 1)
    assert "Traceback" not in said.text and "please report" not in said.text
    return said.lines


@pytest.mark.parametrize("content", SILENT.values(), ids=SILENT)
def test_a_file_without_a_task_is_met_with_silence(project, content):
    assert check(project, content) == ()


@pytest.mark.parametrize("content", SPEAKING.values(), ids=SPEAKING)
def test_a_task_in_any_shape_is_judged(project, content):
    assert any(" BG030 import_products() never sets" in line for line in check(project, content))


@pytest.mark.parametrize(("content", "line"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read_is_said_to_be_so(project, content, line):
    found = check(project, content)
    assert found == () or (len(found) == 1 and " BG000 cannot be checked: " in found[0])
    if line > 1:
        assert found[0].startswith(f"{TASK}:{line}:")


def test_a_file_that_is_not_utf8_is_judged_or_said_to_be_unreadable(project):
    found = check(project, "# caf\xe9\n".encode("latin-1") + BAD.encode())
    assert any("BG030" in line or "BG000" in line for line in found)


def test_a_declared_encoding_is_heeded(project):
    found = check(project, "# -*- coding: latin-1 -*-\n# caf\xe9\n".encode("latin-1") + BAD.encode())
    assert any("BG030" in line for line in found)


def test_a_directory_that_is_called_like_a_file_is_a_directory(project):
    project.write("app/tasks/directory.py/inner.txt", "")
    assert all("products.py" in line for line in check(project, BAD))


def test_one_broken_file_leaves_the_others_alone(project):
    project.write("app/tasks/broken.py", "def broken(:\n")
    found = check(project, BAD)
    assert any("broken.py:1:" in line and "BG000" in line for line in found)
    assert any("products.py:1:1: BG030" in line for line in found)
