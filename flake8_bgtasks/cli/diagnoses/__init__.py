"""What can stand between a project and its findings: each module looks at one side of it, and says what to write.

Nothing here writes to the terminal; `doctor` does.
"""
