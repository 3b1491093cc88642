"""The least that anybody could do: read every file, and search it for the words of the rules, knowing nothing of code."""

import os
import re
import sys

_WORDS = re.compile(rb"status.*=.*(processing|fetching)|time\.sleep|setInterval")


def main(folder: str) -> None:
    """Print the files under a folder in which one of the words stands."""
    for directory, subdirectories, files in os.walk(folder):
        subdirectories[:] = [one for one in subdirectories if not one.startswith(".")]
        for name in files:
            if name.endswith((".py", ".js")):
                path = os.path.join(directory, name)
                with open(path, "rb") as file:
                    if _WORDS.search(file.read()):
                        print(path)


if __name__ == "__main__":
    main(sys.argv[1])
