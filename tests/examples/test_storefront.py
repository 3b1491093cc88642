"""The storefront is real code, and flake8 says about it what the marks beside its lines promise."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, text

from tests.expectations import expected, reported

ROOT = Path(__file__).parents[2]
STOREFRONT = ROOT / "docs" / "examples" / "storefront"
PYTHON_CODES = {
    "BG001", "BG002", "BG003", "BG004", "BG010", "BG020", "BG021", "BG022", "BG030", "BG031", "BG032", "BG033",
}  # fmt: skip
BADLY_WRITTEN = {
    "app/api/v1/vendor/marketplace.py",
    "app/api/v1/vendor/tests.py",
    "app/api/v1/vendor/themes.py",
    "app/services/background_tasks_service.py",
    "app/tasks/letzshop_tasks.py",
    "app/tasks/scan_tasks.py",
    "app/tasks/stock_tasks.py",
    "models/database/architecture_scan.py",
    "models/database/letzshop.py",
    "models/database/stock_sync_job.py",
    "static/admin/js/imports.js",
}


def _from_storefront(module: object) -> bool:
    places = [getattr(module, "__file__", None), *getattr(module, "__path__", ())]
    return any(place and Path(place).is_relative_to(STOREFRONT) for place in places)


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A shop of its own for each test: imported anew, so with an empty database, and forgotten afterwards."""
    monkeypatch.syspath_prepend(STOREFRONT)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    try:
        from app.main import create_app  # type: ignore[import-not-found]  # found in STOREFRONT, while the test runs

        with TestClient(create_app(), base_url="http://test/api/v1", raise_server_exceptions=False) as shop:
            yield shop
        _engine().dispose()
    finally:
        for name, module in list(sys.modules.items()):
            if _from_storefront(module):
                del sys.modules[name]


def _engine() -> Engine:
    from app.core.database import engine  # type: ignore[import-not-found]  # as above

    return cast(Engine, engine)


def _rows(table: str) -> list[dict[str, Any]]:
    """Return the rows of a table as the database has them."""
    with _engine().connect() as connection:
        return [dict(row._mapping) for row in connection.execute(text(f"SELECT * FROM {table} ORDER BY 1"))]


class TestWellWrittenHalf:
    def test_an_import_completes_and_says_when(self, client: TestClient) -> None:
        started = client.post("admin/marketplace/import", json={"feed_url": "demo://products"})
        assert (started.status_code, started.json()["status"]) == (202, "pending")
        job = client.get(f"admin/marketplace/imports/{started.json()['job_id']}").json()
        assert (job["status"], job["imported_count"], job["error_message"]) == ("completed", 2, None)
        [row] = _rows("marketplace_import_jobs")
        assert row["created_at"] <= row["started_at"] <= row["completed_at"]
        assert [product["sku"] for product in _rows("products")] == ["CUP-01", "TEA-01"]

    def test_an_import_that_skips_rows_completes_with_warnings(self, client: TestClient) -> None:
        client.post("admin/marketplace/import", json={"feed_url": "demo://untidy"})
        [job] = client.get("admin/marketplace/imports", params={"status": "completed_with_warnings"}).json()
        assert (job["imported_count"], job["skipped_count"]) == (1, 1)

    def test_an_import_that_dies_says_why_and_can_be_started_again(self, client: TestClient) -> None:
        job_id = client.post("admin/marketplace/import", json={"feed_url": "demo://gone"}).json()["job_id"]
        job = client.get(f"admin/marketplace/imports/{job_id}").json()
        assert (job["status"], job["error_message"]) == ("failed", "no feed at demo://gone")
        assert client.post(f"admin/marketplace/imports/{job_id}/retry").json()["job_id"] == job_id
        assert client.post("admin/marketplace/imports/99/retry").status_code == 404

    def test_only_a_failed_import_can_be_started_again(self, client: TestClient) -> None:
        job_id = client.post("admin/marketplace/import", json={"feed_url": "demo://products"}).json()["job_id"]
        assert client.post(f"admin/marketplace/imports/{job_id}/retry").status_code == 409

    def test_a_test_run_counts_its_outcomes(self, client: TestClient) -> None:
        run_id = client.post("admin/tests/run", params={"suite": "feeds"}).json()["run_id"]
        run = client.get(f"admin/tests/runs/{run_id}").json()
        assert (run["status"], run["passed"], run["failed"]) == ("completed_with_warnings", 1, 1)

    def test_a_test_run_that_dies_says_why_and_can_be_run_again(self, client: TestClient) -> None:
        run_id = client.post("admin/tests/run", params={"suite": "none"}).json()["run_id"]
        again = client.post(f"admin/tests/runs/{run_id}/again").json()
        assert again["run_id"] > again["again"] == run_id
        assert [run["error_message"] for run in _rows("test_runs")] == ["no suite called none"] * 2
        assert client.post("admin/tests/runs/99/again").status_code == 404

    def test_an_export_writes_the_orders(self, client: TestClient) -> None:
        order_id = client.post("orders", params={"customer": "Ada", "total": "12.50"}).json()["id"]
        picked = client.post(f"orders/{order_id}/pick").json()
        assert (picked["status"], picked["payment"]) == ("processing", "processing")
        job_id = client.post("orders/export").json()["job_id"]
        export = client.get(f"orders/exports/{job_id}").json()
        assert export == {"status": "completed", "content": "1,Ada,12.50\r\n", "error_message": None}
        [row] = _rows("order_export_jobs")
        assert row["started_at"] <= row["completed_at"]

    def test_an_export_of_nothing_fails_and_says_so(self, client: TestClient) -> None:
        job_id = client.post("orders/export").json()["job_id"]
        export = client.get(f"orders/exports/{job_id}").json()
        assert (export["status"], export["error_message"]) == ("failed", "there is nothing to export")

    def test_the_shop_serves_its_pages_and_is_well(self, client: TestClient) -> None:
        assert "activeTask" in client.get("http://test/static/admin/js/test-runs.js").text
        assert client.get("http://test/health").json() == {"status": "ok"}


