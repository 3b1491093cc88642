"""API: what the returns of an endpoint must provide on the wire."""

from tests.contract.rows import TRIGGERS, Row

HEAD = """
from fastapi import APIRouter, FastAPI, HTTPException, Response, status
from fastapi.responses import JSONResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field, computed_field
from typing import NamedTuple, TypedDict
router = APIRouter()

class JobOut(BaseModel):
    job_id: int
    status: str = "pending"

class StatusOut(BaseModel):
    status: str = "pending"
"""

ROWS = (
    Row(
        "must_return: every return provides the key: dicts, responses, models, what helpers return, each arm",
        TRIGGERS,
        "BG020",
        head=HEAD,
        silent={
            "G65: Dicts": """
                @router.post("/import")
                def products(extra, wanted):
                    if wanted == 1:
                        return {"data": {"job_id": 1}}
                    if wanted == 2:
                        return dict(job_id=1) if extra else {"job_id": 2, **extra}
                    if wanted == 3:
                        return extra | {"job_id": 1}
                    result = {"status": "pending"}
                    result["job_id"] = 3
                    return result
                """,
            "G65: Responses with such content": """
                @router.post("/import")
                def products(wanted):
                    if wanted:
                        return JSONResponse({"job_id": 1}, status_code=202)
                    return JSONResponse(content={"job_id": 1}, headers={"Location": "/jobs/1"})
                """,
            "G65: Models, made or validated, and inherited fields": """
                class Detailed(JobOut):
                    total: int

                @router.post("/import")
                def products(job, total):
                    if total:
                        return Detailed(job_id=job.id, total=total)
                    return JobOut.model_validate(job)
                """,
            "G65: What a service returns": {
                "app/services/importing.py": """
                    from app.schemas import JobCreated

                    class ImportService:
                        async def start(self, kind) -> JobCreated:
                            return await self.queue(kind)
                    """,
                "app/schemas.py": """
                    from pydantic import BaseModel

                    class JobCreated(BaseModel):
                        job_id: int
                    """,
                TRIGGERS: """
                    from app.services.importing import ImportService

                    @router.post("/import")
                    async def products():
                        service = ImportService()
                        return await service.start("products")
                    """,
            },
        },
        speaking={
            "G67: Nothing of use": """
                @router.post("/import")
                def products():
                    return {"status": "started"}  # expect: BG020

                @router.post("/import/orders")
                def orders():
                    return JSONResponse({"ok": True}, status_code=202)  # expect: BG020
                """,
            "G66: Another key": """
                @router.post("/import")
                def products(task):
                    return {"task_id": task.id, "id": task.id, "jobId": 1}  # expect: BG020
                """,
            "G65: One arm, and one return, that do not": """
                @router.post("/import")
                def products(job):
                    return {"job_id": job.id} if job else {"detail": "busy"}  # expect: BG020

                @router.post("/import/orders")
                def orders(job):
                    if not job:
                        return StatusOut()  # expect: BG020
                    return JobOut(job_id=job.id)
                """,
        },
    ),
    Row(
        "The name on the wire is the serialization alias; computed fields count, a NamedTuple is a list",
        TRIGGERS,
        "BG020",
        head=HEAD,
        silent={
            "G66: An alias, and a computed field": """
                class Aliased(BaseModel):
                    id: int = Field(serialization_alias="job_id")

                class Computed(BaseModel):
                    id: int

                    @computed_field
                    @property
                    def job_id(self) -> int:
                        return self.id

                @router.post("/import")
                def products(job):
                    return Aliased(id=job.id) if job.old else Computed(id=job.id)
                """,
            "G66: A TypedDict and a dataclass": """
                class Started(TypedDict):
                    job_id: int

                @dataclass
                class Queued:
                    job_id: int

                @router.post("/import")
                def products(job):
                    return Started(job_id=1) if job else Queued(job_id=1)
                """,
        },
        speaking={
            "G66: A field that goes out under another name, and a NamedTuple": """
                class Camel(BaseModel):
                    job_id: int = Field(serialization_alias="jobId")

                class Pair(NamedTuple):
                    job_id: int

                @router.post("/import")
                def products(job):
                    return Camel(job_id=job.id)  # expect: BG020

                @router.post("/import/orders")
                def orders(job):
                    return Pair(job.id)  # expect: BG020
                """,
        },
    ),
    Row(
        "response_model, or the return annotation, filters: with the field anything provides it, without it nothing does",
        TRIGGERS,
        "BG020",
        head=HEAD,
        silent={
            "G59 G65: A mapped object, or what is not known, through a model with the field": """
                @router.post("/import", response_model=JobOut, status_code=202)
                async def products(service):
                    return await service.start()

                @router.post("/import/orders")
                async def orders(job) -> JobOut:
                    return job
                """,
            "G66: A model in another module, with an inherited field": {
                "app/schemas.py": """
                    from pydantic import BaseModel

                    class HasJob(BaseModel):
                        job_id: int

                    class Created(HasJob):
                        total: int
                    """,
                TRIGGERS: """
                    from app.schemas import Created

                    @router.post("/import", response_model=Created)
                    async def products(service):
                        return await service.start()
                    """,
            },
            "G66: A model without the field that lets others through": """
                class Open(BaseModel):
                    model_config = ConfigDict(extra="allow")
                    status: str

                @router.post("/import", response_model=Open)
                def products():
                    return {"status": "pending", "job_id": 1}
                """,
        },
        speaking={
            "G66: A model without the field, whatever is returned": """
                @router.post("/import", response_model=StatusOut)
                def products():
                    return {"job_id": 1, "status": "pending"}  # expect: BG020

                @router.post("/import/orders")
                def orders() -> StatusOut:
                    return JobOut(job_id=1)  # expect: BG020
                """,
        },
    ),
    Row(
        "No return, None, a bare Response, a constant, a list are absent; raise, redirects and errors do not count",
        TRIGGERS,
        "BG020",
        head=HEAD,
        silent={
            "G65: A redirect to the page of the job": """
                @router.post("/import")
                def products(job):
                    return RedirectResponse(f"/jobs/{job.id}", status_code=303)
                """,
            "G65: Errors": """
                @router.post("/import")
                def products(job):
                    if job is None:
                        raise HTTPException(404)
                    if job.busy:
                        return JSONResponse({"detail": "busy"}, status_code=409)
                    return {"job_id": job.id}

                @router.post("/import/orders")
                def orders():
                    raise HTTPException(501)

                @router.post("/import/stock")
                def stock():
                    return JSONResponse({"detail": "gone"}, status_code=status.HTTP_410_GONE)
                """,
            "G65: A return of a nested function": """
                @router.post("/import")
                def products(queue):
                    def work():
                        return None
                    return {"job_id": queue.put(work)}
                """,
        },
        speaking={
            "G67: No return, at the def line": """
                @router.post("/import")
                def products(queue):  # expect: BG020
                    queue.put("products")
                """,
            "G67: A bare Response, None and a list, at the first of them": """
                @router.post("/import")
                def products(queue):
                    if queue:
                        return Response(status_code=202)  # expect: BG020
                    return None

                @router.post("/import/orders")
                def orders(queue):
                    return [queue.put("orders")]  # expect: BG020
                """,
        },
    ),
)
