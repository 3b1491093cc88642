"""What a baseline file says, what is wrong with one, and which findings its entries stand for."""

import json
import os

import pytest

from flake8_bgtasks.errors import BaselineError
from flake8_bgtasks.host import baseline
from flake8_bgtasks.host.baseline import Baseline, Entry, Known, match, meaningful, parse_message, read, text_of

HEAD = '{"flake8-bgtasks-baseline": 1}\n'
LACKS = Known("BG030", 'f() never sets status = "running" and never sets started_at')
SLEEPS = Known("BG021", "Don't sleep", "time.sleep(5)")


class TestAFindingIsNot:
    @pytest.mark.parametrize(
        "other",
        [
            pytest.param(LACKS._replace(code="BG031"), id="that of another rule"),
            pytest.param(LACKS._replace(message="g() never sets started_at"), id="that of another unit"),
            pytest.param(LACKS._replace(message=f"{LACKS.message} and never ends"), id="one that says more"),
            pytest.param(LACKS._replace(message="f() never sets completed_at"), id="one that says something else"),
            pytest.param(LACKS._replace(message="f() never sets status"), id="one that says a word of it"),
            pytest.param(LACKS._replace(message="f()"), id="one that says nothing"),
        ],
    )
    def test_known_by(self, other: Known) -> None:
        assert not LACKS.stands_for(other)
        assert not LACKS.is_more_than(other)

    @pytest.mark.parametrize("line", ["time.sleep(6)", "", "sleep(5)"])
    def test_known_by_another_line(self, line: str) -> None:
        assert not SLEEPS.stands_for(SLEEPS._replace(line=line))
        assert not SLEEPS.is_more_than(SLEEPS._replace(line=line))


class TestAFindingIs:
    @pytest.mark.parametrize("line", ["time.sleep(5)", "time . sleep( 5 )"])
    def test_known_whatever_the_spaces(self, line: str) -> None:
        assert SLEEPS.stands_for(SLEEPS._replace(line=line))

    def test_known_whatever_the_quotes(self) -> None:
        one = Known("BG010", "Use 'running'", "status = 'processing'")
        assert one.stands_for(one._replace(line='status = "processing"'))

    @pytest.mark.parametrize("message", ['f() never sets status = "running"', "f() never sets started_at"])
    def test_known_where_a_part_is_mended(self, message: str) -> None:
        assert LACKS.is_more_than(LACKS._replace(message=message))


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("    time.sleep(5)\n", "time.sleep(5)"),
        ("time.sleep(5)  # wait a while\n", "time.sleep(5)"),
        ("\ttime.sleep(\t5 )  #\twait\r\n", "time.sleep( 5 )"),
        ("poll(1000); // often", "poll(1000);"),
        ("    # nothing but a comment", ""),
        ("url = 'http://host/#here'", "url = 'http://host/#here'"),
        ("x" * 500, "x" * 170),
    ],
)
def test_what_counts_of_a_line(line: str, counts: str) -> None:
    assert meaningful(line) == counts


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("BG030 f() never ends [error]", "f() never ends"),
        ("BG030 f() [x] never ends [warning]", "f() [x] never ends"),
        ("BG030 f() never ends", "f() never ends"),
        ("BG030 f() never ends (here also: stop(), halt) and never sets x [info]", "f() never ends and never sets x"),
        ("BG030 f() never ends (here also: stop", "f() never ends (here also: stop"),
        (f"BG101 {'x' * 160} (here also: stop) y [info]", "x" * 160 + " y"),
        ("BG101 " + "x" * 180 + "... [info]", "x" * 170),
    ],
)
def test_a_message_counts_without_its_severity_and_the_words_of_the_team(message: str, text: str) -> None:
    assert parse_message(message) == (message[:5], text)


class TestEntriesAreUsedUp:
    def test_each_once(self) -> None:
        entries = {SLEEPS: 2}
        assert match([SLEEPS] * 3, entries) == [SLEEPS, SLEEPS, None]
        assert entries == {SLEEPS: 0}

    def test_by_the_same_finding_before_a_lesser_one(self) -> None:
        less = LACKS._replace(message="f() never sets started_at")
        assert match([less, LACKS], {LACKS: 1}) == [None, LACKS]
        assert match([less, LACKS], {LACKS: 1, less: 1}) == [less, LACKS]


