"""With the seam flake8 says word for word what it says without it: its own checks, other plugins', and ours."""

import multiprocessing
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.host.runs import with_seam, without_seam

RULES = """\
background_task_rules:
  - id: BG-010
    name: Standard values
    severity: warning
    anti_patterns:
      - pattern: "status.*=.*processing"
        message: "Use 'running' instead of 'processing'"
  - id: BG-030
    name: Tasks say that they run
    severity: error
    patterns:
      - file: "app/tasks/*.py"
        must_contain: 'status = "running"'
  - id: BG-101
    name: A rule of a team's own
    severity: info
    patterns:
      - file: "app/jobs.py"
        must_contain: "audit"
"""
LOCAL = """\
class Same:
    "A plugin whose codes are selected together with ours, or are not."
    name, version = "same", "1"

    def __init__(self, tree):
        pass

    def run(self):
        yield 1, 0, "BG900 said of every file", type(self)


def lines(physical_line):
    if "status" in physical_line:
        return 0, "BX100 a line speaks of a status"
"""
FILES = {
    "app/tasks/products.py": "import os\ndef import_products(job_id):\n    do(job_id)\n",
    "app/tasks/muted.py": "# flake8: noqa\nimport os\ndef import_products(job_id):\n    do(job_id)\n",
    "app/tasks/partly.py": "# flake8: noqa: BG030\ndef import_products(job_id):\n    do(job_id)\n",
    "app/jobs.py": "def start(job):\n    job.status = 'processing'\n    job.status = 'processing'  # noqa\n"
    "    job.status = 'processing'  # noqa: BG010\n    job.status = 'processing'  # noqa: E501\n"
    "    job.status = '''\n    processing'''; job.status = 'processing'  # noqa: BG\n",
    "app/other.py": "import sys\nx = 1 \ntry:\n    x += 1\nexcept:\n    pass\n",
    "app/bugs.py": "def f(a=[]):\n    for i in a:\n        lambda: i\n    assert False\n",
    "app/latin.py": "x = 'caf\xe9'\n".encode("latin-1"),
    "app/empty.py": "",
}
OPTIONS = {
    "all checks": (),
    "only ours": ("--select=BG",),
    "one of ours": ("--select=BG03",),
    "a code of a team's own": ("--select=BG101",),
    "ours and another's": ("--select=BG,F",),
    "ours and another's, extended": ("--select=BG", "--extend-select=W"),
    "a prefix that covers more than ours": ("--select=B",),
    "a bug": ("--select=B006",),
    "ours extended": ("--extend-select=BG",),
    "ours but one": ("--select=BG", "--ignore=BG010"),
    "counted": ("--select=BG", "--count"),
    "with statistics": ("--select=BG", "--statistics"),
    "quietly": ("--select=BG", "-q"),
    "more quietly": ("--select=BG", "-qq"),
    "with the source": ("--select=BG", "--show-source"),
    "in another format": ("--select=BG", "--format=pylint"),
    "in a format of one's own": ("--select=BG", "--format=%(code)s %(path)s %(row)d %(col)d"),
    "in colours": ("--select=BG", "--color=always"),
    "never failing": ("--select=BG", "--exit-zero"),
    "without noqa": ("--select=BG", "--disable-noqa"),
    "loudly": ("--select=BG", "-v"),
    "with an exclude": ("--select=BG", "--exclude=app/tasks"),
    "with one more exclude": ("--select=BG", "--extend-exclude=jobs.py"),
    "with ignores for one file": ("--select=BG", "--per-file-ignores=app/tasks/*:BG030"),
    "with file patterns": ("--select=BG", "--filename=*jobs.py,*other.py"),
    "a file": ("--select=BG", "app/jobs.py"),
    "a file that does not exist": ("--select=E", "app/missing.py"),
    "files in the order given": ("--select=BG", "app/tasks/products.py", "app/jobs.py"),
    "a file twice": ("--select=BG", "app/jobs.py", "app"),
    "in two processes": ("--select=BG", "-j2"),
    "with a threshold": ("--select=BG", "--bgtasks-severity=warning"),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A project that breaks rules of ours, of flake8, of flake8-bugbear, and of two plugins of its own."""
    root = tmp_path_factory.mktemp("same")
    (root / "bgtasks.yaml").write_text(RULES)
    (root / "local_plugin.py").write_text(LOCAL)
    plain = "[flake8]\nbgtasks-rules = bgtasks.yaml\nextend-exclude = local_plugin.py\n"
    (root / "plain.cfg").write_text(plain)
    (root / ".flake8").write_text(
        f"{plain}[flake8:local-plugins]\nextension =\n    BG9 = local_plugin:Same\n    BX1 = local_plugin:lines\npaths = .\n"
    )
    for name, content in FILES.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


PLAIN = "--config=plain.cfg"
"""Without the project's own plugins, whose codes start as ours do: then files need no look at all."""


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
def test_the_output_is_the_same(root, options):
    assert with_seam(root, *options) == without_seam(root, *options)
    assert with_seam(root, PLAIN, *options) == without_seam(root, PLAIN, *options)


def test_all_plugins_have_something_to_say(root):
    codes = set(re.findall(r": ([A-Z]+\d+) ", with_seam(root).text))
    assert {"BG010", "BG030", "BG101", "BG900", "BX100", "F401", "W291", "E722", "B006", "B011"} <= codes


def test_the_output_is_the_same_in_a_file_and_on_the_terminal(root, tmp_path):
    both = []
    for run in (with_seam, without_seam):
        file = tmp_path / f"{run.__name__}.txt"
        both.append((run(root, "--select=BG", "--tee", f"--output-file={file}"), file.read_text()))
    assert both[0] == both[1] and both[0][1]


def test_a_benchmark_counts_the_same(root):
    counts = []
    for run in (with_seam, without_seam):
        said = run(root, "--select=BG", "--benchmark")
        counts.append(re.findall(r"^(\d+) +total .*processed$", said.text, re.MULTILINE))
    assert counts[0] == counts[1] and len(counts[0]) == 4


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_worker_processes_say_the_same_however_they_are_started(shop_like, method):
    script = (
        f"import multiprocessing, sys; multiprocessing.set_start_method({method!r});"
        "from flake8.main.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    one = with_seam(shop_like.root, "--select=BG,B,F")
    many = shop_like.python("-c", script, "--select=BG,B,F", "-j2")
    assert (many.code, many.text + "\n", many.errors) == (one.code, one.text, "") and one.text


@pytest.fixture
def shop_like(root, project):
    """The same project, to run processes in."""
    project.root = root
    return project


CODES = ["BG", "BG0", "BG03", "BG010", "BG101", "BG9", "B", "B0", "B006", "BX", "E", "W", "W2", "F401", "F", "C9"]
codes = st.lists(st.sampled_from(CODES), max_size=3, unique=True).map(",".join)
FLAGS = ["--disable-noqa", "--count", "--statistics", "--show-source", "--exit-zero", "--max-complexity=1", "-q"]


@st.composite
def option_sets(draw):
    """Options that decide which codes are shown, each there or not; an empty list is one of its values."""
    drawn = [PLAIN] if draw(st.booleans()) else []
    for name in ("select", "extend-select", "ignore", "extend-ignore"):
        value = draw(st.none() | codes)
        drawn.extend([] if value is None else [f"--{name}={value}"])
    file, ignored = draw(st.sampled_from(["app/*", "app/tasks/*", "app/jobs.py"])), draw(codes)
    if ignored and draw(st.booleans()):
        drawn.append(f"--per-file-ignores={file}:{ignored}")
    return (*drawn, *draw(st.lists(st.sampled_from(FLAGS), max_size=2, unique=True)))


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(option_sets())
def test_the_output_is_the_same_whatever_is_selected_and_ignored(root, options):
    assert with_seam(root, *options) == without_seam(root, *options)
