"""An SVG that can be read aloud: one title, one description, nothing inside that says less."""

from __future__ import annotations

import hashlib

from lxml import etree

SVG = "http://www.w3.org/2000/svg"
DROPPED = ("role", "aria-roledescription", "aria-label", "aria-hidden", "pointer-events", "cursor", "class")


def make_accessible(svg: str, *, title: str, description: str, language: str) -> str:
    """Give an SVG a role, a title and a description, and take out what disturbs.

    Scripts, links, event handlers, inner roles and empty paths go; so do width and height, so that the chart takes
    the width of its place. Identifiers come from the content: two charts on one page never share one.

    Parameters
    ----------
    svg : str
        As vl-convert made it.
    title, description : str
        In the reader's language.
    language : str
        Code of that language.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(svg.encode(), parser)
    _clean(root)
    name = "c" + hashlib.sha256("\0".join((svg, title, description)).encode()).hexdigest()[:12]
    width, height = root.get("width"), root.get("height")
    for attribute in ("width", "height", "version"):
        root.attrib.pop(attribute, None)
    if root.get("viewBox") is None:
        root.set("viewBox", f"0 0 {width} {height}")
    root.set("class", "drawing")
    root.set("role", "img")
    root.set("lang", language)
    root.set("aria-labelledby", f"{name}-title {name}-desc")
    for position, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = etree.Element(f"{{{SVG}}}{tag}", id=f"{name}-{tag}")
        element.text = text
        root.insert(position, element)
    _make_unique(root, name)
    etree.cleanup_namespaces(root)
    return str(etree.tostring(root, encoding="unicode"))


def _clean(root: etree._Element) -> None:
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            continue
        local = etree.QName(element).localname
        empty_path = local == "path" and not element.get("d")
        invisible = element.get("display") == "none" or element.get("d") == "M0,0h0v0h0Z"
        if local in ("script", "foreignObject", "style") or empty_path or invisible:
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
            continue
        for attribute in list(element.attrib):
            if attribute in DROPPED or str(attribute).startswith("on"):
                del element.attrib[attribute]
    _drop_empty_groups(root)


def _drop_empty_groups(root: etree._Element) -> None:
    for group in reversed(list(root.iter(f"{{{SVG}}}g"))):
        parent = group.getparent()
        if parent is not None and len(group) == 0:
            parent.remove(group)


def _make_unique(root: etree._Element, name: str) -> None:
    renamed = {}
    for element in root.iter():
        given = element.get("id")
        if given and not given.startswith(name):
            renamed[given] = f"{name}-{given}"
            element.set("id", renamed[given])
    for element in root.iter():
        for attribute, value in element.attrib.items():
            for old, new in renamed.items():
                if value == f"url(#{old})":
                    element.set(attribute, f"url(#{new})")
