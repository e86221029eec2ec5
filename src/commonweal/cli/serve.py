"""``commonweal serve``: the pages and the API."""

from __future__ import annotations

import socket
from typing import Annotated

import typer

from commonweal.cli.options import WorkspaceOption
from commonweal.cli.output import say
from commonweal.config import Workspace, find_workspace
from commonweal.errors import WorkspaceError

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


def _check_free(host: str, port: int) -> None:
    """Say that a port is taken before anything else is said.

    Raises
    ------
    WorkspaceError
        Something else listens there, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise WorkspaceError(
                f"{host}:{port} cannot be used ({error.strerror}). Name another port with --port."
            ) from error


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

    _check_free(host, port)
    app = create_app(workspace)
    say(f"Serving {workspace.root.name} on http://{host}:{port}  (stop with Ctrl+C)")
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, date_header=True)
