"""What `bgtasks init` decides on what was judged: what else counts, what each rule asks, and in which files."""

from dataclasses import replace

import pytest

from flake8_bgtasks.cli.survey.api_rules import api_rules
from flake8_bgtasks.cli.survey.deciding import draft
from flake8_bgtasks.cli.survey.draft import Row, RuleDraft
from flake8_bgtasks.cli.survey.equating import equivalents
from flake8_bgtasks.cli.survey.judging import Judged
from flake8_bgtasks.cli.survey.model_rules import model_rules, status_rule
from flake8_bgtasks.cli.survey.seen import EndpointSeen, Factory, Model, Place, Registry, ScriptSeen, Task, Vocabulary
from flake8_bgtasks.cli.survey.tasks import PROVABLY
from flake8_bgtasks.cli.survey.work import id_keys, names_of_work
from tests.cli.test_survey_judging import FULL, STATUS, endpoint, judged, model, task


def rows(seen: Judged) -> dict[str, tuple[str, ...]]:
    return {row.left: row.rights for row in equivalents(seen)}


def rule(found: tuple[RuleDraft, ...] | list[RuleDraft], rule_id: str) -> RuleDraft:
    return next(one for one in found if one.id == rule_id)


def asked(one: RuleDraft) -> list[dict[str, object]]:
    return [dict(entry.pairs) for entry in one.patterns]


class TestColumns:
    def test_the_most_common_comes_first(self) -> None:
        models = [model(f"Job{name}", f"status started_at error_message {name}") for name in ("end_time", "ended_at")]
        more = [*models, replace(models[1], name="JobMore"), model("JobUsual")]
        assert rows(judged(models=tuple(more)))["completed_at"] == ("ended_at", "end_time")

    def test_a_longer_name_is_the_usual_one(self) -> None:
        seen = judged(models=(model("Job", "status started_at completed_at_utc finished_at error_message"),))
        assert "completed_at" not in rows(seen)

    def test_a_name_that_only_starts_so_is_another(self) -> None:
        seen = judged(models=(model("Job", "status started_at completed_attempts finished_at error_message"),))
        assert rows(seen)["completed_at"] == ("finished_at",)

    def test_other_names_for_the_status(self) -> None:
        models = (model("Job"), model("Run", "import_status started_at error"))
        assert rows(judged(models=models))["status"] == ("import_status",)
        assert "status" not in rows(judged())


def words(*sets: str) -> Judged:
    found = [Vocabulary(Place("a.py", number), f"S{number}", tuple(one.split())) for number, one in enumerate(sets)]
    return judged(vocabularies=tuple(found))


VALUES = {
    "the standard word": ("running completed", {}),
    "another word": ("in_progress", {'"running"': ("in_progress",)}),
    "another spelling": ("IN_PROGRESS Running", {'"running"': ("Running", "IN_PROGRESS")}),
    "a clear word before a weak one": ("active executing", {'"running"': ("executing",)}),
    "a weak word alone": ("active", {'"running"': ("active",)}),
    "a weak word beside the standard one": ("active running", {}),
    "in the order of preference": ("executing in_progress", {'"running"': ("in_progress", "executing")}),
    "a legacy word in its place": ("processing", {'"running"': ("processing",)}),
    "a legacy word beside it": ("processing running", {}),
}


@pytest.mark.parametrize(("used", "found"), VALUES.values(), ids=VALUES)
def test_a_vocabulary_says(used: str, found: dict[str, tuple[str, ...]]) -> None:
    assert rows(words(used)) == found


def test_words_come_from_models_and_tasks_too() -> None:
    states = replace(model("Job"), values=("waiting", "in_progress"))
    done = STATUS._replace(values=("done",))
    assert rows(judged(models=(states,), tasks=(task("run", done),))) == {
        '"running"': ("in_progress",),
        '"completed"': ("done",),
    }


