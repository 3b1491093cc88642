"""Which delay a timer has, as far as the file says; what it does not say is not reported."""

import pytest

from tests.javascript.pages import assert_as_marked, lint, messages

SILENT = {
    "five seconds as a difference": "setInterval(poll, 6000 - 1000);",
    "a number that is too long to be one": "setInterval(poll, 1000" + "0" * 60 + ");",
    "three seconds": "setInterval(poll, 3000);",
    "five seconds": "setInterval(poll, 5000);",
    "between three and five seconds": "setInterval(poll, 3500);",
    "five seconds with a separator": "setInterval(poll, 5_000);",
    "five seconds with an exponent": "setInterval(poll, 5e3);",
    "five seconds as a product": "setInterval(poll, 5 * 1000);",
    "four seconds in hexadecimal": "setInterval(poll, 0xfa0);",
    "a parameter": "function watch(delay) { setInterval(poll, delay); }",
    "a parameter with a default": "function watch(delay = 1000) { setInterval(poll, delay); }",
    "an import": "import { DELAY } from './config.js';\nsetInterval(poll, DELAY);",
    "run time": "setInterval(poll, Number(el.dataset.delay));",
    "a default by or": "setInterval(poll, options.delay || 1000);",
    "a default by nullish": "const delay = options.delay ?? 1000;\nsetInterval(poll, delay);",
    "no delay": "setInterval(poll);",
    "no argument": "setInterval();",
    "arguments that are spread": "setInterval(...[poll, 1000]);",
    "a let that changes": "let delay = 1000;\ndelay = next();\nsetInterval(poll, delay);",
    "a let that grows": "let delay = 1000;\nfunction slower() { delay *= 2; }\nsetInterval(poll, delay);",
    "a let that counts": "let delay = 1000;\nsetInterval(poll, delay++);",
    "a let that a pattern sets": "let delay = 1000;\n[delay] = options;\nsetInterval(poll, delay);",
    "a let that a loop sets": "let delay = 1000;\nfor (delay of delays) {}\nsetInterval(poll, delay);",
    "a var that is declared twice": "var delay = 1000;\nvar delay = 5000;\nsetInterval(poll, delay);",
    "a name of another function": "function f() { const d = 1000; }\nfunction g() { setInterval(poll, d); }",
    "a name that a parameter hides": "const d = 1000;\nconst watch = (d) => setInterval(poll, d);",
    "a name that a block hides": "const d = 1000;\n{ const d = 5000; setInterval(poll, d); }",
    "a name that catch hides": "const d = 1000;\ntry { x(); } catch (d) { setInterval(poll, d); }",
    "a property that changes": "const c = { delay: 1000 };\nc.delay = load();\nsetInterval(poll, c.delay);",
    "a property that may change": "const c = { delay: 1000 };\nfunction set(o) { o.delay = 5000; }\nsetInterval(poll, c.delay);",
    "a property that any key may change": "const c = { delay: 1000 };\nc[key] = 1;\nsetInterval(poll, c.delay);",
    "a property that Object.assign may change": """
        class Page {
          delay = 1000;
          constructor(options) { Object.assign(this, options); }
          start() { setInterval(() => this.poll(), this.delay); }
        }""",
    "a property that a spread may change": "const c = { delay: 1000, ...options };\nsetInterval(poll, c.delay);",
    "a property that a computed key may change": "const c = { delay: 1000, [key]: 1 };\nsetInterval(poll, c.delay);",
    "a computed property": "const c = { delay: 1000 };\nsetInterval(poll, c[key]);",
    "a property of another object": "const c = { delay: 1000 };\nsetInterval(poll, d.delay);",
    "a property of another class": """
        class A { delay = 1000; }
        class B { start() { setInterval(poll, this.delay); } }""",
    "this of a plain function": """
        const page = { delay: 1000, start() { run(function () { setInterval(poll, this.delay); }); } };""",
    "a constructor that decides": """
        class Page {
          delay = 5000;
          constructor(fast) { if (fast) { this.delay = 1000; } }
          start() { setInterval(poll, this.delay); }
        }""",
    "a constructor that is told": """
        class Page {
          constructor(options) { this.delay = options.delay || 1000; }
          start() { setInterval(poll, this.delay); }
        }""",
    "a method that sets it later": """
        class Page {
          constructor() { this.delay = 1000; }
          slow() { this.delay = 5000; }
          start() { setInterval(poll, this.delay); }
        }""",
    "a method that sets it first": """
        class Page {
          init() { this.delay = 1000; }
          start() { setInterval(poll, this.delay); }
        }""",
    "a constructor that sets what is not set": """
        class Page { constructor() { this.delay ||= 1000; } start() { setInterval(poll, this.delay); } }""",
    "a setter and a getter": """
        const c = { set delay(value) {}, get delay() { return 1000; } };
        setInterval(poll, c.delay);""",
    "a name that a loop hides": "const d = 1000;\nfor (const d of ds) { setInterval(poll, d); }",
    "a getter with a condition": """
        class Page { get delay() { if (x) { return 1000; } return 5000; } start() { setInterval(poll, this.delay); } }""",
    "a getter and a setter": """
        const c = { get delay() { return 1000; }, set delay(value) {} };
        setInterval(poll, c.delay);""",
    "a name that is bound to itself": "const a = a;\nsetInterval(poll, a);",
    "names that are bound to each other": "const a = b.x, b = a.x;\nsetInterval(poll, a);",
    "keys of properties that any key may change": """
        const page = { delays: { slow: 1000 } };
        page.delays[key] = page.delays[other];
        setInterval(poll, page.delays.slow);""",
    "properties that go round": "const c = { a: c.a };\nc.a.a = 1;\nsetInterval(poll, c.a);",
    "a BigInt, which no timer takes": "setInterval(poll, 1000n);",
    "another unit's product": "setInterval(poll, delay * 1000);",
    "division by zero": "setInterval(poll, 1 / 0);",
    "a method of another object": "timers.setInterval(poll, 1000);",
    "a method of this": "class A { f() { this.setInterval(poll, 1000); } }",
    "a function of the file called setInterval": "function setInterval(f, ms) {}\nsetInterval(poll, 1000);",
    "an imported setInterval": "import { setInterval } from 'timers/promises';\nsetInterval(poll, 1000);",
    "self that is not the window": "const self = this;\nself.setInterval(poll, 1000);",
    "a function that is not called": "const every = setInterval;",
    "a longer name": "setIntervals(poll, 1000);",
    "a mention in a string": "log('setInterval(poll, 1000)');",
    "a mention in a comment": "// setInterval(poll, 1000)\n/* setInterval(poll, 10000) */",
    "a back-off by setTimeout": "setTimeout(poll, 1000);",
    "another number among the arguments": "setInterval(poll, 5000, 1000);",
    "another number in the callback": "setInterval(() => { setTimeout(poll, 1000); }, 5000);",
    "another number on the line": "setInterval(poll, 4000); wait(1000);",
}

