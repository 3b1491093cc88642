"""What a page must have, and where it counts."""

import pytest

from tests.javascript.pages import lint, messages, one_rule

PAGE = "// starts BackgroundTasks\n"

MET = {
    "a method and a property": "export default { init() {}, activeTask: null };",
    "functions and variables": "function init() {}\nlet activeTask;",
    "a quoted key": "const page = { 'init': 1, \"activeTask\": 2 };",
    "a subscript": "this['activeTask'] = 1; page['init']();",
    "private names": "class Page { #init() {} _activeTask = 1; }",
    "a dollar": "$init(); $activeTask = 1;",
    "longer names at a word boundary": "initPage(); activeTaskId = 1;",
    "longer names in snake case": "init_page(); activeTask_id = 1;",
    "a plural": "init(); activeTasks = [];",
    "a method that is assigned": "Page.prototype.init = function () { this.activeTask = 1; };",
    "a name that is imported": "import { init, activeTask } from './tasks.js';",
    "a name that is taken apart": "const { activeTask } = page; init();",
    "a use in a template": "show(`${activeTask}`); init();",
    "a use in an attribute of JSX": "const page = <Page init={1} task={activeTask} />;",
}

UNMET = {
    "a comment": "// init activeTask",
    "a block comment": "/* init() { this.activeTask } */",
    "a string": "log('init', 'activeTask');",
    "a template's text": "log(`init activeTask`);",
    "a regex": "/init activeTask/.test(x);",
    "the middle of a word": "initial(); inactiveTask = 1; reinit(); reactiveTask = 1;",
    "the end of a word": "pageInit(); hasActiveTask = 1; checkactiveTask();",
    "another case": "INIT(); ActiveTask();",
    "text in JSX": "const page = <p>init activeTask</p>;",
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in MET.items()])
def test_what_stands_in_code_counts(text: str) -> None:
    assert not lint(PAGE + text)


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in UNMET.items()])
def test_what_stands_elsewhere_does_not(text: str) -> None:
    assert messages(PAGE + text) == ["this page starts background tasks but never uses init and never uses activeTask"]


def test_a_page_that_says_nothing_of_the_words_is_not_asked() -> None:
    assert not lint("startImport();")
    assert not lint("")


def test_what_is_missing_is_said_at_the_first_line() -> None:
    assert [violation[:3] for violation in lint("\n\n" + PAGE + "init();")] == [(1, 0, "BG040")]
    assert messages(PAGE + "init();") == ["this page starts background tasks but never uses activeTask"]


@pytest.mark.parametrize(
    ("requirement", "text", "said"),
    [
        pytest.param("must_contain: poll", "poll();", [], id="without a condition, met"),
        pytest.param("must_contain: poll", "", ["this page never uses poll"], id="without a condition, an empty file"),
        pytest.param(
            "must_contain: poll, when_contains: [jobs, tasks]",
            "'tasks'",
            ["this page mentions tasks but never uses poll"],
            id="any word of the condition",
        ),
        pytest.param("must_contain_one_of: [a, b]", "b();", [], id="one of two"),
        pytest.param("must_contain_one_of: [a, b]", "", ["this page never uses a or never uses b"], id="none of two"),
        pytest.param("must_reference: Page", "Pages();", ["this page never uses Page"], id="a reference is exact"),
        pytest.param("must_reference: Page", "new Page();", [], id="a reference is met"),
        pytest.param("must_contain: 'poll()'", "this.poll(1);", [], id="a call, whatever its arguments"),
        pytest.param("must_contain: 'poll()'", "f(poll);", ["this page never calls poll()"], id="no call"),
        pytest.param("must_contain: 'jobs.poll()'", "window.jobs?.poll();", [], id="a dotted call"),
        pytest.param("must_contain: 'this.poll()'", "this.poll();", [], id="a call of this"),
        pytest.param(
            "must_contain: 'jobs.poll()'", "poll();", ["this page never calls jobs.poll()"], id="another dotted call"
        ),
        pytest.param("must_contain: 'a = null'", "this.a = null;", [], id="text"),
        pytest.param(
            "must_contain: 'a = null'", "b(); // a = null", ["this page has no a = null"], id="text in a comment"
        ),
        pytest.param("should_match: 'poll\\('", "poll();", [], id="a regex of another shape, met"),
        pytest.param(
            "should_match: 'poll\\('",
            "// poll()",
            ["this page has no match for the pattern that the rule asks for"],
            id="a regex of another shape, in a comment",
        ),
        pytest.param(
            "should_match: 'setTimeout.*[3-5]000'",
            "setTimeout(poll, 1000);",
            ["setTimeout() waits 1000 ms instead of 3000 to 5000"],
            id="another timer",
        ),
        pytest.param(
            "should_match: 'startPolling.*5000'",
            "this.startPolling('x', 1000); startPolling();",
            ["startPolling() is given 1000 instead of 5000"],
            id="another function",
        ),
    ],
)
def test_rules_of_a_team_s_own(requirement: str, text: str, said: list[str]) -> None:
    assert messages(text, one_rule(requirement=requirement)) == said


@pytest.mark.parametrize(
    ("pattern", "text", "places"),
    [
        pytest.param("alert\\(", "// alert(1)\n/* alert(2)\nalert(3) */", [], id="comments are blank"),
        pytest.param("alert\\(", "f(); alert(1); alert(2);\nalert(3)", [(1, 5), (2, 0)], id="one finding per line"),
        pytest.param("alert\\(", "f(); /* é\r\n\r\n*/ alert(1)", [(3, 3)], id="after a comment over lines"),
        pytest.param("^alert$", "alert\r\n", [(1, 0)], id="line ends are not part of a line"),
        pytest.param("alert", "x" * 100_001 + "; alert(1);", [], id="a line that is minified"),
        pytest.param("poll.*1000", "poll(1000); a.poll(x, 1000);\npoll(10000);", [(1, 0), (1, 12)], id="a call"),
        pytest.param("window\\.setInterval.*1000", "setInterval(x, 1000);", [(1, 0)], id="a timer of the window"),
        pytest.param("setTimeout.*1000", "setTimeout(poll, 1000); o.setTimeout(poll, 1000);", [(1, 0)], id="a timeout"),
        pytest.param("poll.*1000", "'poll(1000)'; // poll(1000)", [], id="a call that is none"),
    ],
)
def test_anti_patterns_of_a_team_s_own(pattern: str, text: str, places: list[tuple[int, int]]) -> None:
    found = lint(text, one_rule(anti_pattern=f"pattern: '{pattern}', message: said"))
    assert [(violation.line, violation.column, violation.text) for violation in found] == [
        (*one, "said") for one in places
    ]


def test_an_anti_pattern_without_a_message_says_its_pattern() -> None:
    assert messages("alert(1)", one_rule(anti_pattern="pattern: 'alert'")) == ["matches alert"]
