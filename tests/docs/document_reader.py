"""Run the steps of a document in a folder, as a reader would."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from document_steps import Command, RunBlock, Step, WriteFile, find_missing

from commonweal.cli.app import main

NOT_OURS = ("make", "git", "pip", "python3", "sudo", "systemctl")
"""Commands of the machine; what they do is tested elsewhere or is not ours."""
BY_HELP = ("demo", "fetch")
"""Commands that never end, or need a portal: their options are looked up in their help."""
DOCUMENTED_ADDRESS = "http://127.0.0.1:8000"


SHELL_SIGNS = ("|", ">", "<", "$", "&", ";")


def is_ours_alone(line: str) -> bool:
    """Tell whether a line is one of our commands and needs nothing of the shell."""
    plain = re.sub(r"\"[^\"$]*\"", "", line)
    return line.startswith("commonweal ") and not any(sign in plain for sign in SHELL_SIGNS)


@dataclass(slots=True)
class Reader:
    """Someone who does what a document says, in a folder of their own."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    server: subprocess.Popen[str] | None = None
    address: str = ""

    def follow(self, steps: list[Step]) -> None:
        """Do every step; an assertion fails where the document does not say what is so."""
        try:
            for step in steps:
                if isinstance(step, WriteFile):
                    target = self.folder / step.name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    with target.open("a" if step.at_the_end else "w", encoding="utf-8") as file:
                        file.write(("\n" if step.at_the_end else "") + step.content)
                else:
                    self._run_block(step)
        finally:
            if self.server is not None:
                self.server.terminate()
                self.server.communicate(timeout=30)

    def _run_block(self, block: RunBlock) -> None:
        output = "".join(self._run(command) for command in block.commands)
        missing = find_missing(block.shown, output)
        if missing is not None:
            pytest.fail(
                f"the document shows a line that is not printed:\n  {missing}\nprinted was:\n{output}"
            )

    def _run(self, command: Command) -> str:
        words = shlex.split(command.line)
        if words[0] in NOT_OURS:
            return ""
        if words[0] == "export":
            self.settings |= dict(word.split("=", 1) for word in words[1:])
            return ""
        if words[0] == "curl":
            return self._ask(words[-1])
        if words[0] == "commonweal" and words[1] in BY_HELP:
            return self._look_up(command, words)
        if words[0] == "commonweal" and words[1] == "serve":
            self._serve(words)
            return ""
        code, printed = (
            self._run_here(words) if is_ours_alone(command.line) else self._run_in_shell(command.line)
        )
        assert code == command.exit_code, f"{command.line}: exit {code}\n{printed}"
        return printed

    def _run_here(self, words: list[str]) -> tuple[int, str]:
        """Run our own command in this process, which spares its start; the start itself is tested elsewhere."""
        printed = io.StringIO()
        here = {**self.environment}
        with (
            pytest.MonkeyPatch.context() as patch,
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(printed),
        ):
            patch.chdir(self.folder)
            patch.setattr(sys, "argv", words)
            for name in [one for one in os.environ if one.startswith("COMMONWEAL_")]:
                patch.delenv(name)
            for name, value in here.items():
                patch.setenv(name, value)
            try:
                main()
            except SystemExit as end:
                code = end.code
        assert code is None or isinstance(code, int), code
        return code or 0, printed.getvalue()

    def _run_in_shell(self, line: str) -> tuple[int, str]:
        outcome = subprocess.run(  # noqa: S602
            line,
            shell=True,  # a document is a script for a shell
            cwd=self.folder,
            capture_output=True,
            text=True,
            env=self.environment,
            check=False,
            timeout=300,
        )
        return outcome.returncode, outcome.stdout + outcome.stderr

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a reader who has installed the program."""
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        own = {name: value for name, value in os.environ.items() if not name.startswith("COMMONWEAL_")}
        return {**own, "PATH": path, "COLUMNS": "120", **self.settings}

    def _look_up(self, command: Command, words: list[str]) -> str:
        environment = {**self.environment, "COLUMNS": "200"}
        shown = subprocess.run(
            ["commonweal", words[1], "--help"],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=True,
            env=environment,
        ).stdout
        options = [word.split("=")[0] for word in words[2:] if word.startswith("-")]
        assert all(option in shown for option in options), f"{command.line}: an option does not exist"
        return ""

    def _serve(self, words: list[str]) -> None:
        """Serve on a free port instead of the documented one, until the document ends."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        own_port = [*words, "--port", str(port)]
        self.server = subprocess.Popen(
            own_port,
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for _ in range(300):
            assert self.server.poll() is None, f"{' '.join(words)}: the server ended"
            try:
                self._ask(f"{DOCUMENTED_ADDRESS}/health")
            except OSError:
                time.sleep(0.1)
            else:
                return
        pytest.fail(f"{' '.join(words)}: no answer")

    def _ask(self, url: str) -> str:
        assert url.startswith(DOCUMENTED_ADDRESS), f"{url}: documents ask {DOCUMENTED_ADDRESS} only"
        with urllib.request.urlopen(url.replace(DOCUMENTED_ADDRESS, self.address), timeout=60) as answer:  # noqa: S310
            return str(answer.read().decode("utf-8"))
