"""Rules of a team's own: the units of each family, task models by name, and every kind of demand in every family."""

import pytest

from tests.linting import assert_as_marked, lint, messages

BASE = "    from sqlalchemy.orm import DeclarativeBase\n\n    class Base(DeclarativeBase): ...\n"
JOBS = (
    BASE
    + """
    class MailJob(Base):{mark}
        __tablename__ = "mail_jobs"
        id = Column(Integer)

    class Mail(Base):
        __tablename__ = "mails"
        id = Column(Integer)

    class JobOut(BaseModel):
        id: int

    class BaseJob(Base):
        __abstract__ = True
"""
)


def one_rule(family: str, entry: str, rule_id: str = "BG-101", more: str = "") -> str:
    """Return a rules file with one rule and one pattern."""
    return (
        "background_task_rules:\n"
        f"  - id: {rule_id}\n    name: A name\n    severity: error\n"
        + (f"    family: {family}\n" if family else "")
        + f"    patterns:\n      - {{{entry}}}\n{more}"
    )


class TestTaskModelsByName:
    RULE = one_rule("models", "class: '*Job', must_contain: attempts")

    @pytest.mark.parametrize(
        "code",
        [
            pytest.param("class Mail(Base):\n    __tablename__ = 'mails'\n", id="no class is called so"),
            pytest.param("x = 1\n", id="there is no class at all"),
            pytest.param("class MailJob: ...\n", id="the class is not mapped"),
            pytest.param("class MailJob(BaseModel):\n    status: str\n", id="the class is a schema"),
            pytest.param("class Mailjob(Base):\n    __tablename__ = 'x'\n", id="case counts"),
            pytest.param("class MailJobs(Base):\n    __tablename__ = 'x'\n", id="the name goes on"),
            pytest.param("class MailJob(Base):\n    __tablename__ = 'x'\n    attempts = Column(Integer)\n", id="it has it"),
            pytest.param("class MailJob(Base):\n    __abstract__ = True\n", id="it is a base for others"),
            pytest.param(
                "class Tried:\n    attempts = Column(Integer)\n\nclass MailJob(Tried, Base):\n    __tablename__ = 'x'\n",
                id="it inherits it",
            ),
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("path", ["src/mail.py", "src/mail_job.py", None])
    def test_silent(self, code: str, path: str | None) -> None:
        prefix = "from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase): ...\n"
        assert lint(prefix + code, path, self.RULE) == []

    @pytest.mark.parametrize("path", ["src/mail.py", "src/mail_job.py", "src/mail/__init__.py", None])
    def test_speaks_of_the_classes_that_are_called_so(self, path: str | None) -> None:
        found = lint(JOBS.format(mark=""), path, self.RULE)
        assert [(one.line, one.text) for one in found] == [(5, "MailJob has no attempts column")]

    def test_each_of_several_is_a_unit(self) -> None:
        code = BASE + (
            "    class AJob(Base):  # expect: BG101\n        __tablename__ = 'a'\n\n"
            "    class BRun(Base):  # expect: BG101\n        __tablename__ = 'b'\n\n"
            "    class CJob(Base):\n        __tablename__ = 'c'\n        attempts = Column(Integer)\n"
        )
        assert_as_marked(code, "src/x.py", rules=one_rule("models", "class: ['*Job', BRun], must_contain: attempts"))

    def test_wins_over_the_names_in_registries_and_over_the_file_s(self) -> None:
        rules = one_rule("", "file: '**/*.py', class: '*Mail', must_contain: attempts", "BG-005") + (
            "  - {id: BG-022, name: n, severity: info, patterns: [{file: r.py, must_reference: MailJob}]}\n"
        )
        code = JOBS.format(mark="").replace("class Mail(Base):", "class Mail(Base):  # expect: BG005")
        assert_as_marked(code, "src/mail_job.py", rules=rules)

    def test_two_patterns_that_name_the_same_class_are_one_finding(self) -> None:
        rules = one_rule(
            "models", "class: '*Job', must_contain: attempts", more="      - {class: 'Mail*', must_contain: queue}\n"
        )
        assert [(one.line, one.text) for one in lint(JOBS.format(mark=""), "x.py", rules)] == [
            (5, "MailJob has no attempts column and has no queue column"),
            (9, "Mail has no queue column"),
        ]

    def test_a_pattern_without_names_beside_it_finds_its_own(self) -> None:
        rules = one_rule(
            "models", "class: '*Job', must_contain: attempts", more="      - {file: mail.py, must_contain: queue}\n"
        )
        assert [(one.line, one.text) for one in lint(JOBS.format(mark=""), "mail.py", rules)] == [
            (5, "MailJob has no attempts column"),
            (9, "Mail has no queue column"),
        ]

    def test_are_task_models_to_the_status_rule(self) -> None:
        """Elsewhere the status of a mapped class without a task word in its name is its own affair."""
        status = "  - {id: BG-010, name: n, severity: info, anti_patterns: [{pattern: 'status.*=.*processing'}]}\n"
        code = BASE + "    class Ticket(Base):\n        __tablename__ = 't'\n    Ticket(status='processing'){}\n"
        of_tickets = one_rule("models", "class: 'Tick*', must_contain: id")
        assert_as_marked(
            code.format(""),
            "app/x.py",
            codes="BG010",
            rules=one_rule("models", "class: '*Job', must_contain: id") + status,
        )
        assert_as_marked(code.format("  # expect: BG010"), "app/x.py", codes="BG010", rules=of_tickets + status)
        elsewhere = of_tickets.replace("{class", "{file: models/*.py, class")
        assert_as_marked(code.format(""), "app/x.py", codes="BG010", rules=elsewhere + status)
        assert_as_marked(code.format("  # expect: BG010"), "models/x.py", codes="BG010", rules=elsewhere + status)


CODE = """
    import smtplib
    from fastapi import APIRouter
    from sqlalchemy.orm import DeclarativeBase
    router = APIRouter()

    class Base(DeclarativeBase): ...

    class MailJob(Base):
        __tablename__ = "mail_jobs"
        id = Column(Integer)

    def send_all(db):
        poll(10)
        smtplib.send(status="running")

    @router.post("/export")
    def export(payload):
        return {"ok": True}

    REGISTRY = [MailJob, "Mail"]
"""
UNITS = {"models": 9, "tasks": 13, "api": 18, "status": 1, "generic": 1}
"""The line of the unit in which a snippet is looked for."""


@pytest.mark.parametrize("family", UNITS)
class TestInEachFamily:
    """A demand of any kind speaks and is silent in a rule of any family."""

    @pytest.fixture
    def lines(self, family):
        def found(entry: str, more: str = "") -> list[int]:
            return [one.line for one in lint(CODE, "src/mail_job.py", one_rule(family, entry, more=more))]

        return found

    def test_a_snippet_is_looked_for_in_its_units(self, lines, family: str) -> None:
        assert UNITS[family] in lines("file: 'src/*.py', must_contain: outbox")
        assert lines("file: 'app/*.py', must_contain: outbox") == []

    def test_any_of_several_will_do(self, lines, family: str) -> None:
        met = {"models": "id", "tasks": "poll()", "api": "payload", "status": "smtplib", "generic": "smtplib"}[family]
        assert UNITS[family] in lines("must_contain_one_of: [outbox, queue]")
        assert lines(f"must_contain_one_of: [outbox, {met}]") == []

    def test_a_condition_is_looked_for_in_its_units(self, lines, family: str) -> None:
        met = {"models": "id", "tasks": "poll()", "api": "export", "status": "REGISTRY", "generic": "MailJob"}[family]
        assert lines("when_contains: nothing_of_this_kind, must_contain: outbox") == []
        assert lines(f"when_contains: {met}, must_contain: outbox") == [UNITS[family]]

    def test_a_reference_is_looked_for_in_the_module(self, lines, family: str) -> None:
        assert lines("must_reference: [MailJob, Mail]") == []
        assert lines("must_reference: [MailJob, SmsJob]") == [1 if family == "generic" else 21]

    def test_a_key_is_looked_for_in_each_endpoint(self, lines, family: str) -> None:
        assert lines("must_return: ok") == []
        assert lines("endpoint_pattern: '@router.get', must_return: job_id") == []
        assert lines("endpoint_pattern: '@router.post.*export', must_return: [ok, job_id]") == [19]

    def test_a_match_is_looked_for_in_the_module(self, lines, family: str) -> None:
        assert lines("should_match: 'poll.*[1-3]0'") == []
        assert lines("should_match: 'poll.*[4-6]0'") == [1]
        assert lines("should_match: 'smtplib\\.send'") == []

    def test_an_anti_pattern_is_looked_for(self, lines, family: str) -> None:
        anti = "    anti_patterns: [{{pattern: '{}'}}]\n"
        sound = "file: 'src/*.py', must_reference: MailJob"
        assert lines(sound, anti.format("smtplib\\.receive")) == []
        if family != "api":  # where only the endpoints' code counts
            assert lines(sound, anti.format("smtplib\\.send")) == [15]
        assert lines(sound.replace("src", "app"), anti.format("smtplib\\.send")) == []


def test_the_family_by_id_needs_no_key() -> None:
    assert [one.line for one in lint(CODE, "x.py", one_rule("", "must_contain: outbox", "BG-034"))] == [13]
    assert [one.line for one in lint(CODE, "x.py", one_rule("", "must_contain: outbox", "BG-029"))] == [18]
    assert [one.line for one in lint(CODE, "x.py", one_rule("", "must_contain: outbox", "BG-050"))] == [1]


class TestAGenericRule:
    RULE = one_rule("generic", "file: '**/*.py', must_contain: outbox")

    @pytest.mark.parametrize("code", ["", "# only a comment\n", "\n\n"])
    def test_skips_an_empty_init(self, code: str) -> None:
        assert lint(code, "app/__init__.py", self.RULE) == []

    @pytest.mark.parametrize("code", ["'''A docstring.'''\n", "import x\n"])
    def test_does_not_skip_an_init_that_says_something(self, code: str) -> None:
        assert messages(code, "app/__init__.py", "BG101", self.RULE) == ["this file never uses outbox"]

    def test_does_not_skip_another_empty_file(self) -> None:
        assert messages("", "app/x.py", "BG101", self.RULE) == ["this file never uses outbox"]

    def test_says_all_that_is_missing_at_once(self) -> None:
        rules = one_rule(
            "", "must_contain: [outbox, 'f(...)'], must_reference: Job, should_match: 'poll.*[1-3]', must_return: x"
        )
        assert messages("x = 1\n", "x.py", "BG101", rules) == [
            "this file never uses outbox and has no f(...) and never uses Job"
            " and has no match for the pattern that the rule asks for"
        ]


def test_a_rule_that_is_off_is_not_there_at_all() -> None:
    """Neither its demands nor the class names that it lists."""
    registry = (
        "  - {id: BG-022, name: n, severity: info, %spatterns: [{file: r.py, must_reference: Invoice}],"
        " anti_patterns: [{pattern: TODO}]}\n"
    )
    status = "background_task_rules:\n  - {id: BG-010, name: n, severity: info, anti_patterns: [{pattern: 'status.*=.*processing'}]}\n"
    code = BASE + "    class Invoice(Base):\n        __tablename__ = 'i'\n    Invoice(status='processing'){}\n"
    assert_as_marked(code.format("  # expect: BG010"), "x.py", rules=status + registry % "")
    assert_as_marked(code.format(""), "x.py", rules=status + registry % "enabled: false, ")
    assert lint("x = 1\n", "r.py", status + registry % "enabled: false, ") == []
    assert len(lint("x = 1\n", "r.py", status + registry % "enabled: true, ")) == 1


EVERYWHERE = """
background_task_rules:
  - id: BG-049
    name: Pages
    severity: info
    patterns: [{file: "**", must_contain: init}]
    anti_patterns: [{pattern: "setInterval.*1000"}]
"""


def test_a_frontend_rule_says_nothing_of_python_that_its_glob_means_too() -> None:
    assert lint("setInterval(poll, 1000)\n", "static/admin/page.py", EVERYWHERE) == []


def test_a_file_without_a_mapped_class_lacks_either_column() -> None:
    rules = one_rule("", "file: 'models/*.py', must_contain_one_of: [attempts, retries]", "BG-005")
    (found,) = lint("def f(): ...\n", "models/jobs.py", rules)
    assert found.text == "no mapped class in this file, so it has no attempts or retries column"
