"""Snippets, flows: the spellings in which a value flows into a name, and what the value may be."""

from tests.contract.rows import RUNNING, TASK, Row

ENUMS = "from enum import Enum, IntEnum, StrEnum, auto\n"


ROWS = (
    Row(
        "A value flows into a name by assignment: attributes, variables, tuples, walrus, setattr, subscripts",
        TASK,
        "BG030",
        rules=RUNNING,
        silent={
            "C23: An attribute, in a chain and in a tuple": """
                def import_products(job, run):
                    job.status = run.status = "running"

                def import_stock(job):
                    job.started_at, job.status = now(), "running"
                """,
            "C24: A local variable, annotated, by a walrus": """
                def import_products(job):
                    status: str = "running"
                    job.status = status

                def import_stock(job):
                    if status := "running":
                        save(job, status)
                """,
            "C28: setattr with the name": 'def import_products(job):\n    setattr(job, "status", "running")\n',
            "C30: A store into a subscript": """
                jobs = {}

                def import_products(job_id):
                    jobs[job_id]["status"] = "running"
                """,
        },
        speaking={
            "C28: setattr with another name": """
                def import_products(job):  # expect: BG030
                    setattr(job, "state", "running")
                """,
            "C23: The value flows into another attribute": """
                def import_products(job):  # expect: BG030
                    job.status, job.state = "queued", "running"
                """,
            "C30: The value is the key": """
                def import_products(jobs, status):  # expect: BG030
                    jobs["running"] = status
                """,
        },
    ),
    Row(
        "A value flows into a name by a keyword, a dict entry, a parameter's default, SQL",
        TASK,
        "BG030",
        rules=RUNNING,
        silent={
            "C26: values(status=...), values with a dict, by column": """
                async def import_products(session, job_id):
                    await session.execute(update(Job).where(Job.id == job_id).values(status="running"))

                async def import_stock(session, job_id):
                    await session.execute(update(Job).values({Job.status: "running"}))

                async def import_orders(session, job_id):
                    await session.execute(Job.__table__.update().values({"status": "running"}))
                """,
            "C27: Query.update with a dict": """
                def import_products(db, job_id):
                    db.query(Job).filter_by(id=job_id).update({"status": "running"})
                """,
            "C29: sqlmodel_update, update, merge, and a new object": """
                def import_products(job):
                    job.sqlmodel_update({"status": "running"})

                async def import_stock(job):
                    await job.update(status="running")

                def import_orders(session, job_id):
                    session.merge(Job(id=job_id, status="running"))

                def import_images(session, old):
                    session.add(Job(**{**old, "status": "running"}))
                """,
            "C30: Stores that are not SQLAlchemy's": """
                def import_products(supabase, job_id):
                    supabase.table("jobs").update({"status": "running"}).eq("id", job_id).execute()

                def import_stock(redis, job_id):
                    redis.hset(f"job:{job_id}", mapping={"status": "running"})

                def import_orders(jobs, job_id):
                    jobs[job_id].update({"status": "running"})
                """,
            "C26: SQL in a plain string": """
                def import_products(db, job_id):
                    db.execute(text("UPDATE jobs SET status = 'running' WHERE id = :id"), {"id": job_id})
                """,
        },
        speaking={
            "C26: SQL that asks, and SQL that sets another": """
                def import_products(db):  # expect: BG030
                    db.execute(text("SELECT * FROM jobs WHERE status = 'running'"))
                    db.execute(text("UPDATE jobs SET status = 'queued', kind = 'running'"))
                """,
            "C29: A new object with another status": """
                def import_products(session, job_id):  # expect: BG030
                    session.merge(Job(id=job_id, status="queued"))
                """,
        },
    ),
    Row(
        "The value is a literal, a constant, a member, an arm of a conditional, a variable, a helper's parameter",
        TASK,
        "BG030",
        head=ENUMS,
        rules=RUNNING,
        silent={
            "B19: A constant of another module, and a class of constants": {
                "app/core/states.py": 'RUNNING = "running"\nclass State:\n    RUNNING = "running"\n',
                TASK: """
                    from app.core import states
                    from app.core.states import State

                    def import_products(job):
                        job.status = states.RUNNING

                    def import_stock(job):
                        job.status = State.RUNNING
                    """,
            },
            "C22 B18: A member of an enum, its value, its name": """
                class JobStatus(str, Enum):
                    running = "running"

                def import_products(job):
                    job.status = JobStatus.running

                def import_stock(job):
                    job.status = JobStatus.running.value

                def import_orders(job):
                    job.status = JobStatus.running.name
                """,
            "C24: An arm of a conditional, directly and through a variable": """
                def import_products(job, later):
                    job.status = "queued" if later else "running"

                def import_stock(job, later):
                    status = JobStatus.QUEUED if later else JobStatus.RUNNING
                    job.status = status
                """,
            "C25: A parameter of a helper, by position and by keyword": """
                def import_products(job):
                    _set_status(job, "running")

                def import_stock(job):
                    _set_status(job, word=JobStatus.RUNNING)

                def _set_status(job, word):
                    job.status = word
                """,
        },
        speaking={
            "B18: A member that is found counts by its value": """
                class JobStatus(str, Enum):
                    RUNNING = "started"

                def import_products(job):  # expect: BG030
                    job.status = JobStatus.RUNNING
                """,
            "C25: A helper that gets another value": """
                def import_products(job):  # expect: BG030
                    _set_status(job, "queued")

                def _set_status(job, word):
                    job.status = word
                """,
            "C28: What a loop sets by a name of the run time is no evidence": """
                def import_products(job, data):  # expect: BG030
                    for key, value in data.items():
                        setattr(job, key, value)
                """,
        },
    ),
    Row(
        "An enum that is not found, or whose values are numbers, is read by its member's name, case ignored",
        TASK,
        "BG030",
        head=ENUMS,
        rules=RUNNING,
        silent={
            "C22: A member of an enum of an installed package": """
                from company_jobs import TaskStatus

                def import_products(job):
                    job.status = TaskStatus.RUNNING
                """,
            "B18: A member whose value is its own name": """
                class JobStatus(str, Enum):
                    RUNNING = "RUNNING"

                def import_products(job):
                    job.status = JobStatus.RUNNING
                """,
            "B19: A member of an IntEnum": """
                class JobStatus(IntEnum):
                    QUEUED = 1
                    RUNNING = 2

                def import_products(job):
                    job.status = JobStatus.RUNNING
                """,
            "B19 B18: A member of an enum on a base of the project's, by auto()": """
                class DispatchEnum(StrEnum):
                    pass

                class JobStatus(DispatchEnum):
                    RUNNING = auto()

                def import_products(job):
                    job.status = JobStatus.RUNNING
                """,
        },
        speaking={
            "C22: Another member of an enum that is not found": """
                from company_jobs import TaskStatus

                def import_products(job):  # expect: BG030
                    job.status = TaskStatus.IN_PROGRESS
                """,
        },
    ),
    Row(
        "Where a value or a name arrives at run time the text decides: met if the literal stands in the unit's code",
        TASK,
        "BG030",
        rules=RUNNING,
        silent={
            "C28: A loop over what is given, and the word in the code": """
                def import_products(job, data):
                    for key, value in data.items():
                        setattr(job, key, value)
                    return "running"
                """,
            "C31: A value that an object keeps, and the word in a default": """
                class JobRun:
                    def __init__(self, job, word="running"):
                        self.job, self.word = job, word

                    def __enter__(self):
                        self.job.status = self.word

                    def __exit__(self, *error):
                        pass

                def import_products(job):
                    with JobRun(job):
                        load(job)
                """,
            "C29: A new object of what is given, and the word in a helper": """
                def import_products(session, old):
                    session.add(Job(**_changed(old)))

                def _changed(old, *more):
                    return merge(old, *more, "running")
                """,
        },
        speaking={
            "C28: The word in a comment, in a docstring, and in a longer text": """
                def import_products(job, data):  # expect: BG030
                    'running'
                    for key, value in data.items():  # running
                        setattr(job, key, value)
                    return "it is running"
                """,
            "C24: No such word": """
                def import_products(job, settings):  # expect: BG030
                    job.status = settings.first
                """,
        },
    ),
    Row(
        "A call that cannot be resolved, is called like the name and gets the value, is unknown, and the text decides",
        TASK,
        "BG030",
        rules=RUNNING,
        silent={
            "C25: A repository's update_status": """
                async def import_products(repo, job_id):
                    await repo.update_status(job_id, "running")
                """,
            "C25: A keyword of any call is a flow anyway": """
                async def import_products(repo, job_id):
                    await repo.update_task(job_id, status="running")
                """,
        },
        speaking={
            "C25: A call that is called otherwise": """
                async def import_products(repo, job_id):  # expect: BG030
                    await repo.update(job_id, "running")
                """,
            "C25: A call that gets another value": """
                async def import_products(repo, job_id):  # expect: BG030
                    await repo.update_status(job_id, "queued")
                """,
        },
    ),
)
