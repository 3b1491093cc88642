"""Which files need a look at all: where only our codes can be shown, most of them hold nothing that a rule can speak of."""

from collections.abc import Iterator
from itertools import islice

from flake8_bgtasks.host.collecting import HARDLY_EVER, RARELY, collected
from flake8_bgtasks.host.discovery import DiscoveringManager
from flake8_bgtasks.host.selection import are_ours, only_ours, speaking
from flake8_bgtasks.host.session import Session, open_session
from flake8_bgtasks.javascript.naming import is_script

FEW = 8
"""So many files are checked sooner than other processes are started for them."""


class SiftingManager(DiscoveringManager):
    """A Manager that hands out the files in which there may be something, and is done with the others at once."""

    def run(self) -> None:
        """Check the files; where only our codes are shown, those of which no rule can speak have no checker."""
        is_ours = self._shows_ours_alone()
        with collected(HARDLY_EVER if is_ours else RARELY):
            if is_ours:
                self._run_sifted()
            else:
                super().run()

    def _run_sifted(self) -> None:
        found, jobs = self.filenames, self.jobs
        worth = _WorthALook(found, open_session(self.options))
        self.filenames = worth  # type: ignore[assignment]  # flake8 wants its elements and its length, and no tuple
        self.jobs = jobs if worth.has_more_than(FEW) else 1
        try:
            super().run()
        finally:
            self.filenames, self.jobs = found, jobs
        self.results.extend((filename, [], _nothing()) for filename in worth.left_out())

    def _shows_ours_alone(self) -> bool:
        options = self.options
        if options.bgtasks_no_seam or options.benchmark or not only_ours(options):
            return False
        return are_ours(speaking(self.plugins, options))


class _WorthALook:
    """Those of many files that are worth a look, told as they are asked for: by then others are being checked already.

    Its length is that of all the files.
    """

    def __init__(self, filenames: tuple[str, ...], session: Session) -> None:
        self._filenames = filenames
        self._session = session
        self._known: dict[str, bool] = {}

    def __len__(self) -> int:
        return len(self._filenames)

    def __iter__(self) -> Iterator[str]:
        for filename in self._filenames:
            if filename not in self._known:
                self._known[filename] = self._is_worth_a_look(filename)
            if self._known[filename]:
                yield filename

    def has_more_than(self, few: int) -> bool:
        """Tell whether there are more than a few."""
        return next(islice(self, few, None), None) is not None

    def left_out(self) -> Iterator[str]:
        """Yield the files that are not worth a look."""
        return (filename for filename in self._filenames if not self._known[filename])

    def _is_worth_a_look(self, filename: str) -> bool:
        session = self._session
        return filename == "-" or (is_script(filename) and session.names(filename)) or session.may_speak(filename)


def _nothing() -> dict[str, int]:
    """flake8's statistics of a file at which nobody has looked."""
    return {"tokens": 0, "logical lines": 0, "physical lines": 0}