class TestBadlyWrittenHalf:
    def test_a_stock_sync_that_dies_says_running_for_ever(self, client: TestClient) -> None:
        answer = client.post("vendor/marketplace/stock", params={"feed_url": "demo://gone"})
        assert answer.json() == {"ok": True}
        assert [job["status"] for job in _rows("stock_sync_jobs")] == ["running"]

    def test_a_stock_sync_after_a_dead_one_waits_and_works(self, client: TestClient) -> None:
        client.post("vendor/marketplace/stock", params={"feed_url": "demo://gone"})
        client.post("admin/marketplace/import", json={"feed_url": "demo://products"})
        client.post("vendor/marketplace/stock", params={"feed_url": "demo://stock"})
        assert [job["status"] for job in _rows("stock_sync_jobs")] == ["running", "completed"]
        assert {product["sku"]: product["stock"] for product in _rows("products")} == {"TEA-01": 12, "CUP-01": 0}

    def test_an_import_of_old_orders_works_but_names_no_job(self, client: TestClient) -> None:
        assert client.post("vendor/marketplace/import", params={"vendor": "orders"}).json() == {"ok": True}
        assert len(_rows("letzshop_orders")) == 2

    def test_an_import_of_old_orders_that_dies_takes_the_request_with_it(self, client: TestClient) -> None:
        assert client.post("vendor/marketplace/import", params={"vendor": "gone"}).status_code == 500
        assert [job["state"] for job in _rows("letzshop_historical_import_jobs")] == ["importing"]

    def test_a_feed_test_names_no_run(self, client: TestClient) -> None:
        answers = [client.post("vendor/tests/run", params={"feed_url": url}).json() for url in ("demo://x", "x")]
        assert answers == [{"message": "all is well"}, {"message": "this is no address"}]

    def test_a_theme_scan_passes_in_its_own_words(self, client: TestClient) -> None:
        assert client.post("vendor/themes/legacy/scan").json() == {"job_id": 1, "violations": 2}
        assert [scan["status"] for scan in _rows("architecture_scans")] == ["passed"]

    def test_a_theme_scan_that_dies_says_processing_for_ever(self, client: TestClient) -> None:
        assert client.post("vendor/themes/none/scan").status_code == 500
        assert [scan["status"] for scan in _rows("architecture_scans")] == ["processing"]

    def test_the_overview_of_tasks_misses_the_scans_and_what_the_old_imports_do(self, client: TestClient) -> None:
        client.post("vendor/themes/plain/scan")
        client.post("vendor/marketplace/import", params={"vendor": "orders"})
        client.post("orders/export")
        tasks = client.get("admin/background-tasks").json()
        assert [(task["kind"], task["status"]) for task in tasks] == [
            ("order_import", None),
            ("order_export", "failed"),
        ]


class TestMarks:
    def test_every_python_rule_speaks(self) -> None:
        assert {mark.code for mark in expected(STOREFRONT)} == PYTHON_CODES

    def test_the_marks_stand_in_the_badly_written_half_and_in_all_of_it(self) -> None:
        assert {mark.path for mark in expected(STOREFRONT, (".py", ".js"))} == BADLY_WRITTEN

    @pytest.mark.parametrize(
        ("cwd", "options"),
        [
            pytest.param(STOREFRONT, (), id="as its own .flake8 says"),
            pytest.param(ROOT, ("--select=BG",), id="from the top of the checkout"),
        ],
    )
    def test_flake8_reports_the_marks_and_nothing_else(self, cwd: Path, options: tuple[str, ...]) -> None:
        prefix = f"{STOREFRONT.relative_to(cwd).as_posix()}/".removeprefix("./")
        findings = reported([prefix or "."], cwd, *options)
        found = {finding.expectation for finding in findings if finding.path.endswith(".py")}
        assert found == {mark._replace(path=prefix + mark.path) for mark in expected(STOREFRONT)}
