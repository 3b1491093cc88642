"""Imports and exports of widgets."""

from app.services.widget_service import WidgetService
from app.tasks.widget_tasks import export_widgets, import_widgets
from models.database.job_status import JobStatus


def test_an_import_ends_as_completed(job, session, tmp_path):
    path = tmp_path / "widgets.csv"
    path.write_text("sku,title,price\n1,Cup,9\n2,Pot,29\n")
    import_widgets(job.id, str(path))
    session.refresh(job)
    assert job.status == JobStatus.COMPLETED
    assert job.row_count == 2


def test_an_import_of_nothing_fails(job, session, tmp_path):
    import_widgets(job.id, str(tmp_path / "missing.csv"))
    session.refresh(job)
    assert job.status == JobStatus.FAILED
    assert "missing.csv" in job.error_message


def test_an_export_writes_a_header(job, session, tmp_path):
    export_widgets(job.id, str(tmp_path / "out.csv"))
    assert (tmp_path / "out.csv").read_text().startswith("sku,title,price")


def test_a_payment_has_a_label(session, order):
    order.payment_status = "processing"
    assert WidgetService(session).label(order) == "Being checked"
