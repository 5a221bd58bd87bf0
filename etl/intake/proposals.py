"""Proposals for received files that no source mentions: what they are, what that rests on, what is left to decide.

Nothing is loaded and nothing is changed: a proposal is text for `sources.toml` that a person reads first.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from etl.contracts.records import RECORDS
from etl.contracts.words import heading
from etl.documents.flaws import nearest
from etl.errors import Fault, UnreadableInput, UsageError
from etl.intake.describing import document_of, with_added
from etl.intake.layouts import headings as headings_of
from etl.intake.mapping import SOURCES, Mends, Source, parse_sources, read_sources
from etl.intake.own_tables import alone, write_whole
from etl.intake.proposing.claims import Reading, reading, readings
from etl.intake.proposing.entries import Entry, as_toml, entry_from, remark, toml_value
from etl.intake.proposing.layout import Found, find_layout
from etl.intake.proposing.meanings import MEANINGS, Meanings, read_meanings
from etl.intake.proposing.preview import Preview, preview
from etl.intake.proposing.sampling import Sample, sample
from etl.intake.proposing.shapes import known_shapes, named_headings, renamed, shape_of
from etl.intake.proposing.telling import LANGUAGES, Finding
from etl.intake.received import path_in
from etl.intake.tables import Layout

_TABLES: Final = frozenset(".csv .tsv .txt .xlsx .xlsm .xls .ods .parquet .json".split())
_NO_RECORDS: Final = frozenset({SOURCES, MEANINGS, "corrections.toml"})
_OTHERS_NAMED: Final = 2
_HEADINGS_NAMED: Final = 8


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for one received file.

    Attributes:
        file: its name in the folder.
        findings: what was understood, each with its reason.
        questions: what somebody has to decide; the entries are complete once there are none.
        entries: one for each kind of record it feeds; none where no kind is likely.
        previews: the first rows of each entry as they would be read, nothing about persons among them.
    """

    file: str
    findings: tuple[Finding, ...]
    questions: tuple[Finding, ...]
    entries: tuple[Entry, ...]
    previews: tuple[Preview, ...]

    @property
    def toml(self) -> str:
        """The entries as text for `sources.toml`; a file of unknown kind is only a remark."""
        if self.entries:
            return "\n".join(as_toml(entry) for entry in self.entries)
        asked = [line for question in self.questions for line in remark(question)]
        return "\n".join([*asked, "# [[source]]", f"# file = {toml_value(self.file)}", '# kind = "…"']) + "\n"


def propose_all(
    folder: Path, files: Sequence[str] = (), kinds: Sequence[str] = ()
) -> tuple[list[Proposal], list[Fault]]:
    """Proposals for files of a folder, and the faults of those that cannot be read.

    Args:
        folder: the records.
        files: their names; none takes every table that no source mentions.
        kinds: the kinds of record they feed, where a person has said so.

    Raises:
        UsageError: there is no such folder, a kind does not exist, or a file is mentioned already and no kind is said.
        UnreadableInput: its `sources.toml` or its `meanings.toml` cannot be used.
    """
    sources = sources_of(folder)
    mentioned = {os.path.normpath(source.file) for source in sources}
    again = [file for file in files if os.path.normpath(file) in mentioned]
    if again and not kinds:
        raise UsageError(Fault("file_mentioned_already", file) for file in again)
    _check_kinds(kinds)
    read_meanings(folder)
    proposals, faults = list[Proposal](), list[Fault]()
    for file in files or unmentioned(folder, sources):
        try:
            proposals.append(propose(folder, file, kinds))
        except UnreadableInput as error:
            faults += error.faults
    return proposals, faults


def propose(folder: Path, file: str, kinds: Sequence[str] = (), mends: Mends | None = None) -> Proposal:
    """Propose entries for one file of a folder of records.

    Args:
        folder: the records; its `sources.toml` and `meanings.toml` are looked at where there are any.
        file: the file's name in it.
        kinds: the kinds of record it feeds, where a person has said so.
        mends: the rows it takes the place of, where it was mended; it is read as the file they are from.

    Raises:
        UsageError: a kind does not exist.
        UnreadableInput: the file, or one of the folder's own tables, cannot be understood.
    """
    _check_kinds(kinds)
    meanings = read_meanings(folder)
    seen = sample(path_in(folder, file), file)
    found = find_layout(seen)
    told, entries = _entries(folder, seen, found, kinds, meanings, mends)
    findings = [*_told_form(seen), *found.findings, *told, *(one for entry in entries for one in entry.findings)]
    questions = [*found.questions, *(one.question for entry in entries for one in entry.open)]
    if seen.form == "text" and not seen.encoding:
        questions.insert(0, Finding("proposal_no_encoding"))
    if not entries:
        named = ", ".join(one for one in found.headings if one)[:300]
        questions.append(Finding("proposal_no_kind", {"headings": named}))
    with TemporaryDirectory(prefix="jipyo-") as work:
        previews = [preview(entry.source, found, meanings, Path(work)) for entry in entries]
    return Proposal(file, tuple(findings), tuple(questions), tuple(entries), tuple(previews))


