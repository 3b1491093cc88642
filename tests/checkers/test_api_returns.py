"""What an endpoint's returns must have on the wire: every spelling of a key, and what only mentions it."""

from textwrap import dedent

import pytest

from tests.linting import assert_as_marked, lint, messages

PATH = "app/api/v1/admin/marketplace.py"
HEAD = """\
from dataclasses import asdict, dataclass
import dataclasses
import json
from http import HTTPStatus
from typing import Annotated, Any, Generic, NamedTuple, TypedDict, TypeVar
from fastapi import APIRouter, Depends, HTTPException, Response, status
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse, ORJSONResponse, PlainTextResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field, RootModel, computed_field
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
router = APIRouter()
class Base(DeclarativeBase):
    pass
class Job(Base):
    __tablename__ = "jobs"
    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[str]
class Feed(Base):
    __tablename__ = "feeds"
    id: Mapped[int] = mapped_column(primary_key=True)
class JobOut(BaseModel):
    job_id: int
    status: str = "pending"
class StatusOut(BaseModel):
    status: str = "pending"
"""


def endpoint(body: str, decorator: str = '"/import"', result: str = "", before: str = "") -> str:
    """A file with one endpoint that has this body."""
    lines = dedent(body).strip("\n").splitlines()
    indented = "".join(f"    {line}\n" for line in lines)
    return f"{HEAD}{dedent(before)}\n@router.post({decorator})\nasync def start(db, service){result}:\n{indented}"


