"""The reference page of the command line, made from the commands themselves."""

from __future__ import annotations

import typer.main


def render_command_reference() -> str:
    """Render every command with its arguments and options as Markdown."""
    from commonweal.cli.app import __doc__ as about
    from commonweal.cli.app import app

    root = typer.main.get_command(app)
    parts = [
        "# Command line\n",
        "This page is made from the program; `make docs` writes it again.\n",
        "Every command works in a workspace: name it with `--workspace DIR` or `COMMONWEAL_WORKSPACE`, or stand in it."
        "\n",
        "## Exit codes\n",
        " ".join((about or "").split("----------")[1].split()) + "\n",
    ]
    for name, command in sorted(_commands(root)):
        parts.append(_render_command(name, command))
    return "\n".join(parts)


def _commands(group: object, prefix: str = "commonweal") -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for name, command in getattr(group, "commands", {}).items():
        if getattr(command, "hidden", False):
            continue
        full = f"{prefix} {name}"
        if getattr(command, "commands", None):
            found += _commands(command, full)
        else:
            found.append((full, command))
    return found


def _render_command(name: str, command: object) -> str:
    help_text = str(getattr(command, "help", "") or "").strip()
    lines = [f"## {name}\n"]
    for paragraph in help_text.split("\n\n"):
        text = " ".join(paragraph.split())
        lines.append(
            f"Example:\n\n```sh\n{text.removeprefix('Example: ')}\n```\n"
            if text.startswith("Example: ")
            else f"{text}\n"
        )
    rows = [_render_parameter(parameter) for parameter in getattr(command, "params", [])]
    shown = [row for row in rows if row]
    if shown:
        lines += ["| argument or option | meaning | default |", "|---|---|---|", *shown, ""]
    return "\n".join(lines)


def _render_parameter(parameter: object) -> str:
    if getattr(parameter, "hidden", False) or getattr(parameter, "name", "") == "help":
        return ""
    if getattr(parameter, "param_type_name", "") == "argument":
        names = str(getattr(parameter, "name", "")).upper()
    else:
        options = [*getattr(parameter, "opts", []), *getattr(parameter, "secondary_opts", [])]
        names = ", ".join(options)
    default = getattr(parameter, "default", None)
    shown = "" if default in (None, False, "") or callable(default) else str(default)
    if getattr(parameter, "required", False):
        shown = "required"
    meaning = " ".join(str(getattr(parameter, "help", "") or "").split()).replace("|", "\\|")
    return f"| `{names}` | {meaning} | {shown} |"
