"""The warehouse is real code with a rules file by `bgtasks init`, and flake8 says of it what the marks promise."""

import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient
from sqlalchemy import text

from flake8_bgtasks.cli.main import bgtasks
from flake8_bgtasks.rules import loader
from flake8_bgtasks.rules.model import Family
from tests.expectations import expected, reported

WAREHOUSE = Path(__file__).parents[2] / "docs" / "examples" / "warehouse"
OWN_RULES = "\n  # What `bgtasks init` wrote ends here;"


class Queue:
    """Takes the place of arq's Redis: remembers what it is given."""

    def __init__(self) -> None:
        self.jobs: list[tuple[str, int]] = []

    async def enqueue_job(self, name: str, job_id: int) -> None:
        self.jobs.append((name, job_id))


class Warehouse:
    """The running application, with a worker that is asked to work."""

    def __init__(self, client: TestClient, queue: Queue) -> None:
        self.client = client
        self.queue = queue

    def work(self) -> None:
        """Do the queued jobs, as arq would: what a job raises ends that job only."""
        from warehouse.returns.jobs import export_refunds  # type: ignore[import-not-found]  # found in WAREHOUSE
        from warehouse.worker import WorkerSettings  # type: ignore[import-not-found]  # as above

        functions = {function.__name__: function for function in (*WorkerSettings.functions, export_refunds)}
        for name, job_id in self.queue.jobs:
            try:
                self._run(functions[name], {}, job_id)
            except TypeError:  # it wants a session
                pass

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return the rows of a table as the database has them."""

        async def read() -> list[dict[str, Any]]:
            from warehouse.database import engine  # type: ignore[import-not-found]  # as above

            async with engine.connect() as connection:
                found = await connection.execute(text(f"SELECT * FROM {table}"))
                return [dict(row._mapping) for row in found]

        found: list[dict[str, Any]] = self._run(read)
        return found

    def _run(self, function: Callable[..., Awaitable[Any]], *arguments: object) -> Any:
        assert self.client.portal is not None
        return self.client.portal.call(function, *arguments)


@pytest.fixture
def warehouse(monkeypatch: pytest.MonkeyPatch) -> Iterator[Warehouse]:
    """A warehouse of its own for each test: imported anew, and forgotten afterwards."""
    monkeypatch.syspath_prepend(WAREHOUSE)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    queue = Queue()
    try:
        from sqlmodel import SQLModel

        SQLModel.metadata.clear()
        from warehouse.main import app  # type: ignore[import-not-found]  # as above
        from warehouse.worker import get_queue

        app.dependency_overrides[get_queue] = lambda: queue
        with TestClient(app) as client:
            yield Warehouse(client, queue)
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "warehouse"]:
            del sys.modules[name]


@pytest.mark.filterwarnings("ignore:This declarative base already contains a class")  # each test imports anew
class TestItRuns:
    def test_a_sync_that_is_done_well_says_when_it_ran(self, warehouse: Warehouse) -> None:
        started = warehouse.client.post("/stock/syncs", params={"supplier": "acme", "actor": "ada"}).json()
        assert started == {"job_id": 1, "state": "queued"}
        warehouse.work()
        job = warehouse.client.get("/stock/syncs/1").json()
        assert (job["state"], job["requested_by"], job["attempts"]) == ("done", "ada", 1)
        assert job["created_at"] <= job["started_at"] <= job["finished_at"]
        assert {item["sku"] for item in warehouse.rows("stockitem")} == {"BOLT-8", "NUT-8"}

    def test_a_sync_that_fails_says_why(self, warehouse: Warehouse) -> None:
        warehouse.client.post("/stock/syncs", params={"supplier": "nobody", "actor": "ada"})
        warehouse.work()
        job = warehouse.client.get("/stock/syncs/1").json()
        assert (job["state"], job["failure_reason"]) == ("failed", "no list from nobody")

    def test_a_print_that_cannot_start_is_queued_for_ever(self, warehouse: Warehouse) -> None:
        assert warehouse.client.post("/labels/prints", params={"shelf": "A1"}).json() == {"ok": True}
        warehouse.work()
        assert [job["state"] for job in warehouse.rows("labelprintjob")] == ["queued"]

    def test_an_export_of_old_names_nothing(self, warehouse: Warehouse) -> None:
        assert warehouse.client.post("/returns/exports").json() is None
        warehouse.work()
        assert [export["state"] for export in warehouse.rows("refundexport")] == ["done"]


class TestRulesFile:
    def test_init_wrote_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(WAREHOUSE)
        written = CliRunner().invoke(bgtasks, ["init", "--stdout"]).stdout
        kept, mark, _ = (WAREHOUSE / "bgtasks.yaml").read_text(encoding="utf-8").partition(OWN_RULES)
        assert mark
        assert kept == written

    def test_it_has_an_own_rule_in_each_family(self) -> None:
        own = [rule for rule in loader.read(WAREHOUSE / "bgtasks.yaml").rules if rule.id.startswith("BG-1")]
        assert {rule.family for rule in own} == set(Family)
        assert all(rule.tests.bad and rule.tests.good for rule in own)
        assert CliRunner().invoke(bgtasks, ["test-rules", str(WAREHOUSE / "bgtasks.yaml")]).exit_code == 0

    def test_every_rule_that_is_switched_on_covers_something(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(WAREHOUSE)
        answer = CliRunner().invoke(bgtasks, ["check-rules", "bgtasks.yaml"])
        assert (answer.exit_code, answer.output) == (0, "bgtasks.yaml: 19 rules switched on, all is well\n")


class TestMarks:
    def test_flake8_reports_the_marks_and_nothing_else(self) -> None:
        found = {finding.expectation for finding in reported(["."], WAREHOUSE)}
        assert found == expected(WAREHOUSE, (".py", ".js"))

    def test_every_own_rule_speaks(self) -> None:
        codes = {mark.code for mark in expected(WAREHOUSE, (".py", ".js"))}
        assert {f"BG{number}" for number in range(101, 107)} <= codes

    def test_the_baseline_is_up_to_date(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(WAREHOUSE)
        answer = CliRunner().invoke(bgtasks, ["baseline", "--check", "warehouse/returns"])
        assert answer.exit_code == 0, answer.output