RETURNED = {
    "a dict display": 'return {"job_id": 1, "status": "pending"}',
    "a dict display with other keys that are unknown": "return {key: 1, 'job_id': 2}",
    "a key in a constant": ('KEY = "job_id"', "return {KEY: 1}"),
    "dict()": "return dict(job_id=1)",
    "dict() of a dict": 'return dict({"job_id": 1}, status="pending")',
    "dict() of another": ('data = {"job_id": 1}', "return dict(**data)"),
    "an envelope": 'return {"data": {"job_id": 1}}',
    "an envelope in an envelope": 'return {"data": {"job": dict(job_id=1)}, "ok": True}',
    "an envelope around a list": 'return {"jobs": [{"job_id": job.id} for job in jobs], "count": 2}',
    "an envelope around a display of dicts": 'return {"jobs": [{"job_id": 1}, {"job_id": 2}]}',
    "an envelope around an element": ("outs: list[JobOut] = service.start()", 'return {"data": outs[0]}'),
    "an envelope around a model": 'return {"data": JobOut(job_id=1)}',
    "an envelope around a dumped model": 'return {"data": JobOut(job_id=1).model_dump()}',
    "a variable": ('result = {"job_id": 1}', "return result"),
    "a variable that gets the key later": ("result = {}", 'result["job_id"] = 1', "return result"),
    "a variable that gets the key on some path": ("result = {}", "if db:", '    result["job_id"] = 1', "return result"),
    "a variable that is updated": ("result = dict()", 'result.update({"job_id": 1})', "return result"),
    "a variable that is updated by keyword": ("result = {}", "result.update(job_id=1)", "return result"),
    "a variable that is extended": ("result = {}", 'result |= {"job_id": 1}', "return result"),
    "a variable with setdefault": ("result = {}", 'result.setdefault("job_id", 1)', "return result"),
    "a variable that is annotated": ('result: dict[str, Any] = {"job_id": 1}', "return result"),
    "a variable assigned twice": ("result = None", "if db:", '    result = {"job_id": 1}', "return result"),
    "a walrus": ('if (result := {"job_id": 1}):', "    return result", 'return {"job_id": 2}'),
    "a variable of tuple unpacking": ('result, code = {"job_id": 1}, 202', "return result"),
    "a dict unpacked into another": ('data = {"job_id": 1}', 'return {"status": "pending", **data}'),
    "a union of dicts": ('data = {"status": "pending"}', 'return data | {"job_id": 1}'),
    "a union the other way round": 'return {"job_id": 1} | extra',
    "both arms of a conditional": 'return {"job_id": 1} if db else {"job_id": 2, "again": True}',
    "JSONResponse": 'return JSONResponse({"job_id": 1})',
    "JSONResponse with content": 'return JSONResponse(status_code=202, content={"job_id": 1})',
    "JSONResponse of a variable": ('content = {"job_id": 1}', "return JSONResponse(content, 202)"),
    "JSONResponse of an encoded model": "return JSONResponse(jsonable_encoder(JobOut(job_id=1)))",
    "JSONResponse of a dumped model": "return JSONResponse(JobOut(job_id=1).model_dump(mode='json'))",
    "ORJSONResponse": 'return ORJSONResponse({"job_id": 1})',
    "a response in a variable": ('response = JSONResponse({"job_id": 1})', "response.status_code = 202", "return response"),
    "a plain response with JSON in it": 'return Response(json.dumps({"job_id": 1}), media_type="application/json")',
    "a plain response with a model's JSON in it": "return Response(content=JobOut(job_id=1).model_dump_json())",
    "a model": "return JobOut(job_id=1)",
    "a model in a variable": ("out = JobOut(job_id=1)", "return out"),
    "a model that is validated": "return JobOut.model_validate(job)",
    "a model from an object": "return JobOut.from_orm(job)",
    "a model that is constructed": "return JobOut.model_construct(job_id=1)",
    "a model that is dumped": "return JobOut(job_id=1).model_dump()",
    "an awaited model": "return await JobOut.create(db)",
    "a mapped object with the column": ("job = Job()", "db.add(job)", "return job"),
    "a query's result": ("job = db.get(Job, 1)", "return job"),
    "a mapped object in an envelope": ("job = Job()", 'return {"job": job}'),
    "every one of several returns": ("if db:", '    return {"job_id": 1}', 'return JobOut(job_id=1)'),
    "match": ("match db:", "    case None:", '        return {"job_id": 1}', "    case _:", '        return {"job_id": 2}'),
    "errors are raised": ("if not db:", "    raise HTTPException(404)", 'return {"job_id": 1}'),
    "only an error is raised": "raise HTTPException(501)",
    "errors are raised and redirects returned": ("if db:", '    return RedirectResponse("/jobs/1")', "raise HTTPException(409)"),
    "a redirect only": 'return RedirectResponse(url="/jobs/1", status_code=303)',
    "a redirect with a plain response": 'return Response(status_code=303, headers={"Location": "/jobs/1"})',
    "an error response with a number": ("if not db:", '    return JSONResponse({"detail": "no"}, 404)', 'return {"job_id": 1}'),
    "an error response with a keyword": (
        "if not db:", "    return JSONResponse(status_code=409, content={})", 'return {"job_id": 1}',
    ),
    "an error response with a constant of Starlette": (
        "if not db:", "    return Response(status_code=status.HTTP_404_NOT_FOUND)", 'return {"job_id": 1}',
    ),
    "an error response with a constant of the standard library": (
        "if not db:", "    return JSONResponse({}, HTTPStatus.CONFLICT)", 'return {"job_id": 1}',
    ),
    "an error response in a variable": (
        "problem = JSONResponse({}, status_code=422)", "if not db:", "    return problem", 'return {"job_id": 1}',
    ),
    "an error status that is set on the response": (
        "if not db:", "    response.status_code = 404", '    return {"detail": "no"}', 'return {"job_id": 1}',
    ),
    "only error responses": "return JSONResponse({'detail': 'gone'}, status_code=410)",
    "only an error response with a constant of Starlette": "return Response(status_code=status.HTTP_404_NOT_FOUND)",
    "only an error response with a constant of the standard library": "return JSONResponse({}, HTTPStatus.CONFLICT)",
    "only an error response with one of two": "return JSONResponse({}, status.HTTP_404_NOT_FOUND if db else 409)",
    "an error in a handler": (
        "try:", '    return {"job_id": 1}', "except ValueError as error:", "    raise HTTPException(422) from error",
    ),
    "a return that control cannot reach": ('return {"job_id": 1}', "return {}"),
    "a return after both arms have returned": (
        "if db:", '    return {"job_id": 1}', "else:", '    return {"job_id": 2}', "return {}",
    ),
    "a return after a raise": ("raise HTTPException(501)", "return {}"),
    "a return that a constant excludes": ("if False:", "    return {}", 'return {"job_id": 1}'),
    "a lambda's value": ("key = lambda job: {}", 'return {"job_id": key(1)}'),
    "a nested function's return": ("def work():", "    return None", 'return {"job_id": 1}'),
    "an unknown object beside the words": ("job_id = service.create()", "return service.describe(job_id)"),
    "an unknown object beside the literal": 'return service.start("job_id")',
    "a dict comprehension beside the words": 'return {name: getattr(db, name) for name in ("job_id", "status")}',
    "an unknown dict that is unpacked, beside the words": "return {**service.start(job_id), 'ok': True}",
    "an answer whose status may be an error's, beside the words": (
        "try:",
        '    return {"job_id": 1}',
        "except Failed as error:",
        '    return JSONResponse({"detail": "no"}, status_code=error.code)',
    ),
    "an unknown status beside the words": ("job_id = 1", "return JSONResponse(service.describe(job_id), code)"),
}  # fmt: skip

