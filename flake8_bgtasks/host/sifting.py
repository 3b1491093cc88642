"""Which files need a look at all: where only our codes can be shown, most of them hold nothing that a rule can speak of."""

import gc

from flake8_bgtasks.host.discovery import DiscoveringManager
from flake8_bgtasks.host.selection import are_ours, only_ours, speaking
from flake8_bgtasks.host.session import Session, open_session
from flake8_bgtasks.javascript.naming import is_script

FEW = 8
"""So many files are checked sooner than other processes are started for them."""

RARELY = (50_000, 20, 100)
"""When the garbage collector runs: syntax trees are many objects that live as long as their file is looked at."""


class SiftingManager(DiscoveringManager):
    """A Manager that hands out the files in which there may be something, and is done with the others at once."""

    def run(self) -> None:
        """Check the files; those of which no rule can speak, by their paths and their words, without a checker."""
        if not self._shows_ours_alone():
            super().run()
            return
        session, found, jobs = open_session(self.options), self.filenames, self.jobs
        worth = {filename: _is_worth_a_look(filename, session) for filename in found}
        self.filenames = tuple(filename for filename in found if worth[filename])
        self.jobs = jobs if len(self.filenames) > FEW else 1
        thresholds = gc.get_threshold()
        gc.set_threshold(*RARELY)
        try:
            super().run()
        finally:
            gc.set_threshold(*thresholds)
            self.filenames, self.jobs = found, jobs
        self.results.extend((filename, [], _nothing()) for filename in found if not worth[filename])

    def _shows_ours_alone(self) -> bool:
        options = self.options
        if options.bgtasks_no_seam or options.benchmark or not only_ours(options):
            return False
        return are_ours(speaking(self.plugins, options))


def _is_worth_a_look(filename: str, session: Session) -> bool:
    return filename == "-" or (is_script(filename) and session.names(filename)) or session.may_speak(filename)


def _nothing() -> dict[str, int]:
    """flake8's statistics of a file at which nobody has looked."""
    return {"tokens": 0, "logical lines": 0, "physical lines": 0}
