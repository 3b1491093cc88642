"""Status: which names and which classes are about the status of a task."""

from tests.contract.rows import SERVICE, Row, rule

HEAD = """
from enum import Enum as PyEnum, IntEnum, StrEnum, auto
from typing import Literal
"""
STATE = rule("BG-011", "anti_patterns: [{pattern: 'state.*=.*leased', message: Say running}]")

ROWS = (
    Row(
        "A status is called so, or ends in _status with a task word before it",
        SERVICE,
        "BG01",
        silent={
            "A17: The status of something else": """
                def pay(order, invoice):
                    order.payment_status = "processing"
                    new_status = "processing"
                    invoice.shipping_status = "fetching"
                """,
            "A16: A name in which status stands elsewhere": """
                def start(job):
                    job.status_message = "processing"
                    job.state = "processing"
                """,
        },
        speaking={
            "C23: Attributes, variables and constants": """
                STATUS = "processing"  # expect: BG010

                def start(shop, run):
                    shop.product_import_status = "fetching"  # expect: BG010
                    run.test_run_status = "processing"  # expect: BG010
                    sync_status = "processing"  # expect: BG010
                """,
        },
    ),
    Row(
        "Another NAME of a pattern is treated alike",
        SERVICE,
        "BG011",
        rules=STATE,
        silent={
            "A16: The state of something else": 'def ship(order):\n    order.address_state = "leased"\n',
            "B20: Another value, and the name of status": """
                def start(job):
                    job.state = "queued"
                    job.status = "leased"
                """,
        },
        speaking={
            "B20: A state, and the state of a job": """
                def start(job, worker):
                    job.state = "leased"  # expect: BG011
                    worker.job_state = "leased"  # expect: BG011
                """,
        },
    ),
    Row(
        "Classes and aliases stand for a vocabulary by the same test: enums, classes of constants, Literal",
        SERVICE,
        "BG010",
        head=HEAD,
        silent={
            "A17: The vocabulary of orders and of postings": """
                class OrderStatus(StrEnum):
                    PROCESSING = "processing"

                PostingStatus = Literal["active", "processing"]
                """,
            "B18: An enum of something else, and a member with the right value": """
                class Phase(StrEnum):
                    FETCHING = "fetching"

                class ImportStatus(StrEnum):
                    PROCESSING = "running"
                """,
            "B19: A number is no word": """
                class JobStatus(IntEnum):
                    PENDING = 1
                    PROCESSING = auto()
                """,
        },
        speaking={
            "B18: Enums of all kinds, at the member's value": """
                class JobStatus(str, PyEnum):
                    PROCESSING = "processing"  # expect: BG010

                class Status(StrEnum):
                    FETCHING = auto()  # expect: BG010

                class DispatchEnum(StrEnum):
                    pass

                class ImportStatus(DispatchEnum):
                    running = "processing"  # expect: BG010
                """,
            "B19: A class of constants, and a Literal": """
                class TaskStatus:
                    RUNNING = "processing"  # expect: BG010

                SyncStatus = Literal["pending", "processing"]  # expect: BG010
                """,
        },
    ),
)
