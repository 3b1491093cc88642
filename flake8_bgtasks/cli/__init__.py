"""The `bgtasks` command: what a person asks about the rules and their project, beside what flake8 reports.

One module per command, each with a click command of the command's name; `main.py` puts them together. Nothing of the
lint path imports this room, and click is imported nowhere else.
"""
