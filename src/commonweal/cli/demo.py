"""``commonweal demo``: a Los Angeles workspace, made and served."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commonweal.cli.output import say, working
from commonweal.cli.serve import HOST, PORT, run_server


def demo(
    workspace: Annotated[Path, typer.Option("--workspace", "-w", help="Folder of the demonstration.")] = Path(
        "workspace"
    ),
    data: Annotated[
        Path | None,
        typer.Option(
            "--data",
            envvar="COMMONWEAL_DATA",
            help="Folder of real data files, where you have one.",
            show_default=False,
        ),
    ] = None,
    city: Annotated[str, typer.Option("--city", help="A pack that ships with the program.")] = "los-angeles",
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = HOST,
    port: Annotated[int, typer.Option("--port", "-p", help="Port to listen on.", min=1, max=65535)] = PORT,
    fetch: Annotated[
        bool, typer.Option("--fetch/--no-fetch", help="Ask the portals for real records.")
    ] = True,
    serve: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Serve the pages when it is made.")
    ] = True,
) -> None:
    """Build a Los Angeles workspace from the real facts of its pack, and serve it.

    Real files replace the pack's tables where a folder of them is named. What no record can be had for is a
    simulated year, marked on every page. A second run starts where the first one ended.

    Example: commonweal demo --workspace workspace
    """
    from commonweal.studies.demo import prepare_demo

    with working("Preparing the demonstration"):
        prepared = prepare_demo(workspace, city, data=data, fetch=fetch)
    for line in prepared.notes:
        say(line)
    if not serve:
        return
    say("")
    say(f"  Commonweal, {prepared.city_name}:  http://{host}:{port}")
    say("  Look first at:")
    for path, what in prepared.look_first:
        say(f"    http://{host}:{port}{path}  {what}")
    say("")
    run_server(prepared.workspace, host, port)
