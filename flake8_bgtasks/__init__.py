"""A flake8 plugin that reads background-task rules as code, not as text.

The rules are data (``rules.yaml``); this package understands FastAPI, SQLAlchemy and the task code around them
well enough to say where a rule is met, where it is not, and where that cannot be known.
"""

__version__ = "0.1.0"