class TestAFileThatIsGone:
    @pytest.fixture
    def known(self, tmp_path) -> Baseline:
        (tmp_path / "here.py").write_text("")
        entries = [Entry("gone.py", LACKS), Entry("gone.py", SLEEPS, 2), Entry("here.py", LACKS)]
        return Baseline(str(tmp_path / "known.jsonl"), entries)

    def asked(self, known: Baseline, name: str, found: list[Known]) -> list[bool]:
        return known.is_known(os.path.join(os.path.dirname(known.path), name), found)

    def test_stands_for_one_that_the_baseline_does_not_have(self, known: Baseline) -> None:
        assert self.asked(known, "new.py", [LACKS, SLEEPS, SLEEPS, SLEEPS]) == [True, True, True, False]

    def test_stands_for_none_that_it_has(self, known: Baseline) -> None:
        assert self.asked(known, "here.py", [LACKS, SLEEPS]) == [True, False]

    def test_stands_for_nothing_else(self, known: Baseline) -> None:
        assert self.asked(known, "new.py", [SLEEPS._replace(line="time.sleep(9)")]) == [False]

    def test_stands_for_nothing_once_it_is_back(self, known: Baseline, tmp_path) -> None:
        (tmp_path / "gone.py").write_text("")
        assert self.asked(known, "new.py", [LACKS, SLEEPS]) == [False, False]


class TestPaths:
    @pytest.mark.parametrize("name", ["app/x.py", "./app/x.py", "app/../app/x.py"])
    def test_begin_where_the_baseline_lies(self, tmp_path, monkeypatch, name: str) -> None:
        monkeypatch.chdir(tmp_path)
        assert Baseline(str(tmp_path / "known.jsonl")).path_of(name) == "app/x.py"
        assert Baseline(str(tmp_path / "conf" / "known.jsonl")).path_of(name) == "../app/x.py"


def test_a_file_is_read_as_it_was_written(tmp_path) -> None:
    file = tmp_path / "known.jsonl"
    entries = [Entry("b.py", SLEEPS, 2), Entry("a.py", SLEEPS), Entry("a.py", LACKS), Entry("ä.py", LACKS)]
    text = text_of(Baseline(str(file), entries).by_path)
    assert text.splitlines() == [
        '{"flake8-bgtasks-baseline": 1}',
        '{"path": "a.py", "code": "BG021", "message": "Don\'t sleep", "line": "time.sleep(5)"}',
        f'{{"path": "a.py", "code": "BG030", "message": {json.dumps(LACKS.message)}}}',
        '{"path": "b.py", "code": "BG021", "message": "Don\'t sleep", "line": "time.sleep(5)", "count": 2}',
        f'{{"path": "ä.py", "code": "BG030", "message": {json.dumps(LACKS.message)}}}',
    ]
    file.write_text(text, encoding="utf-8")
    assert text_of(read(str(file), "x").by_path) == text


def test_an_entry_that_stands_twice_counts_twice() -> None:
    assert Baseline("/x", [Entry("a.py", LACKS), Entry("a.py", LACKS, 2)]).by_path == {"a.py": {LACKS: 3}}


@pytest.mark.parametrize(
    "data", [HEAD, f"\ufeff{HEAD}", HEAD.replace("\n", "\r\n"), HEAD.strip(), f"{HEAD}\n\n", HEAD.replace(" ", "")]
)
def test_a_file_may_have_no_entries(tmp_path, data: str) -> None:
    file = tmp_path / "known.jsonl"
    file.write_bytes(data.encode())
    assert read(str(file), "x").by_path == {}


