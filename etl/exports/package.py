"""A sealed package: the release, its tables and documents for reading, and a verifier that needs nothing but Python.

The same release in the same state and language gives the same bytes, whoever takes it and when: neither is in it, but
the head of the audit log where there is one. Who took it, and the digest of what was taken, is what `export` answers,
for the minutes and the log. The report and the scorecards compare with earlier years where those were published beside
it: the page says which, since the bytes depend on them too.

Charts are not in it: the dashboard draws them, of which nothing here knows, and they would be ten times the rest.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from etl.errors import Fault, Language, UsageError
from etl.exports import stand_alone
from etl.exports.about import ABOUT, BOM, control_text
from etl.exports.carried import Carried
from etl.exports.csv_files import write_csv
from etl.exports.formats import REPORT, SCORECARDS
from etl.exports.hwpx import write_hwpx
from etl.exports.parquet_files import write_parquet
from etl.exports.pdf.documents import write_pdf
from etl.exports.tables import Control, tables_of
from etl.exports.writing import Archive
from etl.exports.xlsx import write_xlsx
from etl.insight.earlier import earlier_releases
from etl.insight.reading import Reading
from etl.release.folder import SIGNOFF, SUMS, files_of, sha256_of
from etl.release.signoff import read_signatures
from etl.shown import NOTHING

VERIFIER: Final = "verify.py"
LOG_HEAD: Final = "audit-head.txt"
_SAME: Final[dict[Language, str]] = {
    "ko": "누가 언제 이 꾸러미를 가져갔는지는 적혀 있지 않습니다."
    " 같은 공개본이면 누구에게나 바이트까지 같은 꾸러미입니다.",
    "en": "Who took this package, and when, is not in it: the same release gives everybody the same bytes.",
}
_LOGGED: Final[dict[Language, str]] = {
    "ko": "누가 언제 이 꾸러미를 가져갔는지는 여기가 아니라 기관의 감사 기록에 있습니다.\n"
    "audit-head.txt는 그때의 감사 기록 머리(번호:해시)입니다. 기관은 jipyo verify --audit --head 로 그 뒤\n"
    "기록이 바뀌지 않았음을 보일 수 있습니다. 이 파일 말고는 누구에게나 같은 꾸러미입니다.",
    "en": "Who took this package, and when, is not in it but in the body's\n"
    "audit log. audit-head.txt is the head of that log (number:hash) at that time: with jipyo verify --audit --head\n"
    "the body can show that the log was not changed since. But for this file the package is the same for everybody.",
}
MOST_WITH_DOCUMENTS: Final = 1000
"""Of more departments the documents are taken by themselves: a report of 5,000 alone takes a minute and 1.4 GiB."""
_FILES: Final[dict[Language, dict[bool, str]]] = {
    "ko": {
        True: "결과표(XLSX), 결과보고서(PDF, HWPX), 성적표(PDF), CSV와 Parquet 묶음(ZIP)",
        False: "결과표(XLSX), CSV와 Parquet 묶음(ZIP). 보고서와 성적표는 부서가 많아 따로 내보냅니다",
    },
    "en": {
        True: "a workbook (XLSX), the report (PDF, HWPX), scorecards (PDF), all tables as CSV and Parquet (ZIP)",
        False: "a workbook (XLSX), all tables as CSV and Parquet (ZIP); report and scorecards of so many\n"
        "                   departments are taken by themselves",
    },
}
_COMPARED: Final[dict[Language, str]] = {"ko": "견준 지난 공개본", "en": "Earlier releases compared with"}
_SIGNED: Final[dict[Language, str]] = {
    "ko": "\n서명           release/{name}/signoff.json에 {count}명의 서명이 있습니다. jipyo verify 가 확인합니다.\n",
    "en": "\nsignatures     {count}, in release/{name}/signoff.json; jipyo verify checks them.\n",
}
_PAGES: Final[dict[Language, str]] = {
    "ko": """{marks}{title}