class TestStatuses:
    def status(self, *sets: str) -> RuleDraft | None:
        return next(status_rule(words(*sets)), None)

    def test_are_left_alone_where_all_is_standard(self) -> None:
        assert self.status("queued running") is None

    def test_a_word_of_the_teams_own_is_not_forbidden(self) -> None:
        found = self.status("queued Processing")
        assert found is not None
        assert [dict(entry.pairs)["message"] for entry in found.anti_patterns] == [
            "Use 'running' instead of 'fetching'"
        ]
        assert found.description.endswith('- "fetching" -> "running"\n- "passed" -> "completed"\n- "error" -> "failed"')

    def test_it_is_where_another_vocabulary_has_the_standard_word(self) -> None:
        assert self.status("queued processing", "Running") is None

    def test_it_is_beside_the_standard_word(self) -> None:
        assert self.status("processing running") is None

    def test_a_word_that_is_forbidden_in_few_files_leaves_the_others(self) -> None:
        found = self.status("queued error")
        assert found is not None
        assert len(found.anti_patterns) == 2

    def test_nothing_is_asked_where_nothing_is_left(self) -> None:
        found = self.status("processing", "fetching")
        assert found is not None
        assert not found.enabled


def opening(name: str, *sessions: str, path: str = "app/work.py") -> Task:
    return replace(task(name, STATUS, path=path), sessions=frozenset(sessions))


def giving(name: str, kind: str = "session factory") -> Factory:
    return Factory(Place("app/db.py", 1), name, kind)


SESSIONS = {
    "nothing": ((opening("run"),), None),
    "the usual name": ((opening("run", "SessionLocal"),), None),
    "names, the most common first": (
        (opening("run", "b_scope", PROVABLY), opening("stop", "b_scope", "a_scope", "SessionLocal")),
        ("b_scope()", "a_scope()"),
    ),
    "a factory of any name": ((opening("run", PROVABLY),), ("a_scope()", "b_scope()")),
    "something elsewhere": ((opening("run"), opening("walk", "a_scope", path="app/api.py")), None),
}


@pytest.mark.parametrize(("tasks", "names"), SESSIONS.values(), ids=SESSIONS)
def test_tasks_open_sessions_with(tasks: tuple[Task, ...], names: tuple[str, ...] | None) -> None:
    factories = (giving("SessionLocal"), giving("a_scope"), giving("b_scope"), giving("get_db", "dependency"))
    seen = judged(tasks=tasks, factories=factories, endpoints=(endpoint(),))
    assert rows(seen).get("SessionLocal()") == names


def returning(*keys: str) -> EndpointSeen:
    return replace(endpoint(how="delay", target="run", home="app/work.py"), keys=keys)


WORKS = (task("run", STATUS),)


class TestKeys:
    def test_the_most_common_comes_first_and_a_mere_id_last(self) -> None:
        ends = (returning("id", "task_id"), returning("id", "task_id"), returning("id", "job_id"))
        seen = judged(tasks=WORKS, endpoints=ends)
        assert id_keys(seen) == ("task_id", "job_id", "id")
        assert rows(seen)["task_id"] == ("job_id", "id")

    def test_of_equals_the_more_usual_comes_first(self) -> None:
        assert id_keys(judged(tasks=WORKS, endpoints=(returning("task_id"), returning("job_id")))) == (
            "job_id",
            "task_id",
        )

    def test_one_alone_needs_no_others(self) -> None:
        assert "job_id" not in rows(judged(tasks=WORKS, endpoints=(returning("job_id"),)))


class TestStarts:
    def test_ways_are_told_the_most_common_first_and_without_the_usual_one(self) -> None:
        ways = ("delay", "enqueue_job", "enqueue_job", "add_task")
        ends = tuple(endpoint(how=how, target="run", home=None) for how in ways)
        starts = tuple(start for one in ends for start in one.starts)
        assert rows(judged(tasks=WORKS, endpoints=ends, starts=starts))["BackgroundTasks"] == ("enqueue_job", "delay")

    def test_are_not_told_where_no_task_is_started(self) -> None:
        ends = (endpoint(how="delay", target="mail", home=None),)
        assert "BackgroundTasks" not in rows(judged(tasks=WORKS, endpoints=ends))

    @pytest.mark.parametrize(("name", "names"), [("run", ("run",)), ("Work.run", ())])
    def test_tasks_that_can_be_called_are_named(self, name: str, names: tuple[str, ...]) -> None:
        starts = endpoint(how="delay", target="run", home=None).starts
        assert names_of_work(judged(tasks=(task(name, STATUS),), starts=starts)) == names
        assert names_of_work(judged(tasks=(task(name, STATUS),))) == ()

    def test_one_that_an_endpoint_is_called_like_is_not_named(self) -> None:
        one = endpoint(how="delay", target="start", home=None)
        assert names_of_work(judged(tasks=(task("start", STATUS),), starts=one.starts, endpoints=(one,))) == ()


