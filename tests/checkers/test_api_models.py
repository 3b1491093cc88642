"""What classes and helpers bring to an endpoint's answer: fields, aliases, envelopes, response models."""

import pytest

from tests.checkers.test_api_returns import PATH, endpoint
from tests.linting import assert_as_marked

HAS_FIELD = {
    "an inherited field": """
        class Detailed(JobOut):
            message: str = ""
        def make():
            return Detailed(job_id=1)
        """,
    "a field of a mixin": """
        class WithJob(BaseModel):
            job_id: int
        class Out(StatusOut, WithJob):
            pass
        def make():
            return Out(job_id=1)
        """,
    "a serialization alias": """
        class Out(BaseModel):
            id: int = Field(serialization_alias="job_id")
        def make():
            return Out(id=1)
        """,
    "an alias": """
        KEY = "job_id"
        class Out(BaseModel):
            id: int = Field(..., alias=KEY)
        def make():
            return Out(id=1)
        """,
    "an alias in Annotated": """
        class Out(BaseModel):
            id: Annotated[int, Field(serialization_alias="job_id")]
        def make():
            return Out(id=1)
        """,
    "an alias for reading only": """
        class Out(BaseModel):
            job_id: int = Field(validation_alias="id")
        def make():
            return Out(id=1)
        """,
    "a computed field": """
        class Out(BaseModel):
            job: int
            @computed_field
            @property
            def job_id(self) -> int:
                return self.job
        def make():
            return Out(job=1)
        """,
    "an optional field": """
        class Out(BaseModel):
            job_id: int | None = None
        def make():
            return Out()
        """,
    "an envelope": """
        class Envelope(BaseModel):
            data: JobOut
        def make():
            return Envelope(data=job)
        """,
    "an optional envelope": """
        class Envelope(BaseModel):
            data: JobOut | None = None
        def make():
            return Envelope(data=job)
        """,
    "an envelope around a list": """
        class Envelope(BaseModel):
            jobs: list[JobOut]
        def make():
            return Envelope(jobs=jobs)
        """,
    "a generic envelope": """
        T = TypeVar("T")
        class Envelope(BaseModel, Generic[T]):
            data: T
        def make() -> Envelope[JobOut]:
            return Envelope(data=JobOut(job_id=1))
        """,
    "a generic envelope that is made at once": """
        T = TypeVar("T")
        class Envelope(BaseModel, Generic[T]):
            data: T
        def make():
            return Envelope[JobOut](data=JobOut(job_id=1))
        """,
    "a dataclass": """
        @dataclass
        class Out:
            job_id: int
        def make():
            return Out(1)
        """,
    "a dataclass as a dict": """
        @dataclass
        class Out:
            job_id: int
        def make():
            return asdict(Out(1))
        """,
    "a dataclass as a dict, qualified": """
        @dataclasses.dataclass(frozen=True)
        class Out:
            job_id: int
        def make():
            return dataclasses.asdict(Out(1))
        """,
    "a typed dict": """
        class Out(TypedDict):
            job_id: int
        def make():
            return Out(job_id=1)
        """,
    "an annotated dict": """
        class Out(TypedDict):
            job_id: int
        def make() -> Out:
            return build()
        """,
    "a named tuple as a dict": """
        class Out(NamedTuple):
            job_id: int
        def make():
            return Out(1)._asdict()
        """,
    "a root model around a dict": """
        class Out(RootModel[dict[str, int]]):
            pass
        def make():
            return Out({"job_id": 1})
        """,
    "a model that keeps what it is given": """
        class Out(BaseModel):
            model_config = ConfigDict(extra="allow")
        def make():
            return Out(job_id=1)
        """,
    "a helper with a dict": """
        def make():
            return {"job_id": 1}
        """,
    "a helper with a parameter": """
        def make(key="job_id"):
            return {key: 1}
        """,
    "a helper of a helper": """
        def make():
            return inner({"job_id": 1})
        def inner(data):
            return {"data": data}
        """,
    "a helper whose other return is an error": """
        def make():
            if broken:
                return JSONResponse({"detail": "no"}, status_code=409)
            return {"job_id": 1}
        """,
    "a helper that gives errors only": """
        def make():
            return problem(409)
        def problem(code):
            return JSONResponse({"detail": "no"}, status_code=code)
        """,
    "a helper whose last return is never reached": """
        def make():
            return {"job_id": 1}
            return {}
        """,
    "a helper with an annotation": """
        def make() -> JobOut:
            return build()
        """,
    "a helper with an annotation in quotes": """
        def make() -> "JobOut | None":
            return build()
        """,
    "a lambda": """
        make = lambda: {"job_id": 1}
        """,
    "a project model called response": """
        class JobResponse(BaseModel):
            job_id: int
        def make():
            return JobResponse(job_id=1)
        """,
    "a project response": """
        class Accepted(JSONResponse):
            pass
        def make():
            return Accepted({"job_id": 1})
        """,
}

