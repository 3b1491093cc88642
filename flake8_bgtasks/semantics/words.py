"""How identifiers are made of words, in snake_case and CamelCase, and how one continues another."""

import re
from functools import lru_cache

_READING = frozenset(
    {"get", "find", "list", "count", "filter", "fetch", "search", "exists", "has", "is", "format", "parse"}
)
_WRITING = frozenset({"create", "update", "insert", "upsert", "set", "replace", "add", "save", "modify"})
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z0-9]*|[a-z0-9]+")


@lru_cache(maxsize=4096)
def words(name: str) -> tuple[str, ...]:
    """Return the words of an identifier in lower case.

    >>> words("productImport_status"), words("HTTPClient"), words("JobStatus")
    (('product', 'import', 'status'), ('http', 'client'), ('job', 'status'))
    """
    return tuple(word.lower() for word in _WORDS.findall(name))


def continues(name: str, start: str) -> bool:
    """Tell whether `name` is `start`, or goes on after it at a word boundary; leading underscores do not matter.

    A snippet that ends in ``_`` is met by anything that starts so.

    >>> continues("triggered_by_id", "triggered_by"), continues("initPage", "init"), continues("initial", "init")
    (True, True, False)
    >>> continues("activeTasks", "activeTask"), continues("import_products", "import_")
    (True, True)
    """
    name = name.lstrip("_")
    start = start.lstrip("_") or start
    if not name.startswith(start):
        return False
    rest = name[len(start) :]
    if start.endswith("_"):
        return True
    rest = rest[1:] if rest.startswith("s") else rest  # a plural
    return not rest or not rest[0].islower()


def reads(called: str) -> bool:
    """Tell whether what is called only reads, by its name.

    >>> reads("get_by_status"), reads("update_status"), reads("get_or_create")
    (True, False, False)
    """
    parts = words(called)
    return parts[:1] != () and parts[0] in _READING and _WRITING.isdisjoint(parts)
