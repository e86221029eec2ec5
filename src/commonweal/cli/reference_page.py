"""The reference page of the command line, made from the commands themselves."""

from __future__ import annotations

import re
from typing import Any

import typer.main

INTRODUCTION = """# Command line

This page is made from the program; `make docs` writes it again.

Most commands work in a workspace. Name it with `--workspace DIR`, or once with
`export COMMONWEAL_WORKSPACE=DIR`, or stand in its folder. With `--json` a command answers
with one JSON value on standard output, also where it fails; otherwise errors go to standard error.
"""


def render_command_reference() -> str:
    """Render every command with its arguments and options as Markdown."""
    from commonweal.cli.app import __doc__ as about
    from commonweal.cli.app import app

    root = typer.main.get_command(app)
    commands = sorted(_commands(root, "commonweal"))
    parts = [INTRODUCTION, _render_index(commands), _render_exit_codes(about or "")]
    parts += [_render_command(name, command) for name, command in commands]
    return "\n".join(parts)


def _commands(group: Any, prefix: str) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, command in group.commands.items():
        if command.hidden:
            continue
        full = f"{prefix} {name}"
        found += _commands(command, full) if hasattr(command, "commands") else [(full, command)]
    return found


def _render_index(commands: list[tuple[str, Any]]) -> str:
    rows = [
        f"| [`{name}`](#{name.replace(' ', '-')}) | {_escape(_paragraphs(command)[0])} |"
        for name, command in commands
    ]
    return "\n".join(["| command | what it does |", "|---|---|", *rows, ""])


def _render_exit_codes(about: str) -> str:
    listed = " ".join(about.split("----------")[1].split()).rstrip(".")
    rows = [f"| {code} | {meaning} |" for code, meaning in (one.split(" ", 1) for one in listed.split("; "))]
    return "\n".join(["## Exit codes", "", "| code | meaning |", "|---|---|", *rows, ""])


def _render_command(name: str, command: Any) -> str:
    lines = [f"## {name}", "", "```text", _render_usage(name, command), "```", ""]
    for paragraph in _paragraphs(command):
        example = paragraph.removeprefix("Example: ")
        lines += [paragraph, ""] if example == paragraph else ["```sh", example, "```", ""]
    rows = [_render_parameter(one) for one in command.params if not one.hidden and one.name != "help"]
    if rows:
        lines += ["| argument or option | meaning | default |", "|---|---|---|", *rows, ""]
    return "\n".join(lines)


def _render_usage(name: str, command: Any) -> str:
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    words = [one.name.upper() if one.required else f"[{one.name.upper()}]" for one in arguments]
    needed = [
        f"{one.opts[0]} …" for one in command.params if one.param_type_name == "option" and one.required
    ]
    return " ".join([name, *words, *needed, "[options]"])


def _paragraphs(command: Any) -> list[str]:
    """Return the paragraphs of a command's help, each on one line."""
    text = (command.help or "").strip()
    return [" ".join(one.split()) for one in re.split(r"\n\s*\n", text) if one.strip()]


def _render_parameter(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        names = f"`{parameter.name.upper()}`"
    else:
        names = ", ".join(f"`{one}`" for one in (*parameter.opts, *parameter.secondary_opts))
    meaning = _escape(parameter.help or "")
    if parameter.envvar:
        meaning += f" Or set `{parameter.envvar}`."
    return f"| {names} | {meaning} | {_render_default(parameter)} |"


def _render_default(parameter: Any) -> str:
    if parameter.required:
        return "required"
    default = parameter.default
    if default is None or default is False or default == "" or callable(default):
        return ""
    if default is True and parameter.secondary_opts:
        return f"`{parameter.opts[0]}`"
    return f"`{default}`"


def _escape(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
