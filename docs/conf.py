"""How Sphinx builds these pages: ``sphinx-build -W docs DIRECTORY``."""

project = "flake8-bgtasks"
extensions = ["myst_parser"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "examples", "rules/*/bad*", "rules/*/good*"]
html_theme = "alabaster"
html_title = project