SPEAKING = {
    "one second": "setInterval(poll, 1000);",
    "ten seconds": "setInterval(poll, 10000);",
    "one second and a half": "setInterval(poll, 1500);",
    "more than five seconds": "setInterval(poll, 5001);",
    "a minute": "setInterval(poll, 60_000);",
    "half a second": "setInterval(poll, .5e3);",
    "no time at all": "setInterval(poll, 0);",
    "a product": "setInterval(poll, 2 * 1_000);",
    "a quotient": "setInterval(poll, 60000 / 10);",
    "a sum in parentheses": "setInterval(poll, (500 + 500));",
    "a sign": "setInterval(poll, +1000);",
    "a const": "const DELAY = 1000;\nsetInterval(poll, DELAY); // expect: BG041",
    "a const of seconds": "const SECONDS = 10;\nsetInterval(poll, SECONDS * 1000); // expect: BG041",
    "a const of a const": "const A = 500, B = A * 2;\nsetInterval(poll, B); // expect: BG041",
    "a const of the module, seen from a method": """
        const DELAY = 1000;
        const page = { init() { setInterval(() => this.poll(), DELAY); } }; // expect: BG041""",
    "a const that is declared below": """
        function start() { setInterval(poll, DELAY); } // expect: BG041
        const DELAY = 1000;""",
    "an exported const": "export const DELAY = 1000;\nsetInterval(poll, DELAY); // expect: BG041",
    "a let that never changes": "let delay = 1000;\nsetInterval(poll, delay); // expect: BG041",
    "a var in a function": "function f() { if (x) { var d = 1000; }\n setInterval(poll, d); // expect: BG041\n}",
    "a name that changes in another function": """
        const d = 1000;
        function f(d) { d = 5000; }
        setInterval(poll, d); // expect: BG041""",
    "a property of an object": "const c = { delay: 1000 };\nsetInterval(poll, c.delay); // expect: BG041",
    "a quoted property": "const c = { 'delay': 1000 };\nsetInterval(poll, c['delay']); // expect: BG041",
    "a property of a property": "const c = { poll: { delay: 1000 } };\nsetInterval(poll, c.poll.delay); // expect: BG041",
    "a shorthand property": "const delay = 1000, c = { delay };\nsetInterval(poll, c.delay); // expect: BG041",
    "a property after a spread": "const c = { ...options, delay: 1000 };\nsetInterval(poll, c.delay); // expect: BG041",
    "a property taken apart": "const c = { delay: 1000 };\nconst { delay: d } = c;\nsetInterval(poll, d); // expect: BG041",
    "a property that another object changes": """
        const c = { delay: 1000 }, other = { delay: 1 };
        other.delay = 5000;
        setInterval(poll, c.delay); // expect: BG041""",
    "a frozen object": "const c = Object.freeze({ delay: 1000 });\nsetInterval(poll, c.delay); // expect: BG041",
    "a component's own property": """
        Alpine.data("page", () => ({
          pollDelay: 1000,
          init() { this.timer = setInterval(() => this.poll(), this.pollDelay); }, // expect: BG041
        }));""",
    "a component's own property, in a function": """
        const page = {
          delay: 1000,
          init: function () { const that = this; run(function () { setInterval(poll, that.delay); }); }, // expect: BG041
        };""",
    "a field": "class A { delay = 1000; start() { setInterval(poll, this.delay); } } // expect: BG041",
    "a private field": "class A { #delay = 1000; start() { setInterval(poll, this.#delay); } } // expect: BG041",
    "a static field": "class A { static DELAY = 1000; start() { setInterval(poll, A.DELAY); } } // expect: BG041",
    "an object's field": "class A { delay = 1000; }\nconst a = new A();\nsetInterval(poll, a.delay); // expect: BG041",
    "a field whose function is an arrow": "class A { d = 1000; start = () => { setInterval(poll, this.d); }; } // expect: BG041",
    "a getter": "class A { get delay() { return 1000; } start() { setInterval(poll, this.delay); } } // expect: BG041",
    "a static getter": "class A { static get D() { return 1000; } start() { setInterval(poll, A.D); } } // expect: BG041",
    "a base class's field": """
        class Base { delay = 1000; }
        class Page extends Base { start() { setInterval(poll, this.delay); } } // expect: BG041""",
    "an assignment in the constructor": """
        class Page {
          constructor() { this.delay = 1000; }
          start() { setInterval(poll, this.delay); } // expect: BG041
        }""",
    "a field that the constructor sets at once": """
        class Page {
          delay = 5000;
          constructor() { this.delay = 1000; }
          start() { setInterval(poll, this.delay); } // expect: BG041
        }""",
    "each arm of a conditional": "setInterval(poll, fast ? 1000 : 5000);",
    "the other arm": "const d = fast ? 5000 : 1000;\nsetInterval(poll, d); // expect: BG041",
    "an arm whose other arm is unknown": "setInterval(poll, fast ? 1000 : slow);",
    "arms within arms": "setInterval(poll, a ? (b ? 5000 : 4000) : c ? 3000 : 7000);",
    "window": "window.setInterval(poll, 1000);",
    "globalThis": "globalThis.setInterval(poll, 1000);",
    "self": "self.setInterval(poll, 1000);",
    "an optional call": "window?.setInterval?.(poll, 1000);",
    "a quoted name": "window['setInterval'](poll, 1000);",
    "a call over several lines": """
        timer = setInterval( // expect: BG041
          () => poll(),
          1000,
        );""",
    "a comment among the arguments": "setInterval(poll, /* every second */ 1000);",
    "an async callback": "setInterval(async () => { await poll(); }, 1500);",
    "React": "useEffect(() => { const id = setInterval(poll, 1000); return () => clearInterval(id); });",
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in SILENT.items()])
def test_silent(text: str) -> None:
    assert_as_marked(text)


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in SPEAKING.items()])
def test_reported(text: str) -> None:
    assert_as_marked(text if "expect:" in text else f"{text} // expect: BG041")