LACKS_FIELD = {
    "the alias is the name on the wire": """
        class Out(BaseModel):
            job_id: int = Field(serialization_alias="id")
        def make():
            return Out(job_id=1)
        """,
    "an alias in another case": """
        class Out(BaseModel):
            job_id: int = Field(alias="jobId")
        def make():
            return Out(jobId=1)
        """,
    "an excluded field": """
        class Out(BaseModel):
            job_id: int = Field(exclude=True)
        def make():
            return Out(job_id=1)
        """,
    "a class variable": """
        from typing import ClassVar
        class Out(BaseModel):
            job_id: ClassVar[int] = 1
        def make():
            return Out()
        """,
    "a private attribute": """
        class Out(BaseModel):
            _job_id: int = 1
        def make():
            return Out()
        """,
    "a private attribute that holds it": """
        class Out(BaseModel):
            _job: JobOut
        def make():
            return Out()
        """,
    "a plain property": """
        class Out(BaseModel):
            job: int
            @property
            def job_id(self) -> int:
                return self.job
        def make():
            return Out(job=1)
        """,
    "a method": """
        class Out(BaseModel):
            def job_id(self) -> int:
                return 1
        def make():
            return Out()
        """,
    "a named tuple is sent as a list": """
        class Out(NamedTuple):
            job_id: int
        def make():
            return Out(1)
        """,
    "a typed dict without it": """
        class Out(TypedDict):
            id: int
        def make() -> Out:
            return build()
        """,
    "a dataclass without it": """
        @dataclass
        class Out:
            id: int
        def make():
            return Out(1)
        """,
    "an enum beside other fields": """
        from enum import Enum
        class State(str, Enum):
            PENDING = "pending"
        class Out(BaseModel):
            state: State
        def make():
            return Out(state=State.PENDING)
        """,
    "an envelope without it": """
        class Envelope(BaseModel):
            data: StatusOut
        def make():
            return Envelope(data=job)
        """,
    "a generic envelope without it": """
        T = TypeVar("T")
        class Envelope(BaseModel, Generic[T]):
            data: T
        def make() -> Envelope[StatusOut]:
            return build()
        """,
    "a model that contains itself": """
        class Node(BaseModel):
            children: list["Node"]
            parent: "Node | None" = None
        def make():
            return Node(children=[])
        """,
    "a model that forbids others": """
        class Out(BaseModel):
            model_config = ConfigDict(extra="forbid")
            id: int
        def make():
            return Out(id=1)
        """,
    "a helper with another dict": """
        def make():
            return {"id": 1}
        """,
    "a helper with one bad return": """
        def make():
            if broken:
                return None
            return {"job_id": 1}
        """,
    "a helper with an annotation without it": """
        def make() -> StatusOut:
            return build()
        """,
    "a helper that is annotated with a list": """
        def make() -> list[JobOut]:
            return [JobOut(job_id=1)]
        """,
    "a helper that gives a good response without it": """
        def make():
            return problem(202)
        def problem(code):
            return JSONResponse({"detail": "no"}, status_code=code)
        """,
    "a helper that calls itself": """
        def make(depth=0):
            return make(depth + 1) if depth < 3 else {}
        """,
    "helpers that call each other": """
        def make():
            return other()
        def other():
            return make()
        """,
    "a helper without a return": """
        def make():
            build()
        """,
}


