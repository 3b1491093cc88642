"""Scripts that are long, deep or made to go round: an answer in a bounded number of steps, never a traceback.

Steps are counted, and never timed: the function calls that Python makes.
"""

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from flake8_bgtasks.javascript import syntax
from flake8_bgtasks.javascript.script import Script
from tests.javascript.pages import check, frontend_rules, lint

MINIFIED = (
    "!function(t,e){var n=5e3,r=t.a.b(e,function(){return n?1:2}),o={a:1,b:[1,2,'x']};"
    "for(var i=0;i<n;i++)o.b.push(i*2+r);setInterval(function(){e.poll(t)},n)}(window,document);"
)

LONG: dict[str, Callable[[int], str]] = {
    "minified code on one line": lambda n: MINIFIED * n,
    "timers": lambda n: "setInterval(poll,1000);" * 5 * n,
    "timers with delays from one long object": lambda n: (
        f"const c={{{','.join(f'a{i}:1000' for i in range(n))}}};"
        + "".join(f"setInterval(poll,c.a{i});" for i in range(n))
    ),
    "timers with delays that are all assigned": lambda n: (
        "class A{constructor(){" + "this.d=1000;" * n + "}f(){" + "setInterval(poll,this.d);" * n + "}}"
    ),
    "timers that call one long function": lambda n: (
        "function f(){fetch(n);" + "n+=1;" * n + "}" + "setInterval(()=>f(),1000);" * n
    ),
    "timers that call a chain of functions": lambda n: (
        "".join(f"function f{i}(){{f{i + 1}()}}" for i in range(n))
        + "".join(f"setInterval(f{i},1000);" for i in range(n))
    ),
    "timers within timers": lambda n: "setInterval(()=>{" * n + "},1000)" * n,
    "assignments deep within scopes": lambda n: "{a=1;" * n + "}" * n,
    "computed stores": lambda n: "const o={d:1000};" + "o[k]=1;" * n + "setInterval(poll,o.d);" * n,
    "names in many lines": lambda n: "// setInterval\nlet é = '🙂';\n" * n + "setInterval(poll,1000);",
    "comments": lambda n: "/* setInterval */" * n,
    "lines that are broken": lambda n: "const = ; setInterval(poll, 1000);\n" * n,
    "annotations": lambda n: "const a: number = 1; f(b as any);\n" * n + "setInterval(poll, 1000);",
    "placeholders": lambda n: "setInterval(poll, {{ x }});\n" * n,
    "braces that open": lambda n: "setInterval" + "{{" * n,
}


def _steps(text: str) -> int:
    """Return how many functions were called to check a script, Python's own included."""
    frontend_rules()
    script = Script("page.js", text)
    count = 0

    def profile(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        check(script)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in LONG.items()])
def test_ten_times_the_script_takes_at_most_twelve_times_the_steps(text: Callable[[int], str]) -> None:
    few, many = _steps(text(100)), _steps(text(1000))
    assert many <= 12 * few, f"{few} steps became {many}"


def test_a_script_without_the_words_is_not_parsed() -> None:
    assert _steps(MINIFIED.replace("setInterval", "setTimeout") * 1000) < 200


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("(" * 50_000, id="parentheses"),
        pytest.param("{" * 50_000, id="braces"),
        pytest.param("[" * 20_000 + "]" * 20_000, id="brackets"),
        pytest.param("`${" * 20_000, id="templates"),
        pytest.param("1+" * 20_000 + "1", id="a sum"),
        pytest.param("a=>" * 20_000 + "a", id="arrows"),
        pytest.param("a?b:" * 20_000 + "c", id="conditionals"),
        pytest.param("(() => {" * 5_000 + "})()" * 5_000, id="functions within functions"),
        pytest.param("a." * 20_000 + "b", id="members"),
        pytest.param("f(" * 20_000 + ")" * 20_000, id="calls"),
        pytest.param("- " * 20_000 + "1", id="signs"),
    ],
)
def test_deep_nesting(text: str) -> None:
    check(Script("page.js", f"setInterval(poll, {text});\nsetInterval(() => {{ {text} }}, 1000); // BackgroundTasks"))
    check(Script("page.js", f"x = {text};\nsetInterval({text}, x);"))


def test_choices_that_double_at_every_step() -> None:
    text = "const a0 = x ? 1 : 2;" + "".join(f"const a{i + 1} = x ? a{i} + 1 : a{i} * 2;" for i in range(100))
    assert len(check(Script("page.js", f"{text} setInterval(poll, a20); setInterval(poll, a99);"))) <= 2


def test_what_lies_side_by_side_in_an_error_is_walked_and_never_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    """A query takes the square of it, in the parser's own code, where no step of Python's is counted."""
    import tree_sitter

    def walked(times: int) -> int:
        root = syntax.parse("f(;\n" * times)
        assert max(error.child_count for error in syntax._errors(root)) > syntax._WIDE
        nodes: list[object] = []
        walk = syntax._walked
        with monkeypatch.context() as patched:
            patched.setattr(syntax, "_walked", lambda root: (nodes.append(node) or node for node in walk(root)))
            patched.setattr(tree_sitter, "QueryCursor", None)
            assert len(syntax.find(root, frozenset({"identifier"}))) > times - 10
        return len(nodes)

    assert walked(2_000) <= 2.1 * walked(1_000)


EVERYTHING = """\
// BackgroundTasks
import Page, { every as each } from "./pages.js";
const { delay = 1000, inner: { deep = 5 }, ...others } = options, [first, , last = 2] = list;
var a = -3000, b = +"5", c = 6000 - 1000, d = 8 / 2, e = f ? 1000 : 5000, g = (h, 3000), i = 1_000n;
class Poller extends (Page) {
  static every = 3_000;
  #timer = null;
  constructor({ delay } = {}) { super(); this.delay = delay; [this.x, this["y"]] = [1, 2]; }
  get interval() { return this.delay; }
  ["start"]() { setInterval(() => this.poll(), Poller.every); setInterval(this.tick.bind(this), this.interval); }
  poll() { new Date(); fetch(`/jobs/${this.id}`)?.then((r) => r.json()); }
  tick() { $(".clock").text(new Intl.DateTimeFormat().format(Date.now())); label: for (const x of this) { continue label; } }
}
const page = { init, activeTask: null, "poll": function () {}, async load() { await 1; }, [key]: 1, ...others };
Object.assign(page, { delay: 2000 }); page.delay ??= 3000; delete page.delay; page.n++;
try { window.setInterval(poll, page.delay); } catch { globalThis.setInterval(poll, 5e3 * 2); } finally { }
function poll(...args) { switch (args[0]) { case 1: return; default: throw new Error("x"); } }
"""


@pytest.mark.parametrize("width", [1, 7, 40])
def test_a_script_that_lacks_a_piece_anywhere_is_read_all_the_same(width: int) -> None:
    for start in range(0, len(EVERYTHING), 5):
        for text in (EVERYTHING[:start], EVERYTHING[:start] + EVERYTHING[start + width :]):
            for found in lint(text):
                assert 1 <= found.line <= text.count("\n") + 1