@pytest.mark.parametrize(
    ("delay", "message"),
    [
        pytest.param("1000", "1 second polling is too frequent", id="an anti-pattern speaks for itself"),
        pytest.param("10000", "10 second polling may feel unresponsive", id="1000 is not met by 10000"),
        pytest.param("2000", "setInterval() waits 2000 ms instead of 3000 to 5000", id="else the pattern to match"),
        pytest.param(
            "x ? 1500.5 : 2e3", "setInterval() waits 1500.5 or 2000 ms instead of 3000 to 5000", id="two arms"
        ),
        pytest.param("x ? 2000 : 1000", "1 second polling is too frequent", id="an anti-pattern goes first"),
        pytest.param("1e999", "setInterval() waits inf ms instead of 3000 to 5000", id="a number that is too large"),
    ],
)
def test_a_call_has_one_finding(delay: str, message: str) -> None:
    assert messages(f"setInterval(poll, {delay});") == [message]


def test_the_place_is_where_the_call_starts() -> None:
    [violation] = lint("f();\r\nthis.timer = window.setInterval(\r\n  poll, 1000);\r\n")
    assert violation[:3] == (2, 13, "BG041")


def test_columns_count_characters() -> None:
    [violation] = lint("const été = '🙂 ü'; setInterval(poll, 1000);")
    assert violation[:2] == (1, 19)


def test_names_that_differ_in_an_accent_are_two_names() -> None:
    assert_as_marked("const dé = 1000, dè = 5000;\nsetInterval(poll, dè);\nsetInterval(poll, dé); // expect: BG041")