이 꾸러미는 공개본 하나와 그것을 확인하는 프로그램입니다.

[들어 있는 것]
release/{name}/  공개본. 결과 표(CSV), 봉인된 기록(Parquet), 그때의 규칙(rulebook.toml)
exports/           읽기 위한 파일. {files}
verify.py          확인하는 프로그램. 파이썬 3.11 이상이면 되고 다른 것은 필요하지 않습니다
SHA256SUMS         모든 파일의 다이제스트

[확인하는 방법]
1. 꾸러미를 풉니다.
2. 푼 폴더에서 python3 verify.py 를 실행합니다(윈도우는 py verify.py).
3. "맞습니다"가 나오면 파일이 한 바이트도 바뀌지 않았고, 배점과 지표 점수에서 모든 부서의 종합점수와 순위를 다시
   계산해도 같다는 뜻입니다(두 부서씩 견주어 매긴 순위는 배점과 지표 값에서 계산합니다). 다르면 어느 표의 어느 칸인지
   알려 주고 1로 끝납니다.
4. 다음 봉인이 기관이 알린 값(의사록, 공표문)과 같은지 보세요. 꾸러미 전체를 다시 만든 사람이 있어도 여기서 드러납니다.

공개본 식별자  {release_id}
봉인           {seal}
{signed}
[이 공개본]
{facts}

[표와 검산할 합계]
{controls}

지표 점수까지 기록에서 다시 계산하려면 Jipyo의 jipyo verify release/{name} 을 쓰세요. 등급과 가감점도 확인합니다.
{same}
""",
    "en": """{marks}{title}

This package is one release and the program that checks it.

[What is in it]
release/{name}/  the release: tables of results (CSV), sealed records (Parquet), the rules of the day (rulebook.toml)
exports/           files for reading: {files}
verify.py          the program that checks; it needs Python 3.11 or later and nothing else
SHA256SUMS         digests of all files

[How to check it]
1. Unpack it.
2. Run python3 verify.py in the unpacked folder (py verify.py on Windows).
3. "verified" means that no byte of any file was changed, and that the score and rank of every department come out the
   same when they are computed again from the weights and the points of the indicators (ranks by comparing pairs: from
   the weights and the values). Otherwise it names table and cell, and ends with 1.
4. Compare the seal below with the one the body made known (minutes, announcement): it tells also on somebody who made
   the whole package anew.

id of the release  {release_id}
seal               {seal}
{signed}
[This release]
{facts}

[Tables, and totals to check them by]
{controls}

