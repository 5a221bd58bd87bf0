"""The key of the pseudonyms is made once, kept from everybody else, and refused where it is not."""

from __future__ import annotations

import base64
import hashlib
import hmac
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import UnreadableInput, UsageError
from etl.intake.key import Key, canonical, create_key, key_path, read_key

SECRET = bytes(range(7, 39))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where a key may be."""
    return tmp_path / "settings" / "jipyo" / "pseudonym.key"


def kept(place: Path, content: str | bytes, mode: int = 0o600) -> Path:
    """A key file with this content."""
    place.parent.mkdir(parents=True, mode=0o700)
    place.write_bytes(content.encode() if isinstance(content, str) else content)
    place.chmod(mode)
    return place


def codes(error: pytest.ExceptionInfo[UnreadableInput] | pytest.ExceptionInfo[UsageError]) -> list[str]:
    return [fault.code for fault in error.value.faults]


def test_a_new_key_can_be_read_by_its_owner_alone_and_comes_back_the_same(place: Path) -> None:
    made = create_key(place)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert read_key(place) == made
    assert len(made.secret) == 32
    assert create_key(place.with_name("other.key")) != made


def test_a_key_is_never_written_over(place: Path) -> None:
    create_key(place)
    before = place.read_bytes()
    with pytest.raises(UsageError) as error:
        create_key(place)
    assert codes(error) == ["key_there_already"]
    assert place.read_bytes() == before


def test_a_link_to_nowhere_is_not_followed_to_make_a_key(place: Path, tmp_path: Path) -> None:
    place.parent.mkdir(parents=True)
    place.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError):
        create_key(place)
    assert not (tmp_path / "elsewhere").exists()


WRITTEN = [
    pytest.param(SECRET.hex(), id="hexadecimal digits"),
    pytest.param(SECRET.hex().upper() + "\n", id="capitals and a line break"),
    pytest.param(base64.b64encode(SECRET), id="base64"),
    pytest.param(base64.encodebytes(SECRET * 3), id="base64 on several lines"),
]


@pytest.mark.parametrize("content", WRITTEN)
def test_a_key_is_read_in_hexadecimal_digits_or_base64(place: Path, content: str | bytes) -> None:
    assert read_key(kept(place, content)).secret[:32] == SECRET


MALFORMED = [
    pytest.param("", id="empty"),
    pytest.param(SECRET[:31].hex(), id="a byte short"),
    pytest.param(SECRET.hex()[:-1] + "!", id="no digits"),
    pytest.param("0" * 64, id="zeros"),
    pytest.param("ab" * 32, id="one byte over and over"),
    pytest.param(b"\xff" * 64, id="raw bytes"),
    pytest.param("my secret passphrase that is long enough", id="words"),
    pytest.param(SECRET.hex() * 100, id="far too long"),
]


@pytest.mark.parametrize("content", MALFORMED)
def test_what_is_no_random_key_is_refused(place: Path, content: str | bytes) -> None:
    with pytest.raises(UnreadableInput) as error:
        read_key(kept(place, content))
    assert codes(error) == ["key_malformed"]
    assert str(content) not in error.value.text("en") or not content


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o610, 0o666])
def test_a_key_that_others_reach_is_refused(place: Path, mode: int) -> None:
    with pytest.raises(UnreadableInput) as error:
        read_key(kept(place, SECRET.hex(), mode))
    assert codes(error) == ["key_open_to_others"]


def test_a_folder_in_which_others_could_put_a_key_is_refused(place: Path) -> None:
    kept(place, SECRET.hex()).parent.chmod(0o770)
    with pytest.raises(UnreadableInput) as error:
        read_key(place)
    assert codes(error) == ["key_folder_open_to_others"]


def test_a_key_beside_the_data_is_refused_also_through_a_link(place: Path, tmp_path: Path) -> None:
    kept(place, SECRET.hex())
    link = tmp_path / "link.key"
    link.symlink_to(place)
    for said in (place, link):
        with pytest.raises(UnreadableInput) as error:
            read_key(said, (tmp_path / "elsewhere", tmp_path / "settings"))
        assert codes(error) == ["key_beside_the_data"]
    assert read_key(place, (tmp_path / "elsewhere",)).secret == SECRET


def test_a_key_in_a_work_tree_of_git_is_neither_made_nor_read(place: Path, tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: elsewhere\n")
    with pytest.raises(UsageError) as refused:
        create_key(place)
    assert codes(refused) == ["key_under_version_control"]
    assert not place.exists()
    with pytest.raises(UnreadableInput) as error:
        read_key(kept(place, SECRET.hex()))
    assert codes(error) == ["key_under_version_control"]


def test_everything_wrong_with_a_key_is_told_at_once(place: Path, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    with pytest.raises(UnreadableInput) as error:
        read_key(kept(place, "x", 0o644), (tmp_path,))
    assert set(codes(error)) == {
        *("key_open_to_others", "key_beside_the_data", "key_under_version_control", "key_malformed"),
    }


def test_a_key_that_is_missing_or_no_file_is_told(place: Path) -> None:
    with pytest.raises(UnreadableInput) as error:
        read_key(place)
    assert codes(error) == ["key_missing"]
    place.mkdir(parents=True, mode=0o700)
    with pytest.raises(UnreadableInput) as error:
        read_key(place)
    assert codes(error) == ["key_not_readable"]


PATHS = [
    ({"JIPYO_KEY_FILE": "/a/b.key", "XDG_CONFIG_HOME": "/c"}, "/a/b.key"),
    ({"JIPYO_KEY_FILE": "", "XDG_CONFIG_HOME": "/c"}, "/c/jipyo/pseudonym.key"),
    ({"JIPYO_KEY_FILE": "", "XDG_CONFIG_HOME": "", "HOME": "/h"}, "/h/.config/jipyo/pseudonym.key"),
]


@pytest.mark.parametrize(("environment", "expected"), PATHS)
def test_the_place_of_the_key_is_what_the_environment_says(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], expected: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert key_path() == Path(expected)


# Pseudonyms -----------------------------------------------------------------------------------------------------------

SAME = [
    (
        "A1234",
        ["a1234", " A1234 ", "Ａ１２３４", "A1234\u200b", "\ufeffA1234", "A1234\n", "\u202eA1234", "A\u00ad1234"],
    ),
    (
        "홍 길동",
        ["홍  길동", "홍\u3000길동", "홍\u00a0길동", "\u1112\u1169\u11bc \u1100\u1175\u11af\u1103\u1169\u11bc"],
    ),
    ("ÉCOLE", ["école", "e\u0301cole"]),
    ("STRASSE", ["straße"]),
]
DIFFERENT = [("0012", "12"), ("A-12", "A12"), ("홍길동", "홍 길동"), ("A1234", "A1235"), ("1.0", "1")]


@pytest.mark.parametrize(("cell", "others"), SAME)
def test_what_a_reader_cannot_tell_apart_is_one_person(cell: str, others: list[str]) -> None:
    assert {canonical(other) for other in [cell, *others]} == {cell}


@pytest.mark.parametrize(("cell", "other"), DIFFERENT)
def test_what_a_reader_can_tell_apart_is_two_people(cell: str, other: str) -> None:
    key = Key(SECRET)
    assert key.pseudonym([cell]) != key.pseudonym([other])


@given(st.text(max_size=20))
def test_the_canonical_text_of_a_canonical_text_is_itself(cell: str) -> None:
    assert canonical(canonical(cell)) == canonical(cell)


def test_a_pseudonym_is_what_the_standard_says() -> None:
    """Written out, so that another program with the key can make the same ones."""
    expected = hmac.new(SECRET, "홍길동\x1f1990-01-02".encode(), hashlib.sha256).hexdigest()[:32]
    assert Key(SECRET).pseudonym(["홍길동 ", "1990-01-02"]) == f"p{expected}"


EMPTY = [[""], [" "], ["\u200b"], ["\t\n"], ["\x00"], ["홍길동", ""], ["", "1990-01-02"]]


@pytest.mark.parametrize("cells", EMPTY)
def test_nobody_has_no_pseudonym(cells: list[str]) -> None:
    assert Key(SECRET).pseudonym(cells) == ""


def test_columns_are_joined_so_that_no_sign_can_move_from_one_to_the_other() -> None:
    key = Key(SECRET)
    assert len({key.pseudonym(cells) for cells in (["a", "bc"], ["ab", "c"], ["a\x1fb", "c"], ["a", "b\x1fc"])}) == 4


def test_a_fingerprint_tells_keys_apart_and_is_nobodys_pseudonym() -> None:
    key = Key(SECRET)
    assert key.fingerprint == hmac.new(SECRET, b"jipyo key fingerprint", hashlib.sha256).hexdigest()[:16]
    assert key.fingerprint != Key(SECRET[::-1]).fingerprint
    assert key.fingerprint not in key.pseudonym(["jipyo key fingerprint"])
    assert SECRET.hex() not in repr(key)
    assert repr(SECRET) not in repr(key)