LACKING = {
    "another key": 'return {"id": 1}  # expect: BG020',
    "an empty dict": "return {}  # expect: BG020",
    "the word as a value": 'return {"key": "job_id"}  # expect: BG020',
    "the word as a variable's name": ("job_id = 1", 'return {"id": job_id}  # expect: BG020'),
    "the word in a comment": 'return {"id": 1}  # the job_id # expect: BG020',
    "the word in a docstring": ('"""Return the job_id."""', 'return {"id": 1}  # expect: BG020'),
    "a longer key": 'return {"job_id_hint": 1, "parent_job_id": 2}  # expect: BG020',
    "another case": 'return {"jobId": 1}  # expect: BG020',
    "None": "return None  # expect: BG020",
    "nothing": "return  # expect: BG020",
    "a constant": "return 1  # expect: BG020",
    "a text": 'return "job_id"  # expect: BG020',
    "a text made of parts": 'return f"job_id: {db}"  # expect: BG020',
    "a list": 'return [{"job_id": 1}]  # expect: BG020',
    "a list comprehension": 'return [{"job_id": job} for job in jobs]  # expect: BG020',
    "a tuple": 'return {"job_id": 1}, 202  # expect: BG020',
    "a set": 'return {"job_id"}  # expect: BG020',
    "a bare response": "return Response(status_code=202)  # expect: BG020",
    "a bare response with a header": 'return Response(status_code=202, headers={"job_id": "1"})  # expect: BG020',
    "a plain text": 'return PlainTextResponse("job_id=1")  # expect: BG020',
    "JSONResponse without the key": 'return JSONResponse({"ok": True}, status_code=202)  # expect: BG020',
    "JSONResponse without content": "return JSONResponse(status_code=202)  # expect: BG020",
    "JSONResponse with the key in a header": (
        'return JSONResponse({"ok": True}, headers={"job_id": "1"})  # expect: BG020'
    ),
    "a response with a good status": "return JSONResponse({}, HTTPStatus.ACCEPTED)  # expect: BG020",
    "a response with one of two statuses": "return JSONResponse({}, 202 if db else 500)  # expect: BG020",
    "a response with a good constant, beside the words": (
        "job_id = 1",
        "return JSONResponse({}, status_code=status.HTTP_202_ACCEPTED)  # expect: BG020",
    ),
    "a response whose status may be an error's, and no words": (
        'return JSONResponse({"detail": "no"}, status_code=db.code)  # expect: BG020'
    ),
    "a good status that is set on the response": (
        "response.status_code = 202", 'return {"detail": "started"}  # expect: BG020',
    ),
    "a model without the field": "return StatusOut()  # expect: BG020",
    "a model without the field, whatever it is given": "return StatusOut(job_id=1)  # expect: BG020",
    "a dumped model without the field": "return StatusOut().model_dump()  # expect: BG020",
    "a mapped object without the column": ("feed = Feed()", "return feed  # expect: BG020"),
    "one arm of a conditional": 'return {"job_id": 1} if db else {}  # expect: BG020',
    "one of two returns": ("if db:", "    return {}  # expect: BG020", 'return {"job_id": 1}'),
    "the first of two returns": ("if db:", "    return {}  # expect: BG020", "return []"),
    "a return in a handler": (
        "try:", '    return {"job_id": 1}', "except ValueError:", '    return {"error": "no"}  # expect: BG020',
    ),
    "a variable that never gets the key": ("result = {}", 'result["id"] = 1', "return result  # expect: BG020"),
    "a variable whose key is only read": (
        "result = {}", 'print(result["job_id"])', "return result  # expect: BG020",
    ),
    "another variable gets the key": (
        "result, other = {}, {}", 'other["job_id"] = 1', "return result  # expect: BG020",
    ),
    "a key deeper than what is stored": ("result = {}", 'result["a"]["b"] = 1', "return result  # expect: BG020"),
    "an unknown object and no words": ("job = service.start()", "return job  # expect: BG020"),
    "an unknown dict that is unpacked, and no words": "return {**service.start(), 'ok': True}  # expect: BG020",
    "a dict comprehension and no words": "return {name: 1 for name in names}  # expect: BG020",
    "a plain entry in an envelope": (
        "result = service.start()", 'return {"job": result["job_id"]}  # expect: BG020',
    ),
    "a plain variable in an envelope": ("job_id = service.start()", 'return {"job": job_id}  # expect: BG020'),
}  # fmt: skip

