"""``commonweal serve``: the pages and the API."""

from __future__ import annotations

from typing import Annotated

import typer

from commonweal.cli.options import WorkspaceOption
from commonweal.cli.output import say
from commonweal.config import Workspace, find_workspace

HOST = "127.0.0.1"
PORT = 8000


def serve(
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = HOST,
    port: Annotated[int, typer.Option("--port", "-p", help="Port to listen on.", min=1, max=65535)] = PORT,
    workspace: WorkspaceOption = None,
) -> None:
    """Serve the pages and the API of a workspace.

    Example: commonweal serve --port 8000
    """
    run_server(find_workspace(workspace), host, port)


def run_server(workspace: Workspace, host: str, port: int) -> None:
    """Serve until interrupted.

    Parameters
    ----------
    workspace : Workspace
        What to serve.
    host, port : str, int
        Where to listen.
    """
    import uvicorn

    from commonweal.web.app import create_app

    app = create_app(workspace)
    say(f"Serving {workspace.root.name} on http://{host}:{port}  (stop with Ctrl+C)")
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, date_header=True)
