"""What JavaScript files are called, on the disk and in messages. Every file is asked, so it needs nothing else."""

SCRIPT_SUFFIXES = (".js", ".mjs")
"""How the names of the files end that are read as JavaScript."""
PAGE = "this page"
"""What messages call a whole script."""


def is_script(filename: str) -> bool:
    """Tell whether a file is JavaScript by its name."""
    return filename.endswith(SCRIPT_SUFFIXES)
