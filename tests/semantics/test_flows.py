"""Where values flow into names: each spelling gives a flow, by kind and name."""

import ast

import pytest

from flake8_bgtasks.semantics.flows import flows, is_event, is_filter, is_log, open_flows
from tests.linting import read

FLOWS = {
    "an attribute": ("x.status = v", "STORE status"),
    "an annotated attribute": ("x.status: str = v", "STORE status"),
    "a variable": ("status = v", "VARIABLE status"),
    "an annotated variable": ("status: str = v", "VARIABLE status"),
    "an annotation alone": ("status: str", ""),
    "several targets": ("x.status = status = v", "STORE status, VARIABLE status"),
    "a tuple": ("x.status, y = v, w", "STORE status, VARIABLE y"),
    "a tuple of something else": ("x.status, y = v", "STORE status, VARIABLE y"),
    "a star": ("*status, y = v", "VARIABLE status, VARIABLE y"),
    "a walrus": ("(status := v)", "VARIABLE status"),
    "an addition": ("x.status += v", "STORE status"),
    "a subscript": ("x['status'] = v", "STORE status"),
    "a subscript of a column": ("x[Job.status] = v", "STORE status"),
    "a keyword": ("f(status=v)", "KEYWORD status, NAMED_CALL f"),
    "a dict": ("{'status': v}", "ENTRY status"),
    "a dict of columns": ("{Job.status: v}", "ENTRY status"),
    "a dict of other things": ("{1: v, **w}", ""),
    "setattr": ("setattr(x, 'status', v)", "STORE status"),
    "a name and its value": ("f('status', v)", "PAIRED status, NAMED_CALL f, NAMED_CALL f"),
    "a text that is no name": ("f('no status', v)", "NAMED_CALL f, NAMED_CALL f"),
    "a call": ("set_status(v)", "NAMED_CALL set_status"),
    "a parameter's default": ("def g(a, status=v): ...\n", "DEFAULT status"),
    "SQL": ("f(\"UPDATE jobs SET status = 'x', a = 1\")", "NAMED_CALL f, SQL status, SQL a"),
    "a text by itself": ("\"UPDATE jobs SET status = 'x'\"", ""),
    "reading": ("y(x.status)", "NAMED_CALL y"),
    "comparing": ("x.status == v", ""),
    "deleting": ("del x.status", ""),
}


@pytest.mark.parametrize(("code", "found"), FLOWS.values(), ids=FLOWS)
def test_flows(code: str, found: str) -> None:
    """Kind and name, in any order."""
    source = read(code, "a.py")
    wanted = sorted(found.split(", ")) if found else []
    assert sorted(f"{flow.kind.name} {flow.name}" for flow in flows(source, source.tree)) == wanted


def test_only_a_functions_own_body() -> None:
    """What a function inside it does is its own."""
    source = read("def f(a=1):\n    x.b = 1\n    def g(c=2):\n        x.d = 1\n", "a.py")
    outer, inner = source.functions()
    assert [flow.name for flow in flows(source, outer)] == ["a", "b"]
    assert [flow.name for flow in flows(source, inner)] == ["c", "d"]


def test_only_names_with_a_stem() -> None:
    """Case is ignored."""
    source = read("def f():\n    x.b = 1\n    x.STATUS = 1\n", "a.py")
    (function,) = source.functions()
    assert [flow.name for flow in flows(source, function, "status")] == ["STATUS"]


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("setattr(x, key, v)", 1),
        ("setattr(x, 'status', v)", 0),
        ("f(**values)", 1),
        ("f(**{'status': v})", 0),
        ("f(status=v)", 0),
        ("x[key] = v", 1),
        ("x['status'] = v", 0),
    ],
)
def test_open_flows(code: str, count: int) -> None:
    """Writes to names that only the run time knows."""
    source = read(f"def f():\n    {code}\n", "a.py")
    (function,) = source.functions()
    assert len(list(open_flows(source, function))) == count


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("query.filter_by(status=v)", "filter"),
        ("crud.get_multi(status=v)", "filter"),
        ("crud.get_or_create(status=v)", ""),
        ("list(status=v)", ""),
        ("crud.list(status=v)", "filter"),
        ("logger.info(status=v)", "log"),
        ("self.logger.error(status=v)", "log"),
        ("logging.getLogger(__name__).warning(status=v)", "log"),
        ("log.bind(status=v)", "log"),
        ("print(v)", "log"),
        ("dialog.info(status=v)", ""),
        ("job.error(status=v)", ""),
        ("JOBS.labels(status=v)", "log"),
        ("metrics.put(status=v)", "log"),
        ("span.set_attribute('status', v)", "log"),
        ("JobEvent(status=v)", "event"),
        ("bus.publish(status=v)", "event"),
        ("ws.send_json(v)", "event"),
        ("JobLog(status=v)", ""),
        ("repo.update(status=v)", ""),
        ("f()(status=v)", ""),
    ],
)
def test_what_stores_nothing(code: str, kind: str) -> None:
    """By the name of what is called."""
    call = ast.parse(code, mode="eval").body
    assert isinstance(call, ast.Call)
    found = {"filter": is_filter(call), "log": is_log(call), "event": is_event(call)}
    assert " ".join(name for name, answer in found.items() if answer) == kind
