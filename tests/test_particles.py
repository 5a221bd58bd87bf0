"""Particles after what texts name: by the sound it ends in, and both ways where nobody can tell how it is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.particles import filled, with_particle


@pytest.mark.parametrize(
    ("word", "pair", "written"),
    [
        ("공원녹지과", "으로/로", "공원녹지과로"),
        ("성과관리담당관", "으로/로", "성과관리담당관으로"),
        ("서울", "으로/로", "서울로"),
        ("개방률", "은/는", "개방률은"),
        ("사업", "은/는", "사업은"),
        ("교통정책과", "이/가", "교통정책과가"),
        ("88.15", "으로/로", "88.15로"),
        ("61", "으로/로", "61로"),
        ("10", "으로/로", "10으로"),
        ("2021", "을/를", "2021을"),
        ("데이터 리더십(정성)", "으로/로", "데이터 리더십(정성)으로"),
        ("'지원'", "과/와", "'지원'과"),
        ("AI", "이/가", "AI가"),
        ("URL", "은/는", "URL은"),
        ("", "은/는", "는"),
    ],
)
def test_particles_follow_the_sound_a_word_ends_in(word: str, pair: str, written: str) -> None:
    assert with_particle(word, pair) == written


@pytest.mark.parametrize(
    ("text", "fact", "written"),
    [
        ("앞의 '{x}'을(를) 빼면", "안전교통국", "앞의 '안전교통국'을 빼면"),
        ("앞의 '{x}'을(를) 빼면", "시청 기획과", "앞의 '시청 기획과'를 빼면"),
        ("'{x}'이(가) 없습니다", "2021-031", "'2021-031'이 없습니다"),
        ("{x}은(는) 날짜가", "2021. 2. 31.", "2021. 2. 31.은(는) 날짜가"),
        ("{x}와(과) 주제가", "주차장(시범)", "주차장(시범)과 주제가"),
        ("{x}(으)로 정합니다", "서울", "서울로 정합니다"),
        ("{x}(으)로 정합니다", "인정", "인정으로 정합니다"),
        ("{x}을(를) 새 판으로", "개방목록.csv", "개방목록.csv을(를) 새 판으로"),
        ("'{x}'은(는)", "", "''은(는)"),
        ("'{x}'은(는)", "{y}을(를) {x}", "'{y}을(를) {x}'은(는)"),
    ],
)
def test_a_particle_written_both_ways_is_told_where_everybody_reads_the_word_alike(
    text: str, fact: str, written: str
) -> None:
    assert filled(text, x=fact) == written


@given(st.text())
def test_what_a_text_names_stands_in_it_to_the_letter(fact: str) -> None:
    said = filled("가 '{x}'을(를) 나", x=fact)
    assert said.removeprefix(f"가 '{fact}'") in {"을 나", "를 나", "을(를) 나"}


@pytest.mark.parametrize(
    ("units", "written"),
    [
        (0, "0 departments have a value"),
        (1, "1 department has a value"),
        ("1", "1 department has a value"),
        (21, "21 departments have a value"),
        ("1,001", "1,001 departments have a value"),
    ],
)
def test_in_english_a_word_follows_its_number(units: object, written: str) -> None:
    assert filled("{units:department has/departments have} a value", units=units) == written
