"""How we compare: the method, in words, with the numbers anyone can check."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from commonweal.web.pages.serving import add_page
from commonweal.web.rendering import render
from commonweal.web.view import View


def add_pages(router: APIRouter) -> None:
    """Add the page of the method."""
    add_page(router, "/results/method", show_method)


def show_method(view: View) -> HTMLResponse:
    """Answer with the method."""
    return render(view, "method.html", rules=tuple(view.city.suppression.values()), simulated=False)