class TestModels:
    def found(self, *models: Model, others: tuple[Model, ...] = (), files: tuple[str, ...] = ()) -> list[RuleDraft]:
        seen = judged(models=(*models, *others))
        seen.survey = replace(seen.survey, files=files)
        return list(model_rules(seen))

    def test_nothing_is_asked_where_there_is_none(self) -> None:
        assert [one.enabled for one in self.found()] == [False] * 4

    @pytest.mark.parametrize(
        ("columns", "enabled"),
        [("", True), ("user_id", True)],
    )
    def test_two_are_asked_for_what_they_lack(self, columns: str, enabled: bool) -> None:
        found = self.found(model("JobA", f"{FULL} {columns}"), model("JobB"))
        assert rule(found, "BG-004").enabled is enabled

    @pytest.mark.parametrize(("having", "said"), [(0, "None of"), (1, "Only 1 of"), (2, None)])
    def test_many_are_asked_for_what_a_third_of_them_has(self, having: int, said: str | None) -> None:
        models = [model(f"Job{number}", f"{FULL} user_id" if number < having else FULL) for number in range(6)]
        found = rule(self.found(*models), "BG-004")
        assert found.enabled is (said is None)
        assert said is None or found.comments[0].startswith(said)

    def test_a_status_is_asked_for_where_a_third_has_one(self) -> None:
        models = [model(f"{name}Job", "started_at ended_at") for name in "ABCD"]
        found = self.found(*models)
        assert not rule(found, "BG-001").enabled
        assert rule(found, "BG-002").enabled

    def test_where_they_stand_is_told_once(self) -> None:
        found = self.found(model("Job"))
        assert [bool(one.patterns[0].comments) for one in found] == [True, False, False, False]

    @pytest.mark.parametrize(
        ("names", "others", "classes"),
        [
            (("MailJob", "FileJob"), (), ("*Job",)),
            (("MailJob",), (), ("MailJob",)),
            (("MailJob", "FileJob"), ("LostJob",), ("FileJob", "MailJob")),
            (("MailQueue", "FileQueue"), (), ("FileQueue", "MailQueue")),
            (("MailJob", "FileJob", "FileImport"), (), ("*Job", "FileImport")),
        ],
    )
    def test_classes_are_named_together_where_all_that_are_called_so_are_meant(
        self, names: tuple[str, ...], others: tuple[str, ...], classes: tuple[str, ...]
    ) -> None:
        strangers = tuple(model(name, "salary") for name in others)
        found = self.found(*(model(name, f"{FULL} error") for name in names), others=strangers)
        assert asked(found[0])[0]["class"] == classes

    def test_each_file_has_its_classes(self) -> None:
        paths = ("app/a/jobs.py", "lib/b.py")
        files = (*paths, *(f"app/{name}.py" for name in "abcdef"))
        found = self.found(model("MailJob", path=paths[0]), model("FileRun", path=paths[1]), files=files)
        assert [(one["file"], one["class"]) for one in asked(found[0])] == [
            ("app/a/jobs.py", ("MailJob",)),
            ("lib/b.py", ("FileRun",)),
        ]

    def test_a_glob_may_cover_two_other_files_for_each(self) -> None:
        paths = [f"app/models/{name}.py" for name in ("a", "b")]
        files = tuple(f"app/models/{name}.py" for name in "abcdefg")
        models = [model(f"Job{number}", path=path) for number, path in enumerate(paths)]
        assert [one["file"] for one in asked(self.found(*models, files=files[:6])[0])] == ["app/models/*.py"]
        assert [one["file"] for one in asked(self.found(*models, files=files)[0])] == paths


def at(one: EndpointSeen, path: str = "app/api.py", **changes: object) -> EndpointSeen:
    return replace(one, place=Place(path, 1), **changes)


