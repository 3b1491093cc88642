"""What a project does in the background, seen, judged and written down as a rules file.

`files` finds what may matter, `looking` sees (its findings are the frozen data of `seen`), `deciding` judges, `writing`
makes text of it. Nothing here knows click, and nothing imports the project.
"""
