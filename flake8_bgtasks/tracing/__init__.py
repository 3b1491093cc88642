"""Why a rule says what it says of a file or of a line: the answers of the checkers, asked once more and kept.

Nothing here decides. What a unit is, what counts and what is reported comes from the checkers and matchers that lint; here
their answers are gathered, with the places and the ways that they rest on. The lint path knows nothing of this room.
"""
