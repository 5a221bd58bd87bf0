"""Text is never markup, and tables are tables."""

from __future__ import annotations

from decimal import Decimal
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.markup import Column, Fact, Line, bar, exact, facts_row, link, no_markdown, safe, shortened, small, table
from dashboard.nothing import trouble_box
from dashboard.theme import stylesheet
from dashboard.words import Words

HOSTILE = ("<img src=x onerror=alert(1)>", '"><script>alert(1)</script>', "&lt;b&gt;", "' onmouseover='x", "</table>")
texts = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]))


class Reader(HTMLParser):
    """Collects tags with their attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    ("value", "is_long"),
    [("88.15점", False), ("100.00점", False), ("S (탁월)", False), ("A (Good)", False), ("S (Outstanding)", True)],
)
def test_a_figure_with_a_word_that_would_break_within_itself_is_written_smaller(value: str, is_long: bool) -> None:
    assert ("jp-fact-long" in facts_row([Fact("등급", value, "")])) is is_long
    assert ".jp-fact-long" in stylesheet()


@given(texts | st.sampled_from(HOSTILE), texts | st.sampled_from(HOSTILE))
def test_any_text_shows_as_it_is_written_and_adds_no_element(name: str, href: str) -> None:
    read = Reader(link(name, href))
    assert read.text == name
    assert [tag for tag, _ in read.tags] == ["a"]
    assert read.tags[0][1] == {"target": "_self"} | ({"href": href} if href else {})


@given(st.lists(texts | st.sampled_from(HOSTILE), min_size=2, max_size=2), texts)
def test_a_table_has_its_cells_whatever_stands_in_them(cells: list[str], caption: str) -> None:
    read = Reader(table(caption, [Column("가"), Column("나", "number")], [Line([safe(cell) for cell in cells])]))
    tags = [tag for tag, _ in read.tags]
    assert tags == ["div", "table", "caption", "thead", "tr", "th", "th", "tbody", "tr", "th", "td"]
    assert read.text == caption + "가나" + "".join(cells)


def test_the_column_that_names_a_row_heads_it() -> None:
    columns = [Column("순위", "number"), Column("부서")]
    read = Reader(table("표", columns, [Line([safe("1위"), safe("교통정책과")])], heads=1))
    assert [(tag, attributes.get("scope")) for tag, attributes in read.tags][-2:] == [("td", None), ("th", "row")]


@pytest.mark.parametrize(
    ("shown", "value", "title"),
    [
        ("16.43", Decimal("16.42666"), "16.42666"),
        ("36.10", Decimal("36.1"), None),
        ("1,515명", Decimal(1515), None),
        ("−3.5", Decimal("-3.5"), None),
        ("117 % of target", Decimal("116.67"), "116.67"),
        ("해당없음", None, None),
    ],
)
def test_a_number_has_its_published_digits_at_hand_where_they_are_more(
    shown: str, value: Decimal | None, title: str | None
) -> None:
    ((_, attributes),) = Reader(exact(shown, value)).tags
    assert attributes.get("title") == title


@pytest.mark.parametrize(("share", "width"), [("0", "0.00"), ("88.15", "88.15"), ("130", "100.00"), ("-5", "0.00")])
def test_a_bar_starts_at_zero_and_ends_at_a_hundred(share: str, width: str) -> None:
    assert f"width:{width}%" in bar(Decimal(share), safe("점수"))


def test_a_remark_of_nothing_is_nothing() -> None:
    assert small("") == ""


@given(texts)
def test_a_label_without_markdown_escapes_every_sign_that_means_something(text: str) -> None:
    escaped = no_markdown(text)
    unescaped = escaped.replace("\\\\", "\0")
    for sign in "`*_[]<>#$:":
        assert unescaped.count(sign) == unescaped.count("\\" + sign)


@pytest.mark.parametrize(
    ("text", "columns", "short"),
    [
        ("교통정책과", 10, "교통정책과"),
        ("교통정책과", 9, "교통정책…"),
        ("Data analyses", 13, "Data analyses"),
        ("Data analyses completed", 13, "Data analyse…"),
        ("  두\n줄  ", 10, "두 줄"),
    ],
)
def test_a_long_name_is_cut_to_what_a_label_holds(text: str, columns: int, short: str) -> None:
    assert shortened(text, columns) == short


def test_what_an_address_says_is_not_repeated_without_end() -> None:
    box = trouble_box("no_unit", "9" * 3000, Words("ko"))
    assert "9" * 39 + "…" in box
    assert "9" * 40 not in box


def test_the_path_of_a_folder_is_told_whole() -> None:
    folder = "/srv/" + "/".join(["releases"] * 20)
    assert folder in trouble_box("no_folder", folder, Words("ko"))