FALLS_OFF = {
    "no return at all": "service.start()",
    "only a docstring": '"""Start."""',
    "nothing": "pass",
    "a return of a nested function only": ("def work():", '    return {"job_id": 1}', "service.start(work)"),
    "a redirect on one path only": ("if db:", '    return RedirectResponse("/")', "service.start()"),
    "a raise on one path only": ("if db:", "    raise HTTPException(409)", "service.start()"),
    "a loop that may end": ("while db:", "    raise HTTPException(409)"),
    "a suppressed error": ("with contextlib.suppress(ValueError):", "    raise HTTPException(409)"),
}


def joined(lines: str | tuple[str, ...]) -> str:
    return lines if isinstance(lines, str) else "\n".join(lines)


@pytest.mark.parametrize("body", RETURNED.values(), ids=RETURNED)
def test_the_key_is_returned(body: str | tuple[str, ...]) -> None:
    assert_as_marked(endpoint(joined(body)), PATH, codes="BG020")


@pytest.mark.parametrize("body", LACKING.values(), ids=LACKING)
def test_a_return_lacks_the_key(body: str | tuple[str, ...]) -> None:
    assert_as_marked(endpoint(joined(body)), PATH, codes="BG020")


@pytest.mark.parametrize("body", FALLS_OFF.values(), ids=FALLS_OFF)
def test_an_endpoint_that_returns_nothing_is_reported_at_its_name(body: str | tuple[str, ...]) -> None:
    found = [one for one in lint(endpoint(joined(body)), PATH) if one.code == "BG020"]
    assert [(one.line, one.column) for one in found] == [(len(HEAD.splitlines()) + 3, 0)]
    assert found[0].text == "start() does not return job_id"


def test_the_message_names_the_endpoint_and_the_key() -> None:
    assert messages(endpoint("return {}"), PATH, "BG020") == ["start() does not return job_id"]


def test_the_finding_stands_at_the_return() -> None:
    found = [one for one in lint(endpoint("if db:\n    return {}"), PATH) if one.code == "BG020"]
    assert [(one.line, one.column) for one in found] == [(len(HEAD.splitlines()) + 5, 8)]
