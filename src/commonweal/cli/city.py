"""``commonweal city``: check a pack, start a new one, bring in official areas."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commonweal.cli.options import WorkspaceOption
from commonweal.cli.output import AsJson, print_json, say
from commonweal.config import find_workspace

city_app = typer.Typer(
    help="The city as a folder of data: check it, start one, bring in official areas.", no_args_is_help=True
)


@city_app.command()
def check(
    folder: Annotated[Path, typer.Argument(help="Folder of the pack.")],
    as_json: AsJson = False,
) -> None:
    """Report every problem of a pack at once: file, row, field, value, what is allowed. Exit code 2 if any.

    Example: commonweal city check cities/los-angeles
    """
    from commonweal.studies.checking import check_pack

    problems = check_pack(folder)
    if as_json:
        print_json({"folder": folder, "valid": not problems, "problems": problems})
    elif problems:
        for problem in problems:
            say(str(problem))
        say(f"{len(problems)} problem{'s' if len(problems) != 1 else ''} in {folder}.")
    else:
        say(f"{folder} is in order.")
    if problems:
        raise typer.Exit(2)


@city_app.command("new")
def new_city(
    folder: Annotated[Path, typer.Argument(help="Folder to make; it must not exist, or be empty.")],
    name: Annotated[str, typer.Option("--name", help="Name of the city.")] = "Springfield",
    time_zone: Annotated[str, typer.Option("--time-zone", help="IANA time zone.")] = "America/Chicago",
    as_json: AsJson = False,
) -> None:
    """Start a pack for another city: a small folder that passes the check and says what to fill in.

    Example: commonweal city new springfield --name Springfield --time-zone America/Chicago
    """
    from commonweal.city import scaffold_city

    scaffold_city(folder, city_id=folder.resolve().name, name=name, time_zone=time_zone)
    if as_json:
        print_json({"folder": folder, "name": name, "time_zone": time_zone})
        return
    say(f"Made {folder}. Fill in what README.md there asks for, then: commonweal city check {folder}")


@city_app.command()
def areas(
    file: Annotated[Path, typer.Argument(help="GeoJSON of the official polygons.")],
    name_property: Annotated[
        str, typer.Option("--name-property", help="Property that holds the area's name.")
    ] = "name",
    folder: Annotated[
        Path | None,
        typer.Option("--city", help="Folder of the pack; else the workspace's.", show_default=False),
    ] = None,
    create: Annotated[
        bool, typer.Option("--create", help="Add areas that the pack does not have yet.")
    ] = False,
    workspace: WorkspaceOption = None,
    as_json: AsJson = False,
) -> None:
    """Replace approximate areas by official polygons; every name that does not match is reported at once.

    Example: commonweal city areas police_areas.geojson --name-property name
    """
    from commonweal.city import write_areas

    target = folder or find_workspace(workspace).city
    replaced = write_areas(target, file, name_property=name_property, create=create)
    if as_json:
        print_json(replaced)
        return
    say(f"{replaced.matched} areas of {target} now have official polygons.")
