"""An editor at work: python-lsp-server hands us buffers that nobody has saved."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

OTHERS = ("pycodestyle", "pyflakes", "mccabe", "pydocstyle", "autopep8", "yapf")


class Editor:
    """Speaks the language server protocol with a server of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.server = subprocess.Popen(
            [sys.executable, "-m", "pylsp"],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._send("initialize", 1, processId=None, rootUri=root.as_uri(), capabilities={})
        self._wait_for(lambda message: message.get("id") == 1)
        self._send("initialized")
        plugins = {name: {"enabled": False} for name in OTHERS}
        plugins["flake8"] = {"enabled": True, "executable": str(Path(sys.executable).with_name("flake8"))}
        settings = {"pylsp": {"configurationSources": ["flake8"], "plugins": plugins}}
        self._send("workspace/didChangeConfiguration", settings=settings)

    def opens(self, path: str, text: str) -> list[tuple[str, int, int]]:
        """Open a file with a text that is not on the disk, and return what is found: code, line, column, from 0."""
        uri = (self.root / path).as_uri()
        self._send("textDocument/didOpen", textDocument={"uri": uri, "languageId": "", "version": 1, "text": text})
        message = self._wait_for(lambda message: message.get("method") == "textDocument/publishDiagnostics")
        found = message["params"]["diagnostics"]
        return [(one["code"], *(one["range"]["start"][axis] for axis in ("line", "character"))) for one in found]

    def closes(self) -> str:
        """End the server, and return what it and its children wrote to stderr."""
        self._send("shutdown", 2)
        self._send("exit")
        return self.server.communicate(timeout=60)[1].decode()

    def _send(self, method: str, number: int | None = None, **params: Any) -> None:
        message = {"jsonrpc": "2.0", "method": method, "params": params} | ({"id": number} if number else {})
        content = json.dumps(message).encode()
        assert self.server.stdin is not None
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(content), content))
        self.server.stdin.flush()

    def _wait_for(self, is_it: Any) -> Any:
        while not is_it(message := self._receive()):
            pass
        return message

    def _receive(self) -> Any:
        length = 0
        assert self.server.stdout is not None
        while line := self.server.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the server has gone"
        return json.loads(self.server.stdout.read(length))


@pytest.fixture
def editor(project) -> Iterator[Editor]:
    project.write(".flake8", "[flake8]\nselect = BG03,BG04\n")
    project.write("app/tasks/products.py", "")
    editor = Editor(project.root)
    yield editor
    editor.server.kill()


def test_buffers_that_nobody_has_saved_are_judged_and_stderr_stays_empty(editor):
    found = editor.opens("app/tasks/products.py", "\n\ndef import_products(job_id):\n    do(job_id)\n")
    assert found == [(code, 2, 0) for code in ("BG030", "BG031", "BG032", "BG033")]
    assert editor.opens("static/admin/js/page.js", "// é\n  setInterval(poll, 1000);\n") == [("BG041", 1, 2)]
    assert editor.opens("static/admin/js/clock.js", "setInterval(() => { now = Date.now(); }, 1000);\n") == []
    assert editor.closes() == ""
