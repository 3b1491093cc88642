"""Seeing JavaScript that polls."""

import re
from collections.abc import Iterator

from flake8_bgtasks.cli.survey.seen import Place, ScriptSeen
from flake8_bgtasks.inference.modules import MAX_SIZE
from flake8_bgtasks.javascript.script import Script

LONGEST_LINE = 5_000
"""A script with a longer line is made by a machine."""
_ABOUT_TASKS = re.compile(
    r"BackgroundTasks|(?i:/(?:jobs?|tasks?|imports?|exports?|scans?|syncs?|runs?)\b)"
    r"|(?i:(?:job|task|run|import|export|scan|sync)[\w$]*[^\w$]{0,3}(?:status|state|progress))"
)
_SHOWS = "BackgroundTasks"


def seen(file: str, path: str) -> Iterator[ScriptSeen]:
    """Yield what is seen in a script, if it sets a timer that may poll."""
    try:
        with open(file, encoding="utf-8", errors="replace") as opened:
            text = opened.read(MAX_SIZE)
    except OSError:
        return
    if any(len(line) > LONGEST_LINE for line in text.splitlines()):
        return
    script = Script(path, text)
    polling = sorted((one for one in script.timers if one.name == "setInterval"), key=lambda one: one.offset)
    if polling:
        delays = tuple(sorted({int(delay) for one in polling for delay in one.delays}))
        line, _ = script.place(polling[0].offset)
        yield ScriptSeen(Place(path, line), delays, bool(_ABOUT_TASKS.search(text)), _SHOWS in text)
