"""Globs: what they leave alone, what they match, what cannot be read as one, and that none takes long."""

import copy
import pickle
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flake8_bgtasks.rules.globs import LONGEST, Glob, GlobError


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        pytest.param("app/x.py", "app/x.py/y.py", id="a file's name does not cover a directory of that name"),
        pytest.param("x.py", "app/x.py", id="a plain name is not looked for in folders"),
        pytest.param("app/*.py", "app/tasks/x.py", id="a star stays in its segment"),
        pytest.param("app/*.py", "my/app/x.py", id="a glob begins at the root"),
        pytest.param("app/?.py", "app/ab.py", id="a question mark is one character"),
        pytest.param("app?x.py", "app/x.py", id="a question mark is no slash"),
        pytest.param("app/[!a]x.py", "app//x.py", id="a negated class is no slash"),
        pytest.param("app/[!ab].py", "app/a.py", id="a negated class leaves out its members"),
        pytest.param("app/[^ab].py", "app/b.py", id="a caret negates too"),
        pytest.param("App/x.py", "app/x.py", id="case counts"),
        pytest.param("app/**/x.py", "app/ax.py", id="two stars begin and end at a slash"),
        pytest.param("**/migrations/**", "app/my_migrations/x.py", id="a folder's name is matched whole"),
        pytest.param("app/x.py", "app/xzpy", id="a dot is a dot"),
        pytest.param("app/x.py", "app/x.py\n", id="a newline at the end is a character"),
        pytest.param("app/**/a/b.py", "app/a/c/b.py", id="what follows two stars stays together"),
    ],
)
def test_leaves_alone(glob: str, path: str) -> None:
    assert not Glob(glob).matches(path)


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        pytest.param("app/api/v1/**/marketplace.py", "app/api/v1/marketplace.py", id="two stars are no segment"),
        pytest.param("app/api/v1/**/marketplace.py", "app/api/v1/a/b/marketplace.py", id="two stars are two segments"),
        pytest.param("**/migrations/**", "migrations/x.py", id="two stars at the beginning are no segment"),
        pytest.param("**/migrations/**", "app/migrations/versions/x.py", id="two stars at the end are two segments"),
        pytest.param("app/**", "app", id="two stars at the end are no segment"),
        pytest.param("**", "app/x.py", id="two stars alone are every file"),
        pytest.param("a/**/**/b.py", "a/b.py", id="two stars twice are no segment"),
        pytest.param("**/a/b.py", "a/a/b.py", id="a first try that fails is tried one segment further on"),
        pytest.param("models/*_job.py", "models/_job.py", id="a star is no character"),
        pytest.param("app/*", "app/.hidden", id="a star takes a leading dot"),
        pytest.param("app/v[12].py", "app/v2.py", id="a class"),
        pytest.param("app/v[0-9].py", "app/v7.py", id="a range"),
        pytest.param("app/[]a].py", "app/].py", id="a bracket first in its class"),
        pytest.param("app/[^]a].py", "app/b.py", id="a bracket first in its negated class"),
        pytest.param("app/[[]x].py", "app/[x].py", id="a bracket in brackets is a bracket"),
        pytest.param("app/x].py", "app/x].py", id="a closing bracket alone is a bracket"),
        pytest.param("app/[**].py", "app/*.py", id="stars in a class are stars"),
        pytest.param("!app/#x.py ", "!app/#x.py ", id="what means something to gitignore means itself"),
        pytest.param("app/(a|b)+$.py", "app/(a|b)+$.py", id="what means something to a regex means itself"),
    ],
)
def test_matches(glob: str, path: str) -> None:
    assert Glob(glob).matches(path)


