"""Charts that everyone can read: titled, described, with contrast, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from lxml import etree
from report_sample import BASELINE, CURRENT, sample_series

from commonweal.reports import charts
from commonweal.reports.charts.accessible import make_accessible
from commonweal.reports.charts.frame import text_width, widest
from commonweal.reports.charts.palette import DECORATION
from commonweal.reports.content import ReportContent
from commonweal.reports.words import Words
from commonweal.results.verdict import Verdict

InWords = Callable[[str], Words]
LANGUAGES = ("en", "es", "ko")
NAMESPACE = "{http://www.w3.org/2000/svg}"


def draw_all(words: Words, content: ReportContent) -> dict[str, str]:
    """Draw each kind of chart, wide and narrow."""
    series = content.series["homicides"]
    assert content.screen is not None
    rows = [row for row in content.screen.rows if row.measure == "homicides"]
    result = next(item for item in content.commitments if item.trajectory)
    commitment = replace(
        content.city.get_commitment(result.commitment), target=280.0, deadline=date(2026, 12, 31)
    )
    projected = replace(result, projected=300.0, projected_low=240.0, projected_high=370.0)
    return {
        "series": charts.draw_series(words, series, compared=(BASELINE, CURRENT)),
        "series narrow": charts.draw_series(words, series, width=360, height=210),
        "simulated": charts.draw_series(words, replace(series, simulated=True)),
        "changes": charts.draw_changes(words, rows, title="Changes"),
        "changes narrow": charts.draw_changes(words, rows, title="Changes", width=360),
        "measures": charts.draw_changes(words, content.findings[:5], title="Changes", label="measure"),
        "sparkline": charts.draw_sparkline(words, series),
        "trajectory": charts.draw_trajectory(words, commitment, projected),
        "alternatives": charts.draw_alternatives(words, content.findings[0]),
    }


@pytest.fixture(scope="module", params=LANGUAGES)
def drawn(request: pytest.FixtureRequest, content: ReportContent, words_in: InWords) -> dict[str, str]:
    return draw_all(words_in(request.param), content)


def luminance(color: str) -> float:
    """Relative luminance of an sRGB color, as WCAG 2.2 defines it."""
    digits = color.lstrip("#")
    digits = "".join(letter * 2 for letter in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(color: str, paper: str = "#ffffff") -> float:
    lighter, darker = sorted((luminance(color), luminance(paper)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_every_chart_has_a_title_and_a_description(drawn: dict[str, str]) -> None:
    """Each SVG is one image with a title and a description that its label names."""
    for name, svg in drawn.items():
        root = etree.fromstring(svg)
        assert root.get("role") == "img", name
        title, description = root[0], root[1]
        assert (title.tag, description.tag) == (f"{NAMESPACE}title", f"{NAMESPACE}desc")
        assert title.text
        assert len(description.text or "") > 20
        assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


def test_nothing_inside_a_chart_disturbs(drawn: dict[str, str]) -> None:
    """No inner roles, labels, scripts, links or fonts from outside; the size is that of the place."""
    for name, svg in drawn.items():
        root = etree.fromstring(svg)
        assert root.get("width") is None
        assert root.get("viewBox"), name
        inner = [element for element in root.iter() if element is not root]
        assert not [e for e in inner if any(str(key).startswith(("aria", "role", "on")) for key in e.attrib)]
        assert not [
            e for e in inner if etree.QName(e).localname in ("script", "a", "image", "style", "foreignObject")
        ]
        assert "http" not in svg.replace("http://www.w3.org/", "")


def test_charts_of_one_page_share_no_identifier(drawn: dict[str, str]) -> None:
    """Identifiers come from the content, so that two charts on one page do not speak for each other."""
    identifiers = [found for svg in drawn.values() for found in re.findall(r' id="([^"]+)"', svg)]
    assert len(identifiers) == len(set(identifiers))


def test_texts_have_contrast(drawn: dict[str, str]) -> None:
    """Every text stands out from the paper, and from the gray of a break, by at least 4.5 to 1."""
    for name, svg in drawn.items():
        for text in etree.fromstring(svg).iter(f"{NAMESPACE}text"):
            color = text.get("fill")
            assert color is not None
            assert contrast(color) >= 4.5, (name, text.text, color)
            assert contrast(color, "#eceef0") >= 4.5, (name, text.text, color)


def test_graphics_have_contrast(drawn: dict[str, str]) -> None:
    """Every line and shape that carries something stands out by at least 3 to 1; only guides and fills are faint."""
    for name, svg in drawn.items():
        for element in etree.fromstring(svg).iter(f"{NAMESPACE}path", f"{NAMESPACE}line", f"{NAMESPACE}rect"):
            for color in (element.get("stroke"), element.get("fill")):
                if color and color.startswith("#") and color not in DECORATION:
                    assert contrast(color) >= 3, (name, color)


def test_the_band_has_an_edge_that_can_be_seen(drawn: dict[str, str]) -> None:
    """The faint fill of the usual range is bounded by lines of enough contrast."""
    colors = {element.get("stroke") for element in etree.fromstring(drawn["series"]).iter(f"{NAMESPACE}path")}
    assert "#6b8fb5" in colors
    assert contrast("#6b8fb5") >= 3


def test_the_line_does_not_cross_the_break(content: ReportContent, words_in: InWords) -> None:
    """Comparable and later months are two lines with a gap between, the later one dashed."""
    root = etree.fromstring(charts.draw_series(words_in("en"), content.series["homicides"]))
    solid = [
        p
        for p in root.iter(f"{NAMESPACE}path")
        if p.get("stroke") == "#162e51" and p.get("stroke-width") == "2.5"
    ]
    dashed = [p for p in root.iter(f"{NAMESPACE}path") if p.get("stroke-dasharray") == "5,4"]
    assert len(solid) == len(dashed) == 1
    ends = [float(x) for x in re.findall(r"[ML]([\d.]+),", solid[0].get("d", ""))]
    starts = [float(x) for x in re.findall(r"[ML]([\d.]+),", dashed[0].get("d", ""))]
    assert len(ends) == 50
    assert max(ends) < min(starts)


def test_the_axis_of_counts_starts_at_zero(content: ReportContent, words_in: InWords) -> None:
    """A series of counts is drawn from zero, however high it lies."""
    root = etree.fromstring(charts.draw_series(words_in("en"), content.series["vehicle_crime"]))
    labels = [text.text for text in root.iter(f"{NAMESPACE}text")]
    assert "0" in labels
    assert "4,000" in labels


def test_a_verdict_is_a_shape_not_a_color(content: ReportContent, words_in: InWords) -> None:
    """Fallen, risen and unclear measures have marks of different outline."""
    fell = content.findings[0]
    assert fell.comparison is not None
    rose = replace(
        fell, verdict=Verdict.ROSE, comparison=replace(fell.comparison, change=16.0, low=2.0, high=28.0)
    )
    unsure = replace(fell, verdict=Verdict.UNCLEAR)
    outlines = set()
    for finding in (fell, rose, unsure):
        svg = charts.draw_changes(words_in("en"), (finding,), title="One")
        symbols = [
            p.get("d", "")
            for p in etree.fromstring(svg).iter(f"{NAMESPACE}path")
            if p.get("fill", "none") != "none"
        ]
        outlines.add(re.sub(r"[\d.]+", "n", symbols[-1]))
    assert len(outlines) == 3


def test_months_and_numbers_are_in_the_reader_s_language(content: ReportContent, words_in: InWords) -> None:
    """A short series names its months in Spanish and Korean, with that language's separators."""
    series = sample_series(content.city, "vehicle_crime")
    year = replace(series, points=tuple(p for p in series.points if p.start.year == 2023))
    spanish = charts.draw_series(words_in("es"), year)
    korean = charts.draw_series(words_in("ko"), year)
    assert ">ene<" in spanish
    assert ">3,000<" in spanish
    assert ">1월<" in korean


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_label_is_cut(content: ReportContent, words_in: InWords, code: str) -> None:
    """Names and numbers beside the plot lie inside the viewBox, by widths that hold for Latin and Hangul."""
    assert content.screen is not None
    rows = [row for row in content.screen.rows if row.measure == "homicides"]
    for width in (720, 360):
        root = etree.fromstring(charts.draw_changes(words_in(code), rows, title="x", width=width))
        total = float(root.get("viewBox", "").split()[2])
        assert total == pytest.approx(width, abs=1)
        left = _plot_left(root)
        for text in root.iter(f"{NAMESPACE}text"):
            if text.get("text-anchor") == "end" and text.text:
                assert text_width(text.text, size=12) <= left, text.text


