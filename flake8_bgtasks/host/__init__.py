"""Everything that knows flake8: its options, its files, the shape of its findings.

Nothing in here knows what any rule means, and nothing outside of here imports flake8.
"""