class TestEndpoints:
    START = endpoint(how="delay", target="run", home="app/work.py")

    def found(self, *ends: EndpointSeen, **seen: tuple[object, ...]) -> list[RuleDraft]:
        return list(api_rules(judged(**{"tasks": WORKS, "endpoints": ends, **seen})))

    def test_nothing_is_asked_where_none_starts_a_job(self) -> None:
        assert not rule(self.found(endpoint()), "BG-020").enabled

    PATTERNS = {
        "alone": ((), "@router.post"),
        "beside another method": ((at(START, routes=(("get", "/x"),)),), "@router.post"),
        "beside the same method": ((at(endpoint(), routes=(("post", "/x"),)),), '@router.post\\("(/jobs)"'),
        "beside another file": ((at(endpoint(), "app/b.py", routes=(("post", "/x"),)),), "@router.post"),
        "with another": ((at(START, routes=(("put", "/x"),)),), "@router.(post|put)"),
    }

    @pytest.mark.parametrize(("others", "pattern"), PATTERNS.values(), ids=PATTERNS)
    def test_those_are_asked_that_start_a_job(self, others: tuple[EndpointSeen, ...], pattern: str) -> None:
        (one,) = asked(rule(self.found(self.START, *others), "BG-020"))
        assert (one["endpoint_pattern"], one["must_return"]) == (pattern, "job_id")

    def test_signs_in_paths_are_no_regex_and_no_glob(self) -> None:
        start = at(self.START, "app/[id].py", routes=(("post", "/jobs-of.all"),))
        (one,) = asked(rule(self.found(start, at(endpoint(), "app/[id].py")), "BG-020"))
        assert one["file"] == "app/[[]id].py"
        assert one["endpoint_pattern"] == '@router.post\\("(/jobs-of\\.all)"'

    def test_a_job_must_be_started_in_the_background(self) -> None:
        many = tuple(task(f"run{number:02}", STATUS) for number in range(18))
        ends = tuple(endpoint(how="delay", target=one.name, home=None) for one in many)
        starts = tuple(start for end in ends for start in end.starts)
        (one,) = asked(rule(self.found(*ends, tasks=many, starts=starts), "BG-021"))
        assert one["when_contains"] == tuple(f"run{number:02}" for number in range(16))

    @pytest.mark.parametrize(
        ("path", "when"), [("app/api/v1/a.py", "name_of_a_task_function"), ("app/api.py", None)], ids=["asked", "not"]
    )
    def test_where_no_job_is_started_the_bundled_rule_is_kept_from_asking(self, path: str, when: str | None) -> None:
        found = rule(self.found(at(endpoint(), path)), "BG-021")
        assert [one["when_contains"] for one in asked(found)] == ([] if when is None else [when])
        assert bool(found.anti_patterns) is (when is None)

    def test_nothing_is_asked_where_there_is_none(self) -> None:
        assert not rule(self.found(), "BG-021").enabled


class TestRegistries:
    MODELS = (model("JobA"), model("JobB"), model("JobC"))

    def found(self, *registries: Registry, tasks: tuple[Task, ...] = ()) -> RuleDraft:
        return rule(list(api_rules(judged(models=self.MODELS, registries=registries, tasks=tasks))), "BG-022")

    def test_the_one_with_most_task_models_must_name_all(self) -> None:
        best = Registry(Place("app/[a].py", 1), "A", ("JobA", "JobB", "JobC"))
        other = Registry(Place("app/b.py", 1), "B", ("JobA", "JobB"))
        (one,) = asked(self.found(best, other))
        assert one == {"file": "app/[[]a].py", "must_reference": ("JobA", "JobB", "JobC")}

    def test_one_task_model_makes_no_registry(self) -> None:
        assert not self.found(Registry(Place("a.py", 1), "A", ("JobA", "x"))).enabled

    def test_a_worker_must_name_the_tasks_of_the_files_that_it_knows(self) -> None:
        write = STATUS._replace(owner="JobA")
        tasks = (
            task("run", path="app/a.py"),
            task("other", path="app/a.py"),
            task("Work.run", path="app/a.py"),
            task("work", write, path="app/b.py"),
            task("far", path="app/c.py"),
        )
        (one,) = asked(self.found(Registry(Place("w.py", 1), "functions", ("run", "x")), tasks=tasks))
        assert one["must_reference"] == ("other", "run", "work")

    @pytest.mark.parametrize(("name", "entry"), [("tasks", "run"), ("functions", "unknown")])
    def test_what_is_no_worker_of_tasks_must_name_none(self, name: str, entry: str) -> None:
        registry = Registry(Place("w.py", 1), name, (entry,))
        assert not self.found(registry, tasks=(task("run"),)).enabled