def _plot_left(root: etree._Element) -> float:
    group = next(element for element in root.iter(f"{NAMESPACE}g") if element.get("transform"))
    return float(re.findall(r"[\d.]+", group.get("transform", ""))[0])


def test_hangul_is_reckoned_wider_than_latin() -> None:
    """Room for a label is reckoned by script, so that it does not depend on the machine's fonts."""
    assert text_width("노스할리우드") > text_width("North")
    assert widest(["a", "노스할리우드", "bb"]) >= 78


def test_hidden_and_refused_rows_are_not_drawn(content: ReportContent, words_in: InWords) -> None:
    """A chart of areas shows no dot for an area whose numbers are hidden."""
    assert content.screen is not None
    rows = [row for row in content.screen.rows if row.measure == "homicides"]
    svg = charts.draw_changes(words_in("en"), rows, title="x")
    for row in rows:
        assert (f">{words_in('en').area(row.area)}<" in svg) is (row.comparison is not None)


def test_sorting_puts_what_is_sure_first(content: ReportContent) -> None:
    """Changes that stand come first, those that may be chance later, hidden ones last."""
    assert content.screen is not None
    ranked = charts.sort_by_certainty(content.screen.rows)
    order = [
        0 if r.discovered else 1 if r.verdict in (Verdict.FELL, Verdict.ROSE) else 2 if r.comparison else 3
        for r in ranked
    ]
    assert order == sorted(order)
    assert order[0] == 0
    assert order[-1] == 3


def test_the_same_series_gives_the_same_bytes(content: ReportContent, words_in: InWords) -> None:
    """A caller may keep charts by their content."""
    series = content.series["homicides"]
    assert charts.draw_series(words_in("ko"), series) == charts.draw_series(words_in("ko"), series)


def test_an_empty_series_is_drawn_without_an_error(content: ReportContent, words_in: InWords) -> None:
    """A series without any value gives an empty chart that says so."""
    empty = replace(content.series["homicides"], points=(), breaks=())
    assert "No value of this series can be shown." in charts.draw_series(words_in("en"), empty)


def test_scripts_and_entities_do_not_pass() -> None:
    """What disturbs is taken out of any SVG, whoever made it."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="5"><script>x</script>'
        '<g role="graphics-object" onclick="x"><path d="M0,0L1,1" id="p" fill="url(#p)"/></g><path d=""/></svg>'
    )
    root = etree.fromstring(make_accessible(svg, title="T <b>", description="D & d", language="en"))
    assert root.get("viewBox") == "0 0 10 5"
    assert [etree.QName(element).localname for element in root.iter()] == [
        "svg",
        "title",
        "desc",
        "g",
        "path",
    ]
    path = root.find(f".//{NAMESPACE}path")
    assert path is not None
    assert path.get("fill") == f"url(#{path.get('id')})"
    assert root[0].text == "T <b>"