def unmentioned(folder: Path, sources: Iterable[Source]) -> tuple[str, ...]:
    """Names of the tables in a folder that no source mentions, in order."""
    mentioned = {os.path.normpath(source.file) for source in sources}
    return tuple(
        sorted(
            path.name
            for path in folder.iterdir()
            if path.is_file() and _may_hold_records(path) and path.name not in mentioned
        )
    )


def add_to_sources(folder: Path, proposals: Sequence[Proposal]) -> Path:
    """Append the entries of proposals to the folder's `sources.toml`; no line that is there changes.

    Where there is none, the files that were read by their names alone get entries of their own first, for a
    `sources.toml` puts an end to that. Loads and decisions, which may add entries too, wait until this is done.
    """
    described = folder / SOURCES
    with alone(folder):
        added = "".join(f"\n{proposal.toml}" for proposal in proposals)
        write_whole(described, with_added(document_of(folder), added).decode())
    return described


def sources_of(folder: Path) -> tuple[Source, ...]:
    """The folder's sources; none where it has no `sources.toml` and no file named after a kind of record.

    Raises:
        UsageError: there is no such folder.
        UnreadableInput: its `sources.toml` cannot be used.
    """
    try:
        return read_sources(folder)
    except UnreadableInput as error:
        if any(fault.code != "nothing_to_read" for fault in error.faults):
            raise
        return ()


def _may_hold_records(path: Path) -> bool:
    hidden = path.name.startswith((".", "~$", "README"))
    return path.suffix.lower() in _TABLES and not hidden and path.name not in _NO_RECORDS


def _check_kinds(kinds: Iterable[str]) -> None:
    faults = [
        Fault("proposal_unknown_kind", "", {"kind": kind, "nearest": nearest(kind, RECORDS)})
        for kind in kinds
        if kind not in RECORDS
    ]
    if faults:
        raise UsageError(faults)


def as_json(proposal: Proposal) -> dict[str, Any]:
    """A proposal for a program: codes and facts beside the sentences of both languages."""
    return {
        "file": proposal.file,
        "kinds": [entry.source.kind for entry in proposal.entries],
        "findings": [_finding_json(one) for one in proposal.findings],
        "questions": [_finding_json(one) for one in proposal.questions],
        "toml": proposal.toml,
        "previews": [{"kind": one.kind, "columns": one.columns, "rows": one.rows} for one in proposal.previews],
    }


def _finding_json(finding: Finding) -> dict[str, Any]:
    return {"code": finding.code, "facts": dict(finding.facts), "text": {one: finding.text(one) for one in LANGUAGES}}


# What the file is ---------------------------------------------------------------------------------------------------


def _told_form(seen: Sample) -> list[Finding]:
    if seen.form == "spreadsheet":
        sheets = ", ".join(seen.sheets)
        return (
            [Finding("proposal_sheet", {"sheet": seen.sheet or "-", "sheets": sheets})] if len(seen.sheets) > 1 else []
        )
    rests_on = {"bom": "bom", "utf-8": "strict", "cp949": "korean"}.get(seen.encoding_from)
    findings = [Finding(f"proposal_encoding_{rests_on}", {"encoding": seen.encoding})] if rests_on else []
    shown = {"\t": "TAB"}.get(seen.delimiter, seen.delimiter)
    facts = {"delimiter": shown, "rows": min(len(seen.rows), 200), "even": seen.even_rows}
    return [*findings, Finding("proposal_delimiter", facts)]


def _entries(
    folder: Path, seen: Sample, found: Found, kinds: Sequence[str], meanings: Meanings, mends: Mends | None
) -> tuple[list[Finding], list[Entry]]:
    """The entries for a file and what they rest on: an entry for a like file, a known shape, or the headings."""
    if mends is not None:
        told, entries = _of_mended(folder, seen, found, kinds, mends)
        if not entries:
            told, entries = _entries(folder, seen, found, kinds, meanings, None)
        return told, [replace(one, source=one.source.model_copy(update={"mends": mends})) for one in entries]
    alike = [] if kinds else _alike(folder, seen, found)
    if alike:
        return [Finding("proposal_same_shape", {"file": alike[0].file})], [renamed(one, seen, found) for one in alike]
    for shape in known_shapes():
        if shape.fits(found.headings) and (entries := shape.entries(seen, found, kinds)):
            return [Finding("proposal_known_shape", {"name": shape.name, "about": shape.about})], entries
    return _from_headings(seen, found, kinds, meanings)


def _of_mended(
    folder: Path, seen: Sample, found: Found, kinds: Sequence[str], mends: Mends
) -> tuple[list[Finding], list[Entry]]:
    """The entries of the file that mended rows are from; none where somebody changed its headings or said a kind."""
    received = [one for one in sources_of(folder) if one.file == mends.file]
    header = shape_of(seen.rows[0][1] if seen.rows else ())
    if kinds or not received or not all(_names_all([one], header) or _bears_own_names(one, header) for one in received):
        return [], []
    # Mended rows stand right under their headings, with what merged cells had left open filled in.
    plain = {"header_row": 1, "header_rows": 1, "code_rows": 0, "fill_down": ()}
    entries = [renamed(one, seen, found) for one in received]
    entries = [replace(one, source=one.source.model_copy(update=plain)) for one in entries]
    return [Finding("proposal_same_shape", {"file": mends.file})], entries