To compute the indicators' points from the records too, grades, bonus and penalty included, use Jipyo: jipyo verify
release/{name}. {same}
""",
}


def write_package(
    carried: Carried, begun: Path, language: Language = "ko", only: Sequence[str] = (), units: Sequence[str] = ()
) -> Mapping[str, Control]:
    """Write the package, which is always whole.

    Args:
        carried: the release; by whom it is taken does not enter the package, the head of the audit log does.
        begun: the ZIP to write.
        language: of the workbook.
        only: must be none.
        units: must be none.

    Returns:
        table, sheet or document -> rows and control total.

    Raises:
        UsageError: parts or some departments alone are wanted, or a font is missing.
        VerificationError: a release of an earlier year beside it is not as it was published.
    """
    if only or units:
        raise UsageError(Fault("export_package_is_whole", "--only" if only else "--unit"))
    untold = replace(carried, taken=None)
    folder, name = carried.reading.folder, carried.reading.manifest.name
    with tempfile.TemporaryDirectory(prefix="jipyo-") as work:
        book, tables, typed = (Path(work) / f"{name}{end}" for end in (".xlsx", "-csv.zip", "-parquet.zip"))
        sheets = write_xlsx(untold, book, language)
        controls = write_csv(untold, tables)
        write_parquet(untold, typed)
        documents, told = _write_documents(untold, Path(work), language)
        files = {f"release/{name}/{file}": folder / file for file in (*files_of(folder), SUMS)}
        files |= {f"release/{name}/{SIGNOFF}": folder / SIGNOFF} if read_signatures(folder) else {}
        files |= {f"exports/{made.name}": made for made in (book, tables, typed, *documents)}
        files[VERIFIER] = Path(stand_alone.__file__)
        head = carried.taken.log_head if carried.taken else ""
        texts = {ABOUT: _page(carried, head, controls)} | ({LOG_HEAD: f"{head}\n".encode()} if head else {})
        _write_archive(begun, f"jipyo-{name}", files, texts)
    return {**controls, **sheets, **told}


def _write_documents(carried: Carried, work: Path, language: Language) -> tuple[list[Path], Mapping[str, Control]]:
    """The report as PDF and for Hangul, and the scorecards, where there are any; the files, and what is in each."""
    if not _has_documents(carried):
        return [], {}
    name = carried.reading.manifest.name
    report, hangul, cards = (work / f"{name}-{end}" for end in ("report.pdf", "report.hwpx", "scorecards.pdf"))
    told = {"report.pdf": write_pdf(carried, report, language, (REPORT,))[REPORT]}
    told["report.hwpx"] = write_hwpx(carried, hangul, language, (REPORT,))[REPORT]
    told["scorecards.pdf"] = write_pdf(carried, cards, language, (SCORECARDS,))[SCORECARDS]
    return [report, hangul, cards], told


def _has_documents(carried: Carried) -> bool:
    return len(carried.reading.units) <= MOST_WITH_DOCUMENTS


def _facts(carried: Carried, language: Language) -> Iterator[str]:
    """What the package says of the release, and of the years it is compared with."""
    yield from (f"{label}: {value}" for label, value in carried.facts(language))
    earlier = ", ".join(other.manifest.name for other in earlier_releases(carried.reading))
    yield f"{_COMPARED[language]}: {earlier or NOTHING}"


def _totals(reading: Reading, controls: Mapping[str, Control], language: Language) -> Iterator[str]:
    """Every published table with how many rows it has and what they come to."""
    for table in tables_of(reading):
        if table.is_published:
            yield f"{table.name} ({table.word(language)}): {control_text(table, controls[table.name], language)}"


def _write_archive(target: Path, top: str, files: Mapping[str, Path], texts: Mapping[str, bytes]) -> None:
    sums = {file: hashlib.sha256(text).hexdigest() for file, text in texts.items()}
    sums |= {file: sha256_of(path) for file, path in files.items()}
    with Archive(target) as archive:
        for file, text in texts.items():
            archive.add(f"{top}/{file}", text)
        for file in sorted(files):
            archive.add_file(f"{top}/{file}", files[file])
        archive.add(f"{top}/{SUMS}", "".join(f"{sums[file]}  {file}\n" for file in sorted(sums)).encode())


def _page(carried: Carried, head: str, controls: Mapping[str, Control]) -> bytes:
    reading, untold = carried.reading, replace(carried, taken=None)
    name, signatures = reading.manifest.name, read_signatures(reading.folder)
    languages: tuple[Language, ...] = ("ko", "en")
    pages = [
        _PAGES[language].format(
            marks="".join(f"*** {mark} ***\n" for mark in carried.marks(language)),
            title=carried.title(language),
            name=name,
            release_id=reading.manifest.release_id,
            seal=carried.seal,
            signed=_SIGNED[language].format(name=name, count=len(signatures)) if signatures else "",
            same=(_LOGGED if head else _SAME)[language],
            files=_FILES[language][_has_documents(carried)],
            facts="\n".join(_facts(untold, language)),
            controls="\n".join(_totals(reading, controls, language)),
        )
        for language in languages
    ]
    return (BOM + "\n\n".join(pages)).replace("\n", "\r\n").encode("utf-8")
