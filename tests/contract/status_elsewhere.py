"""Status: what is provably something else, and the legacy values of a description."""

from tests.contract.rows import REGISTRY, RUN_MODEL, SERVICE, TASK, Row

ORDERS = """
from sqlalchemy import Column, String, delete, insert, select, update
from sqlalchemy.orm import DeclarativeBase, aliased

class Base(DeclarativeBase):
    pass

class Order(Base):
    __tablename__ = "orders"
    status = Column(String)

class SyncRun(Base):
    __tablename__ = "sync_runs"
    status = Column(String)
"""

ROWS = (
    Row(
        "Silent: an object known to be of a project class that is no task model and has no task word in its name",
        SERVICE,
        "BG010",
        head=ORDERS,
        silent={
            "A17: Known by annotation, by a constructor, by the return annotation of a function": """
                def ship(order: Order, many: list[Order]):
                    order.status = "processing"
                    Order(status="processing").status = "processing"
                    for one in many:
                        one.status = "processing"
                    find().status = "processing"

                def find() -> Order:
                    return load()
                """,
            "C26 C27: Known by the query": """
                def ship(session, query):
                    session.query(Order).filter_by(status="processing").update({"status": "processing"})
                    session.execute(update(Order).where(Order.status == "fetching").values(status="processing"))
                    session.execute(insert(Order).values(status="processing"))
                    session.execute(delete(Order).where(Order.status == "processing"))
                    session.get(Order, 1).status = "processing"
                    row = session.scalars(select(Order)).first()
                    row.status = "processing"
                    other = aliased(Order)
                    session.execute(select(other).where(other.status == "processing"))
                """,
            "A17: A variable that only holds its status": """
                def ship(order: Order):
                    status = order.status
                    if status in ("processing", "fetching"):
                        return
                """,
            "A17: Known by self, and by a name like a mapped class's": """
                class Invoice:
                    status = "processing"

                    def send(self):
                        self.status = "processing"

                def ship(order, key):
                    order.status = "processing"
                """,
        },
        speaking={
            "A17: A class with a task word in its name stays": """
                def start(run: SyncRun, session):
                    run.status = "processing"  # expect: BG010
                    session.query(SyncRun).update({"status": "fetching"})  # expect: BG010

                class ImportProgress:
                    status = "processing"  # expect: BG010
                """,
            "C23: An object that nothing is known of stays": """
                def start(thing, *things):
                    thing.status = "processing"  # expect: BG010
                """,
        },
    ),
    Row(
        "Silent: what HTTP says, SQL about another table, and migrations",
        SERVICE,
        "BG010",
        head=ORDERS,
        silent={
            "C30: A response of an HTTP client, and what is passed to one": """
                import httpx
                import requests

                async def poll(client: httpx.AsyncClient):
                    response = requests.get(URL, params={"status": "processing"})
                    if response.json()["status"] == "processing":
                        await client.post(URL, json={"status": "fetching"})
                """,
            "C30: A response of a test client": """
                from fastapi.testclient import TestClient

                client = TestClient(app)

                def test_order():
                    assert client.get("/orders/1").json()["status"] == "processing"
                    client.post("/orders", json={"status": "fetching"})

                def test_orders(client):
                    assert client.get("/orders").json()["status"] == "processing"
                    client.put("/orders/1", json={"status": "processing"})
                """,
            "C30: A variable that only holds a response's status": """
                import requests

                def poll():
                    status = requests.get(URL).json()["status"]
                    while status == "processing":
                        wait()
                """,
            "C26: SQL that names a table of such a class": """
                def ship(db):
                    db.execute("UPDATE orders SET status = 'processing' WHERE id = 1")
                """,
            "B20: A migration away from the old value has to name it": {
                "migrations/versions/0007_words.py": """
                    def upgrade():
                        op.execute("UPDATE jobs SET status = 'running' WHERE status = 'processing'")
                    """,
                SERVICE: "",
            },
        },
        speaking={
            "C26: SQL that names another table": """
                def start(db):
                    db.execute("UPDATE sync_runs SET status = 'processing' WHERE id = 1")  # expect: BG010
                    db.execute("UPDATE jobs SET status = 'processing' WHERE id = 1")  # expect: BG010
                """,
            "C30: A job beside a response": """
                import httpx

                def poll(job):
                    job.status = "processing"  # expect: BG010
                    return httpx.get(URL).json()["status"]
                """,
        },
    ),
    Row(
        "The description's other values, passed and error, are reported in the files of models, tasks and registries",
        TASK,
        "BG010",
        silent={
            "B20: They are ordinary elsewhere": {
                "app/api/v1/health.py": 'def health():\n    return {"status": "error"}\n',
                SERVICE: 'def check(job):\n    job.status = "passed"\n',
            },
            "B20: Standard words, and the old words elsewhere in a task": """
                def run_tests(job):
                    job.status = "failed"
                    job.kind = "error"
                    logger.error("status: error")
                """,
        },
        speaking={
            "B20: In a task, a task model and a registry": {
                TASK: """
                    def run_tests(job):
                        job.status = "passed"  # expect: BG010
                        job.status = "error"  # expect: BG010
                        job.status = "processing"  # expect: BG010
                    """,
                RUN_MODEL: """
                    class TestRun(Base):
                        status = Column(String, default="error")  # expect: BG010
                    """,
                REGISTRY: 'def failed(db):\n    return db.query(TestRun).filter_by(status="error")  # expect: BG010\n',
            },
        },
    ),
    Row(
        "Equivalents do not apply to anti-patterns",
        SERVICE,
        "BG010",
        rules='extends: bundled\nequivalents: {\'"processing"\': ["in_progress"]}\n',
        silent={
            "B20: What stands for the value in a requirement is no such value": """
                def start(job):
                    job.status = "in_progress"
                """,
            "B20: In a comparison neither": 'def busy(job):\n    return job.status == "in_progress"\n',
        },
        speaking={
            "B20: The value itself stays one": 'def start(job):\n    job.status = "processing"  # expect: BG010\n',
        },
    ),
)