def script(path: str, about: bool = True, shows: bool = False) -> ScriptSeen:
    return ScriptSeen(Place(path, 1), (1000, 2000), about, shows)


class TestFiles:
    def paths(self, **seen: tuple[object, ...]) -> dict[str, Row]:
        return {row.left: row for row in draft(judged(**seen)).paths}

    def test_of_tasks(self) -> None:
        work = task("run", STATUS, path="app/jobs/a.py")
        assert self.paths(tasks=(work,))["app/tasks/*.py"].rights == ("app/jobs/*.py",)
        assert self.paths(tasks=(replace(work, place=Place("app/tasks/a.py", 1)),)) == {}
        assert self.paths(tasks=(task("run"),)) == {}

    def test_of_endpoints(self) -> None:
        ends = tuple(at(endpoint(), f"app/web/{name}.py") for name in "ab")
        assert self.paths(endpoints=ends)["app/api/**/*.py"].rights == ("app/web/*.py",)
        ends = tuple(at(endpoint(), f"app/api/{name}/x.py") for name in "ab")
        seen = judged(endpoints=ends)
        assert [row.rights for row in draft(seen).paths] == [("app/api/*/x.py",)]

    def test_of_endpoints_are_left_out_where_they_are_the_usual_ones(self) -> None:
        ends = tuple(at(endpoint(), path) for path in ("app/api/a.py", "app/api/x/b.py"))
        assert self.paths(endpoints=ends) == {}

    def test_of_endpoints_may_hold_others(self) -> None:
        ends = tuple(at(endpoint(), f"app/web/{name}.py") for name in "ab")
        seen = judged(endpoints=ends)
        seen.survey = replace(seen.survey, files=tuple(f"app/web/{name}.py" for name in "abcd"))
        assert draft(seen).paths[0].rights == ("app/web/*.py",)

    def test_of_scripts(self) -> None:
        scripts = (script("web/a.js"), script("web/b.js"), script("lib/c.js", about=False))
        row = self.paths(scripts=scripts)["static/admin/js/*.js"]
        assert row.rights == ("web/*.js",)
        assert "every 1000 or 2000 ms" in row.comments[0]
        usual = tuple(replace(one, place=Place(f"static/admin/js/{n}.js", 1)) for n, one in enumerate(scripts[:2]))
        assert self.paths(scripts=usual) == {}
        assert self.paths(scripts=scripts[2:]) == {}

    def test_of_tests_are_excluded(self) -> None:
        seen = judged()
        seen.survey = replace(seen.survey, test_folders=("app/[x]/tests",))
        assert draft(seen).exclude == ("app/[[]x]/tests/**",)


class TestOthers:
    def rules(self, **seen: tuple[object, ...]) -> dict[str, RuleDraft]:
        return {one.id: one for one in draft(judged(**seen)).rules}

    def test_tasks_are_not_asked_where_there_are_none(self) -> None:
        found = self.rules()
        assert [found[f"BG-03{number}"].enabled for number in range(4)] == [False] * 4
        assert found["BG-031"].comments == ("As BG-030.",)

    def test_tasks_are_asked_for_sessions_where_one_opens_one(self) -> None:
        assert not self.rules(tasks=(opening("run"),))["BG-033"].enabled
        assert "BG-033" not in self.rules(tasks=(opening("run", PROVABLY),))

    @pytest.mark.parametrize(
        ("scripts", "off"),
        [
            ((), {"BG-040", "BG-041"}),
            ((script("a.js", about=False, shows=True),), {"BG-040", "BG-041"}),
            ((script("a.js"),), {"BG-040"}),
            ((script("a.js", shows=True),), set()),
        ],
    )
    def test_scripts_are_asked_for_what_they_do(self, scripts: tuple[ScriptSeen, ...], off: set[str]) -> None:
        found = self.rules(scripts=scripts)
        assert {one for one in ("BG-040", "BG-041") if one in found and not found[one].enabled} == off

    def test_what_was_left_out_is_noted_if_anything_was(self) -> None:
        assert draft(judged()).notes == ()
        assert draft(judged(models=(model("ImportTask", "status"),))).notes[0] == "Left out, for you to judge:"
