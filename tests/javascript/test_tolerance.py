"""What is no JavaScript does not silence the rest of the file, and says nothing by itself."""

import pytest

from tests.javascript.pages import assert_as_marked, lint

AFTER = "\nconst DELAY = 1000;\nclass Page { start() { setInterval(() => this.poll(), DELAY); } } // expect: BG041\n"

BROKEN = {
    "a declaration without a name": "const = ;",
    "a brace too many": "function f() { }}",
    "a parenthesis that is not closed": "if (x { f(); }",
    "a bracket that is not closed": "const a = [1, 2;\nf();",
    "a header that is not closed": "function f( {\n  g();\n}",
    "a comma too many": "const a = { b: 1 , , c: 2 };",
    "a call that is not closed": "f(1, 2;\ng();",
    "a string that is not closed": "const a = 'b;\n",
    "an operator in the air": "const a = b + ;",
    "half an import": "import { a from 'b';",
    "half a class": "class A { x = ; y() { return 1 }",
    "an arrow that goes nowhere": "const f = (a, b) => ;",
    "a template's condition": "{% if user.is_admin %}\nf();\n{% endif %}",
    "a template's loop": "{% for x in xs %} f({{ x }}); {% endfor %}",
    "a template's value": "const user = {{ user|tojson }};",
    "a template's comment": "{# TODO #}\nf();",
    "a template's value with quotes": 'const t = "{{ _("hello") }}";',
    "another template's value": "const user = <%= user %>;\n<% if (x) { %> f(); <% } %>",
    "an interface": "interface Job { id: number; status?: string; }",
    "a type": "type Status = 'pending' | 'running';",
    "annotations": "function f(a: string, b?: number): Promise<void> { return g(a as any, b!); }",
    "modifiers": "class A { private readonly x: Map<string, number> = new Map(); }",
    "generics": "const xs = useState<Job[]>([]);",
    "an enum": "enum Status { Pending = 'pending' }",
    "decorators": "@customElement('x') class A { @property() x; }",
    "a shebang": "#!/usr/bin/env node",
    "an old comment of HTML": "<!-- hidden\nf();\n-->",
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in BROKEN.items()])
def test_the_rest_of_the_file_is_read(text: str) -> None:
    assert_as_marked(text + AFTER)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("const DELAY: number = 1000;\nsetInterval(poll, DELAY); // expect: BG041", id="a const"),
        pytest.param(
            "class A { private readonly delay: number = 1000; f(): void { setInterval(g, this.delay); } } // expect: BG041",
            id="a field",
        ),
        pytest.param(
            "const C = { delay: 1000 } as const;\nsetInterval(poll, C.delay); // expect: BG041", id="as const"
        ),
        pytest.param("setInterval(poll as any, 1000); // expect: BG041", id="a cast"),
        pytest.param("function f(delay: number) { setInterval(poll, delay); }", id="a parameter: silent"),
        pytest.param("setInterval((): void => { this.now = Date.now(); }, 1000);", id="a clock: silent"),
        pytest.param(
            "let delay: number = 1000;\ndelay = next() as number;\nsetInterval(poll, delay);", id="a let: silent"
        ),
    ],
)
def test_delays_with_annotations(text: str) -> None:
    assert_as_marked(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("setInterval(poll, {{ delay }});", id="a delay that the template gives"),
        pytest.param("const DELAY = {{ delay|default(1000) }};\nsetInterval(poll, DELAY);", id="its default"),
        pytest.param("const c = { delay: {{ delay }} };\nsetInterval(poll, c.delay);", id="a property that it gives"),
        pytest.param("setInterval(poll, {{ seconds }}000);", id="a delay that it gives in seconds"),
        pytest.param("setInterval(poll, 1000 * {{ seconds }});", id="a product of what it gives"),
        pytest.param(
            "setInterval(() => { this.now = '{{ x }}' + {{ y|tojson }}; }, 1000);", id="a clock with its value"
        ),
        pytest.param("setInterval(poll, ", id="a call that ends in the air"),
        pytest.param("setInterval(poll, 1000 +", id="a delay that ends in the air"),
        pytest.param("", id="nothing"),
        pytest.param("\ufeff\n", id="a mark and nothing"),
        pytest.param("\0\0\0", id="zeros"),
        pytest.param("\ud800 = 1;", id="half a character"),
    ],
)
def test_what_cannot_be_told_is_silent(text: str) -> None:
    assert not lint(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("class P { a = {{ a }}; f() { setInterval(poll, 1000); } } // expect: BG041", id="in a class"),
        pytest.param("const p = { a: {{ a }}, f() { setInterval(poll, 1000); } }; // expect: BG041", id="in an object"),
        pytest.param(
            "class P {\n{% if a %}\nd = 1000;\n{% endif %}\nf() { setInterval(poll, this.d); } // expect: BG041\n}",
            id="around a field",
        ),
    ],
)
def test_placeholders_around_a_timer(text: str) -> None:
    assert_as_marked(text)


def test_half_a_conditional_annotation_is_left_alone() -> None:
    assert_as_marked("const = ;\nconst d = x ? A : B, A = 1000, B = 5000;\nsetInterval(poll, d); // expect: BG041")


def test_a_byte_order_mark_does_not_count_as_a_column() -> None:
    assert [violation[:2] for violation in lint("\ufeffsetInterval(poll, 1000);")] == [(1, 0)]


@pytest.mark.parametrize(
    "end", [pytest.param(end, id=name) for name, end in (("CRLF", "\r\n"), ("CR", "\r"), ("LF", "\n"))]
)
def test_line_ends(end: str) -> None:
    text = end.join(["// one", "/* two", "three */", "", "  setInterval(poll, 1000);", ""])
    assert [violation[:2] for violation in lint(text)] == [(5, 2)]
