"""The document every page begins with, and the policy it is shown under."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.file_util import get_static_dir

from dashboard.access import Role
from dashboard.gate.document import Document, document, source_hash
from tests.gate.asking import Front


@pytest.mark.parametrize(("query", "language", "title"), [("", "ko", "지표 Jipyo"), ("?lang=en", "en", "Jipyo")])
def test_a_page_says_its_language_and_whose_it_is(front: Front, query: str, language: str, title: str) -> None:
    page = front.ask("GET", f"/ranking{query}", Role.EVALUATOR).text
    assert f'<html lang="{language}">' in page
    assert f"<title>{title}</title>" in page
    assert "You need to enable JavaScript" not in page
    assert "service-desc" not in page


def test_the_policy_names_the_inline_scripts_there_are_and_allows_no_other(front: Front) -> None:
    answer = front.ask("GET", "/ranking", Role.EVALUATOR)
    inline = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    directive = re.search(r"script-src ([^;]*)", answer.headers["content-security-policy"])
    assert directive is not None
    assert directive[1].split() == ["'self'", *(source_hash(script) for script in inline)]
    assert len(inline) == 2
    for event in ("onload=", "onerror=", "javascript:"):
        assert event not in answer.text


def test_nothing_comes_from_elsewhere_or_goes_there(front: Front) -> None:
    policy = front.ask("GET", "/", Role.EVALUATOR).headers["content-security-policy"]
    sources = {source for directive in policy.split("; ") for source in directive.split()[1:]}
    hashes = {source for source in sources if source.startswith("'sha256-")}
    assert sources - hashes == {"'self'", "'none'", "'unsafe-inline'", "data:", "blob:"}
    assert re.search(r"style-src [^;]*'unsafe-inline'", policy)
    assert not re.search(r"script-src [^;]*unsafe", policy)


def test_a_document_that_an_upgrade_changed_is_noticed() -> None:
    index = document("ko").body.decode()
    with pytest.raises(ValueError, match="stands 0 times"):
        Document.of(index.replace("<title>", "<div>"), "ko", "static/js/charts.js")
    with pytest.raises(ValueError, match="stands 2 times"):
        Document.of(index.replace("</head>", "</head></head>"), "ko", "static/js/charts.js")


def test_what_draws_charts_is_named_as_streamlit_has_it_and_served(front: Front) -> None:
    (named,) = re.findall(r'import\(new URL\("\./(static/js/[^"]+)"', document("ko").body.decode())
    assert (Path(get_static_dir()) / named).is_file()
    assert front.ask("GET", f"/{named}", Role.EVALUATOR).status_code == 200
