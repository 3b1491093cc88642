"""`python -m flake8_bgtasks.cli`: the command where its script is not on the path."""

from flake8_bgtasks.cli.main import main

main()