ANEW = "write the file anew with 'bgtasks baseline'"
ENTRY = '{"path": "a.py", "code": "BG030", "message": "m"}'
WRONG = {
    "nothing": (b"", ["1:1: no baseline: its first line must be {HEAD}; write one with 'bgtasks baseline'"]),
    "another file": (
        b"[flake8]\nselect = BG\n",
        ["1:1: no baseline: its first line must be {HEAD}; write one with 'bgtasks baseline'"],
    ),
    "another version": (
        b'{"flake8-bgtasks-baseline": 2}\n',
        ["1:1: no baseline: its first line must be {HEAD}; write one with 'bgtasks baseline'"],
    ),
    "a head of lists without end": (
        b"[" * 100_000,
        ["1:1: no baseline: its first line must be {HEAD}; write one with 'bgtasks baseline'"],
    ),
    "bytes that are no text": (
        HEAD.encode() + b"{}\n{\xff",
        ["3:2: the byte 0xff is not UTF-8: save the file as UTF-8"],
    ),
    "a line that is cut": (
        f"{HEAD}{ENTRY}\n{ENTRY[:-1]}\n".encode(),
        [f"3:{len(ENTRY)}: not valid JSON (Expecting ',' delimiter): mend the line, or {ANEW}"],
    ),
    "a line of lists without end": (
        f"{HEAD}{'[' * 100_000}\n".encode(),
        [f"2:1: not valid JSON (it is too large to be one): mend the line, or {ANEW}"],
    ),
    "a number without end": (
        f"{HEAD}{'9' * 10_000}\n".encode(),
        [f"2:1: not valid JSON (it is too large to be one): mend the line, or {ANEW}"],
    ),
    "a merge that is not done": (
        f"{HEAD}<<<<<<< ours\n{ENTRY}\n=======\n>>>>>>> theirs\n".encode(),
        [f"{line}:1: a conflict of a merge: {ANEW}" for line in (2, 4, 5)],
    ),
    "lines that are no entries": (
        f'{HEAD}[]\n"x"\n'.encode(),
        [f'{line}:1: an entry must be a mapping: {{"path": ..., "code": ..., "message": ...}}' for line in (2, 3)],
    ),
    "entries without what they must have": (
        f'{HEAD}{{"code": "BG030", "message": "m"}}\n{{"path": "x", "message": "m"}}\n{{"path": "x", "code": "BG030"}}\n'.encode(),
        [f"{line}:1: an entry has no '{key}': add it" for line, key in ((2, "path"), (3, "code"), (4, "message"))],
    ),
    "a key that is none": (
        (HEAD + ENTRY.replace("message", "mesage")).encode(),
        ["2:1: unknown key 'mesage': an entry has path, code, message, line, count"],
    ),
    "a number for a message": (
        (HEAD + ENTRY.replace('"m"', "1")).encode(),
        ["2:1: 'message' must be a string: put it in quotes"],
    ),
    "half a character": (
        (HEAD + ENTRY.replace('"m"', '"\\ud800"')).encode(),
        ["2:1: 'message' must be a string: put it in quotes"],
    ),
    "a code of somebody else": (
        (HEAD + ENTRY.replace("BG030", "E501")).encode(),
        ["2:1: bad code 'E501': write BG and three digits, such as 'BG030'"],
    ),
    **{
        f"a count of {count}": (
            (HEAD + ENTRY[:-1] + f', "count": {count}}}').encode(),
            ["2:1: 'count' must be a number from 1: write how often the finding is there"],
        )
        for count in ("0", "-1", "1.5", "true", '"2"', "null")
    },
}


@pytest.mark.parametrize(("data", "expected"), [pytest.param(*case, id=name) for name, case in WRONG.items()])
def test_says_what_is_wrong_and_where(tmp_path, data: bytes, expected: list[str]) -> None:
    file = tmp_path / "known.jsonl"
    file.write_bytes(data)
    with pytest.raises(BaselineError) as caught:
        read(str(file), "known.jsonl")
    assert str(caught.value).splitlines() == [
        f"known.jsonl:{line.replace('{HEAD}', HEAD.strip())}" for line in expected
    ]


def test_says_that_there_is_no_file(tmp_path) -> None:
    with pytest.raises(BaselineError) as caught:
        read(str(tmp_path / "known.jsonl"), "known.jsonl")
    what = "cannot be read (No such file or directory): write it with 'bgtasks baseline', or mend the path"
    assert str(caught.value) == f"known.jsonl:1:1: {what}"


def test_says_that_a_file_is_too_large(tmp_path, monkeypatch) -> None:
    file = tmp_path / "known.jsonl"
    file.write_text(HEAD)
    monkeypatch.setattr(baseline, "LARGEST", 10)
    with pytest.raises(BaselineError, match="known.jsonl:1:1: larger than 10 bytes: is it the right file?"):
        read(str(file), "known.jsonl")