def _bears_own_names(source: Source, header: frozenset[str]) -> bool:
    """Whether nothing need be said of a file's columns: the headings are the contract's own."""
    needed = [column for column, field in RECORDS[source.kind].model_fields.items() if field.is_required()]
    return source.columns is None and shape_of(needed) <= header


def _alike(folder: Path, seen: Sample, found: Found) -> list[Source]:
    """The entries there are for the first file whose headings are the same."""
    sources = [source for source in sources_of(folder) if source.columns is not None and source.file != seen.label]
    shape = shape_of(found.headings)
    for file in dict.fromkeys(source.file for source in sources):
        entries = [source for source in sources if source.file == file]
        if _shape_of_file(folder, entries) == shape or (not (folder / file).is_file() and _names_all(entries, shape)):
            return entries
    return []


def _names_all(entries: Sequence[Source], shape: frozenset[str]) -> bool:
    named = frozenset[str]().union(*map(named_headings, entries))
    return bool(named) and named <= shape


def _shape_of_file(folder: Path, entries: Sequence[Source]) -> frozenset[str] | None:
    """The headings of a file with an entry, where the entry says they are."""
    source = entries[0]
    try:
        rows = sample(path_in(folder, source.file), source.file, source.sheet).rows
    except UnreadableInput:
        return None
    header = [cells for number, cells in rows if source.header_row <= number < source.header_row + source.header_rows]
    return shape_of(headings_of(header)) if header else None


def _from_headings(
    seen: Sample, found: Found, kinds: Sequence[str], meanings: Meanings
) -> tuple[list[Finding], list[Entry]]:
    template = _template_of(seen, found)
    if template is not None and not kinds:
        kind, layout = template
        facts = {"kind": kind, "row": layout.header_row}
        return [Finding("proposal_template", facts)], [Entry(Source(file=seen.label, kind=kind))]
    if kinds:
        chosen = [reading(kind, found, meanings) for kind in kinds]
        told = [Finding("proposal_kind_told", {"kind": one.kind, "name": _name(one.kind)}) for one in chosen]
    else:
        ranked = readings(found, meanings)
        chosen = _likely(ranked)
        told = [_told_kind("proposal_kind", one) for one in chosen]
        told += [_told_kind("proposal_other_kind", one) for one in ranked[:_OTHERS_NAMED] if _is_another(one, chosen)]
    return told, [entry_from(one, found, seen, meanings) for one in chosen]


def _likely(ranked: Sequence[Reading]) -> list[Reading]:
    """The likeliest kind, and others that the file feeds without anything lacking and with a heading of their own."""
    first, *others = ranked
    if not first.is_likely:
        return []
    whole = [one for one in others if one.is_likely and not one.lacking and not one.undecided]
    return [first, *(one for one in whole if _has_a_heading_of_its_own(one, first))]


def _has_a_heading_of_its_own(one: Reading, first: Reading) -> bool:
    """Whether a kind says more of the file than the likeliest kind does: a session also names its course and round."""
    return not {claim.heading for claim in one.fed.values()} <= {claim.heading for claim in first.fed.values()}


def _is_another(one: Reading, chosen: Sequence[Reading]) -> bool:
    if one.kind in {each.kind for each in chosen} or not one.fed:
        return False
    return not chosen or (one.is_likely and one.score > chosen[0].score / 3)


def _told_kind(code: str, one: Reading) -> Finding:
    headings = [claim.heading for claim in one.fed.values()]
    shown = ", ".join(headings[:_HEADINGS_NAMED])
    facts = {"kind": one.kind, "name": _name(one.kind), "columns": len(headings), "headings": shown}
    return Finding(code, facts)


def _name(kind: str) -> dict[str, str]:
    return {"ko": heading(kind, "heading", "ko"), "en": heading(kind, "heading", "en")}


def _template_of(seen: Sample, found: Found) -> tuple[str, Layout] | None:
    """The kind of a spreadsheet made by `jipyo template`: its second row holds the contract's own column names."""
    rows = dict(seen.rows)
    codes = {cell for cell in rows.get(found.layout.header_row + 1, ()) if cell}
    kind = next((kind for kind, contract in RECORDS.items() if codes == contract.model_fields.keys()), None)
    if kind is None or seen.form != "spreadsheet" or found.layout.header_row != 1:
        return None
    return kind, replace(found.layout, header_row=2, code_rows=0)


def checked(proposal: Proposal) -> tuple[Source, ...]:
    """The sources a proposal's text comes to, as `sources.toml` would have them; none where it is only a remark.

    Raises:
        UnreadableInput: the text is not what a `sources.toml` takes.
    """
    return parse_sources(f"version = 1\n{proposal.toml}".encode(), proposal.file) if proposal.entries else ()
