"""What the table of the contract is made of: rows, and the cases that show what each of them says.

A module of rows holds one table or one subject of "How a rule is read", in the order of that page. A case does not
know how it is run; `test_contract.py` runs them all.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tests.linting import BUNDLED

TASK = "app/tasks/import_tasks.py"
SERVICE = "app/services/imports.py"
ENDPOINTS = "app/api/v1/admin/catalogue.py"
TRIGGERS = "app/api/v1/admin/marketplace.py"
REGISTRY = "app/services/background_tasks_service.py"
JOB_MODEL = "models/database/feed_sync_job.py"
RUN_MODEL = "models/database/test_run.py"
PAGE = "static/admin/js/page.js"


class Case(NamedTuple):
    """Code that shows what a row says; the findings that it must give stand beside its lines.

    `drawn` are the names of the variants that it is drawn from; `files` are the texts of a small project, by path.
    """

    drawn: tuple[str, ...]
    sentence: str
    files: Mapping[str, str]


class Row(NamedTuple):
    """A row of a table, or a paragraph, of the contract, in its own words.

    The cases stand in dicts: "A8 C22: A sentence that says what is seen" and the code at `path`, or the texts of
    several files by path. `codes` is the beginning of the codes that are looked at; `head` stands before the code
    at `path`.
    """

    says: str
    codes: str
    path: str
    speaking: Mapping[str, str | Mapping[str, str]]
    silent: Mapping[str, str | Mapping[str, str]]
    rules: str = BUNDLED
    head: str = ""

    def cases(self, written: Mapping[str, str | Mapping[str, str]]) -> Iterator[Case]:
        """Yield the cases that are written in one of the row's dicts."""
        for title, code in written.items():
            drawn, sentence = title.split(": ", 1)
            yield Case(tuple(drawn.split()), sentence, {self.path: code} if isinstance(code, str) else code)