@pytest.mark.parametrize("classes", HAS_FIELD.values(), ids=HAS_FIELD)
def test_brings_the_key(classes: str) -> None:
    assert_as_marked(endpoint("return make()", before=classes), PATH, codes="BG020")


@pytest.mark.parametrize("classes", LACKS_FIELD.values(), ids=LACKS_FIELD)
def test_does_not_bring_the_key(classes: str) -> None:
    assert_as_marked(endpoint("return make()  # expect: BG020", before=classes), PATH, codes="BG020")


OBJECTS = {
    "a method of an annotated parameter": """
        async def start(service: Service):
            return await service.start()
        """,
    "a method of a dependency": """
        async def start(service: Annotated[Service, Depends()]):
            return await service.start()
        """,
    "a method of an object that is made here": """
        async def start():
            return await Service().start()
        """,
    "a method of a variable": """
        async def start():
            service = Service()
            result = await service.start()
            return result
        """,
    "a class method": """
        async def start():
            return Service.build()
        """,
    "a method of the module's object": """
        async def start():
            return await shared.start()
        """,
}


@pytest.mark.parametrize("function", OBJECTS.values(), ids=OBJECTS)
@pytest.mark.parametrize("answer", ['{"job_id": 1}', "{}"], ids=["with the key", "without the key"])
def test_a_method_of_a_known_object(function: str, answer: str) -> None:
    mark = "" if "job_id" in answer else "  # expect: BG020"
    lines = [line + (mark if "return" in line else "") for line in function.splitlines()]
    code = (
        f"""
        class Service:
            async def start(self):
                return {answer}
            @classmethod
            def build(cls):
                return {answer}
        shared = Service()
        @router.post("/import")
        """.rstrip()
        + "\n".join(lines)
    )
    assert_as_marked("from fastapi import *\nfrom typing import Annotated\n" + _dedented(code), PATH, codes="BG020")


def _dedented(code: str) -> str:
    return "\n".join(line[8:] for line in code.splitlines()) + "\n"


GENERIC = """
    T = TypeVar("T")
    class Envelope(BaseModel, Generic[T]):
        data: T
    """
