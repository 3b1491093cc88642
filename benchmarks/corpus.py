"""The code that is linted: well-known packages from the package index, and a project written in beside them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGES = (
    "fastapi==0.165.0",
    "starlette==1.10.0",
    "celery==5.7.0",
    "sqlalchemy==2.1.9",
    "django==5.2.19",
    "sympy==1.14.0",
)
"""Taken in this order until there are enough lines; together they have about 1.2 million."""

SHARE = 0.02
"""How much of a corpus is the project's own code: tasks, models, endpoints, services, tests and pages."""

_TEMPLATE = Path(__file__).parent / "feature"
_NOUNS = (
    "product", "order", "price", "stock", "image", "review", "customer", "invoice", "voucher", "parcel", "supplier",
    "category", "theme", "ticket", "refund", "basket", "banner", "report", "campaign", "warehouse",
)  # fmt: skip
_KINDS = ("feed", "archive", "draft", "batch", "sheet", "sample", "label", "group", "notice", "record")


def fetch(scratch: Path) -> Path:
    """Return a folder with the packages' sources, installed once and without their dependencies."""
    folder = scratch / "packages"
    if not (folder / ".complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"]
        subprocess.run([*pip, "--no-deps", "--target", str(folder), *PACKAGES], check=True)
        (folder / ".complete").touch()
    return folder


def assemble(scratch: Path, lines: int, share: float = SHARE) -> Path:
    """Return a folder with about that many lines of Python, of which `share` are the project's own."""
    folder = scratch / f"corpus-{lines}-{round(share * 100)}"
    if not (folder / ".flake8").exists():
        shutil.rmtree(folder, ignore_errors=True)
        left = lines - write_features(folder, round(lines * share))
        for source, relative in _modules(fetch(scratch)) if left > 0 and share < 1 else ():
            (folder / "libraries" / relative).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, folder / "libraries" / relative)
            left -= _lines(source)
            if left <= 0:
                break
        (folder / ".flake8").write_text("[flake8]\nmax-line-length = 120\n")
    return folder


def write_features(folder: Path, lines: int) -> int:
    """Write as many features as it takes to reach that many lines of Python; return how many lines that were."""
    written = 0
    names = _names()
    while written < lines:
        written += _write_feature(folder, next(names))
    return written


def _write_feature(folder: Path, name: str) -> int:
    written = 0
    camel = "".join(word.capitalize() for word in name.split("_"))
    for template in sorted(path for path in _TEMPLATE.rglob("*.*") if path.is_file()):
        target = folder / str(template.relative_to(_TEMPLATE)).replace("widget", name)
        if target.exists() or "__pycache__" in target.parts:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        text = template.read_text().replace("widget", name).replace("Widget", camel)
        target.write_text(text)
        written += text.count("\n") if target.suffix == ".py" else 0
    return written


def _names() -> Iterator[str]:
    number = 1
    while True:
        for kind in _KINDS:
            yield from (f"{noun}_{kind}" + (f"_{number}" if number > 1 else "") for noun in _NOUNS)
        number += 1


def _modules(packages: Path) -> Iterator[tuple[Path, Path]]:
    """Yield the packages' modules in a fixed order, each with its path from the packages' folder."""
    for requirement in PACKAGES:
        for directory, subdirectories, files in os.walk(packages / requirement.partition("==")[0]):
            subdirectories.sort()
            for file in sorted(file for file in files if file.endswith(".py")):
                path = Path(directory, file)
                yield path, path.relative_to(packages)


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n")
