"""Reads JavaScript: what a page's rules ask of it. Knows nothing of flake8 and nothing of Python code."""
