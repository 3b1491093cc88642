"""The matrix: what knows flake8 is tested with every minor version of it that we support.

``nox`` runs all sessions for which there is a Python here; ``nox -s "flake8-3.12(flake8='7.0')"`` runs one.
"""

import nox

nox.options.error_on_missing_interpreters = False

PYTHONS = ("3.10", "3.11", "3.12", "3.13", "3.14")
FLAKE8 = ("6.0", "6.1", "7.0", "7.1", "7.2", "7.3", "7.4", "7.5")


@nox.session(python=PYTHONS)
@nox.parametrize("flake8", FLAKE8)
def flake8(session: nox.Session, flake8: str) -> None:
    """Run the tests of the seam, of the process, and of JavaScript with one version of flake8."""
    session.install("-e", ".[test]", f"flake8=={flake8}.*")
    session.run("pytest", "-q", *(session.posargs or ("tests/host", "tests/end_to_end", "tests/javascript")))
