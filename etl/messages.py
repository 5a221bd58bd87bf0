"""Every sentence a fault can say, in Korean and English: what is wrong, why, and what to do next.

One table a room, so that a sentence stands beside its neighbours; `MESSAGES` joins them. What stands in ⟨ ⟩ is said
where there is something to name in it, such as a name nearly like the one written. A test holds that every code raised
anywhere has both languages and that both name the same facts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter
from typing import Final

from etl.messages_demo import DEMO_MESSAGES
from etl.messages_documents import DOCUMENT_MESSAGES
from etl.messages_exports import EXPORT_MESSAGES
from etl.messages_files import FILE_MESSAGES
from etl.messages_proposals import PROPOSAL_MESSAGES
from etl.messages_record import RECORD_MESSAGES
from etl.messages_release import RELEASE_MESSAGES
from etl.messages_requests import REQUEST_MESSAGES
from etl.messages_rows import REASONS
from etl.messages_rulebook import RULEBOOK_MESSAGES
from etl.messages_steps import STEPS_MESSAGES
from etl.messages_system import SYSTEM_SAYS
from etl.messages_workflow import WORKFLOW_MESSAGES
from etl.particles import filled

Sentences = dict[str, dict[str, str]]

MESSAGES: Final[Sentences] = {
    **DEMO_MESSAGES,
    **DOCUMENT_MESSAGES,
    **RULEBOOK_MESSAGES,
    **FILE_MESSAGES,
    **REASONS,
    **PROPOSAL_MESSAGES,
    **RECORD_MESSAGES,
    **RELEASE_MESSAGES,
    **EXPORT_MESSAGES,
    **WORKFLOW_MESSAGES,
    **STEPS_MESSAGES,
    **REQUEST_MESSAGES,
}

_WHERE_KNOWN: Final = re.compile("⟨([^⟩]*)⟩")
_COUNTED: Final = re.compile(r"(?<=, )(line|row|column) ([0-9]+)(?=$|,| \()")
_COUNTED_IN_KOREAN: Final = {"line": "{}번째 줄", "row": "{}행", "column": "{}번째 글자"}


def place(where: str, language: str) -> str:
    """Where a fault is: `rules.toml, line 4, score` and `rules.toml, 4번째 줄, score`.

    Args:
        where: as the fault has it.
        language: `ko` or `en`.
    """
    if language == "en":
        return where
    return _COUNTED.sub(lambda found: _COUNTED_IN_KOREAN[found[1]].format(found[2]), where)


def sentence(code: str, language: str, facts: Mapping[str, object]) -> str:
    """A sentence with its facts, without the parts whose facts are empty.

    Args:
        code: key of `MESSAGES`.
        language: `ko` or `en`.
        facts: the values it names, a table of `ko` and `en` where they differ; what the operating system says of a
            file (`why`) is told in Korean too.
    """
    facts = {name: fact[language] if isinstance(fact, Mapping) else fact for name, fact in facts.items()}
    if language == "ko" and (why := SYSTEM_SAYS.get(str(facts.get("why")))):
        facts = {**facts, "why": why}

    def part(found: re.Match[str]) -> str:
        named = (name for _, name, _, _ in Formatter().parse(found[1]) if name is not None)
        return found[1] if all(facts[name] != "" for name in named) else ""

    return filled(_WHERE_KNOWN.sub(part, MESSAGES[code][language]), **facts)