@pytest.mark.parametrize(
    ("glob", "message"),
    [
        ("", "it is empty: write '**/*.py' for every Python file"),
        ("/app/x.py", "it is relative to the root: leave out the leading '/'"),
        ("./app/x.py", "it has the segment '.': write a plain path such as 'app/tasks/*.py'"),
        ("app/../x.py", "it has the segment '..': write a plain path such as 'app/tasks/*.py'"),
        ("app/", "it has the segment '': write a plain path such as 'app/tasks/*.py'"),
        ("app\\x.py", r"'\' has no meaning in it: write '/' between segments, and '[[]' for a bracket"),
        ("app/**.py", "'**' must stand alone between slashes: write '**/*.py' and not '**.py'"),
        ("app/[a.py", "a '[' in it is never closed: add ']', or write '[[]' for the bracket itself"),
        ("app/[].py", "a '[' in it is never closed: add ']', or write '[[]' for the bracket itself"),
        ("app/[!].py", "a '[' in it is never closed: add ']', or write '[[]' for the bracket itself"),
        ("app/[a/b].py", "a '[' in it is never closed: add ']', or write '[[]' for the bracket itself"),
        ("app/[z-a].py", "the range 'z-a' in it runs backwards: write 'a-z'"),
        ("a" * (LONGEST + 1), "it is longer than 1000 characters: write several shorter ones"),
    ],
)
def test_says_what_is_no_glob(glob: str, message: str) -> None:
    with pytest.raises(GlobError) as caught:
        Glob(glob)
    assert str(caught.value) == message


def test_is_a_value() -> None:
    glob = Glob("app/**/[a-c]*.py")
    assert glob == Glob("app/**/[a-c]*.py") != Glob("app/*.py")
    assert {glob: 1}[Glob("app/**/[a-c]*.py")] == 1
    assert copy.deepcopy(glob).matches("app/b.py")
    assert pickle.loads(pickle.dumps(glob)).matches("app/b.py")


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        pytest.param("a*" * 499 + "b", "a" * 4000, id="stars in one segment"),
        pytest.param("**/a/" * 150 + "b", "a/" * 1000 + "c", id="two stars again and again"),
        pytest.param("**/*a*/" * 120 + "b", "aaaa/" * 800 + "c", id="both"),
        pytest.param("**/" * 300 + "a*a*a*b", "a/" * 500 + "a" * 1000, id="one after the other"),
    ],
)
def test_hostile_globs_take_no_time(glob: str, path: str) -> None:
    before = time.process_time()
    assert not Glob(glob).matches(path)
    assert time.process_time() - before < 5


SEGMENTS = st.sampled_from(["**", "*", "?", "a", "b", "a*", "*a", "?b", "[ab]", "[!a]", "*a*b*", "ab", "*[ab]?", "A"])
PARTS = st.sampled_from(["a", "b", "ab", "ba", "aab", "abab", "A", "c", ".a"])


@given(st.lists(SEGMENTS, min_size=1, max_size=6), st.lists(PARTS, min_size=1, max_size=6))
@example(["**", "a", "**", "b", "*"], ["a", "a", "b", "b", "c"])
def test_agrees_with_a_naive_matcher(segments: list[str], parts: list[str]) -> None:
    assert Glob("/".join(segments)).matches("/".join(parts)) == match_naively(segments, parts)


@given(st.text("ab/*?[]!^-.\\ ", max_size=12), st.lists(PARTS, min_size=1, max_size=4))
def test_any_text_is_a_glob_or_an_error(text: str, parts: list[str]) -> None:
    try:
        glob = Glob(text)
    except GlobError:
        return
    assert isinstance(glob.matches("/".join(parts)), bool)


def match_naively(segments: list[str], parts: list[str]) -> bool:
    if not segments:
        return not parts
    if segments[0] == "**":
        return any(match_naively(segments[1:], parts[skipped:]) for skipped in range(len(parts) + 1))
    return bool(parts) and fit_naively(segments[0], parts[0]) and match_naively(segments[1:], parts[1:])


def fit_naively(segment: str, part: str) -> bool:
    if not segment:
        return not part
    if segment[0] == "*":
        return any(fit_naively(segment[1:], part[skipped:]) for skipped in range(len(part) + 1))
    if segment[0] == "[":
        members, rest = segment[1:].split("]", 1)
        fits = part[:1] not in members[1:] if members[0] == "!" else part[:1] in members
        return bool(part) and fits and fit_naively(rest, part[1:])
    return bool(part) and segment[0] in ("?", part[0]) and fit_naively(segment[1:], part[1:])