FILTERED = {
    "a mapped object is read for the model's field": ("JobOut", "return Feed()"),
    "an unknown object is read for the model's field": ("JobOut", "return await service.start()"),
    "an unknown variable is read for the model's field": ("JobOut", "return job"),
    "the model in quotes": ('"JobOut"', "return job"),
    "an optional model": ("JobOut | None", "return job"),
    "one of several models": ("StatusOut | JobOut", "return job"),
    "an annotated model": ('Annotated[JobOut, "a job"]', "return job"),
    "an alias of a model": ("Alias", "return job"),
    "a generic model": ("Envelope[JobOut]", "return job"),
    "a generic model without its argument": ("Envelope", 'return {"data": {"job_id": 1}}'),
    "a dict with a field's own name": ("Aliased", 'return {"id": 1}'),
    "a computed field": ("Computed", 'return {"id": 1}'),
    "a response goes past the model": ("StatusOut", 'return JSONResponse({"job_id": 1})'),
    "a project response goes past the model": ("StatusOut", 'return Accepted({"job_id": 1})'),
    "an error response goes past the model": ("JobOut", "return JSONResponse({}, status_code=404)"),
    "an unknown model": ("schemas.Out", 'return {"job_id": 1}'),
    "a dict": ("dict[str, Any]", 'return {"job_id": 1}'),
    "anything": ("Any", 'return {"job_id": 1}'),
    "no model at all": ("None", 'return {"job_id": 1}'),
    "a model that keeps what it is given": ("Open", 'return {"job_id": 1}'),
    "a list of an unknown kind beside the words": ("list[JobOut]", "return service.describe(job_id)"),
}
FILTERED_AWAY = {
    "a model without the field": ("StatusOut", 'return {"job_id": 1}  # expect: BG020'),
    "a model without the field, an unknown object": ("StatusOut", "return service.start(job_id)  # expect: BG020"),
    "a model with an enum, an unknown object": ("WithState", "return service.start(job_id)  # expect: BG020"),
    "a model with a tuple, an unknown object": ("WithPair", "return service.start(job_id)  # expect: BG020"),
    "several models without the field": ("StatusOut | None", 'return {"job_id": 1}  # expect: BG020'),
    "a generic model without the field": ("Envelope[StatusOut]", 'return {"job_id": 1}  # expect: BG020'),
    "a dict without the field of the model": ("JobOut", 'return {"status": "pending"}  # expect: BG020'),
    "None for a model": ("JobOut", "return None  # expect: BG020"),
    "an unknown model and no words": ("schemas.Out", "return service.start()  # expect: BG020"),
    "no model at all and no words": ("None", "return service.start()  # expect: BG020"),
    "a response without the key": ("JobOut", "return JSONResponse({})  # expect: BG020"),
}
MODELS = """
    from enum import Enum
    class Aliased(BaseModel):
        id: int = Field(serialization_alias="job_id")
    class Computed(BaseModel):
        id: int
        @computed_field
        def job_id(self) -> int:
            return self.id
    class State(str, Enum):
        PENDING = "pending"
    class WithState(BaseModel):
        state: State
    class Pair(NamedTuple):
        job_id: int
    class WithPair(BaseModel):
        pair: Pair
    class Open(BaseModel, extra="allow"):
        pass
    class Accepted(JSONResponse):
        pass
    Alias = JobOut | None
    """


@pytest.mark.parametrize(("model", "body"), FILTERED.values(), ids=FILTERED)
def test_response_model_with_the_field(model: str, body: str) -> None:
    code = endpoint(body, f'"/import", response_model={model}', before=GENERIC + MODELS)
    assert_as_marked(code, PATH, codes="BG020")


@pytest.mark.parametrize(("model", "body"), FILTERED.values(), ids=FILTERED)
def test_return_annotation_with_the_field(model: str, body: str) -> None:
    assert_as_marked(endpoint(body, result=f" -> {model}", before=GENERIC + MODELS), PATH, codes="BG020")


@pytest.mark.parametrize(("model", "body"), FILTERED_AWAY.values(), ids=FILTERED_AWAY)
def test_response_model_without_the_field(model: str, body: str) -> None:
    code = endpoint(body, f'"/import", response_model={model}', before=GENERIC + MODELS)
    assert_as_marked(code, PATH, codes="BG020")


@pytest.mark.parametrize(("model", "body"), FILTERED_AWAY.values(), ids=FILTERED_AWAY)
def test_return_annotation_without_the_field(model: str, body: str) -> None:
    assert_as_marked(endpoint(body, result=f" -> {model}", before=GENERIC + MODELS), PATH, codes="BG020")


def test_the_response_model_wins_over_the_annotation() -> None:
    with_field = endpoint("return job", '"/import", response_model=JobOut', " -> StatusOut")
    assert_as_marked(with_field, PATH, codes="BG020")
    without = endpoint("return job_id  # expect: BG020", '"/import", response_model=StatusOut', " -> JobOut")
    assert_as_marked(without, PATH, codes="BG020")


def test_a_response_class_as_annotation_filters_nothing() -> None:
    code = endpoint('return JSONResponse({"job_id": 1})', result=" -> JSONResponse")
    assert_as_marked(code, PATH, codes="BG020")
