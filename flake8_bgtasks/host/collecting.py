"""When the garbage collector runs: syntax trees are many objects, and it finds nothing each time that it looks at them."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

RARELY = (10_000, 20, 50)
"""Its thresholds where others run beside us, whose trees lead back to themselves."""
HARDLY_EVER = (200_000, 20, 50)
"""Its thresholds where we are alone: what we have made, we let go of ourselves."""


@contextmanager
def collected(when: tuple[int, int, int]) -> Iterator[None]:
    """Let the garbage collector run at these thresholds, and leave alone what is there already, in forked processes too."""
    thresholds, freezes = gc.get_threshold(), not gc.get_freeze_count()
    gc.set_threshold(*when)
    if freezes:
        gc.freeze()
    try:
        yield
    finally:
        if freezes:
            gc.unfreeze()
        gc.set_threshold(*thresholds)
