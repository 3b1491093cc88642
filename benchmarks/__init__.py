"""How fast flake8-bgtasks is, measured beside other tools in the same run: ``python -m benchmarks``.

Nothing here is part of the package, and no test depends on it.
"""
