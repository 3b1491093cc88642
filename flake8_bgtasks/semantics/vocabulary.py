"""Which identifiers name the status of a background task, and which classes stand for its vocabulary."""

from flake8_bgtasks.semantics.words import words

TASK_WORDS = frozenset({"task", "job", "run", "import", "export", "scan", "sync", "fetch", "background"})


def names_status(identifier: str, status: str = "status") -> bool:
    """Tell whether an identifier, or a class by its name, is about the status of a task.

    >>> names_status("STATUS"), names_status("test_run_status"), names_status("JobStatus")
    (True, True, True)
    >>> names_status("payment_status"), names_status("new_status"), names_status("OrderStatus")
    (False, False, False)
    """
    parts, wanted = words(identifier), words(status)
    if not wanted or parts[-len(wanted) :] != wanted:
        return False
    before = parts[: -len(wanted)]
    return not before or before[-1] in TASK_WORDS


def has_task_word(name: str) -> bool:
    """Tell whether a name has a task word among its words: ``SyncRun``, ``ImportProgress``.

    >>> has_task_word("ImportProgress"), has_task_word("Invoice"), has_task_word("Important")
    (True, False, False)
    """
    return any(word in TASK_WORDS or word.removesuffix("s") in TASK_WORDS for word in words(name))
