"""Why a record may be refused or sent back: the list a rulebook holds, so that decisions speak in one voice."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from etl.scoring.rulebook_terms import Id, Many, Rule, Text

RefusalCheck = Literal[
    "outside_period", "last_years_task", "same_topic", "not_an_analysis", "no_document", "same_achievement"
]


class Refusal(Rule):
    """One reason for refusing a record or sending it back (불인정·보완 사유).

    Args:
        words: other wordings that mean it. Details may follow any of them after a colon.
        check: what is looked for in records that wait for a decision, and proposed; a person decides.
    """

    id: Id
    name: Text
    words: Many[Annotated[str, StringConstraints(min_length=1)]] = ()
    check: RefusalCheck | None = None

    def is_meant_by(self, reason: str) -> bool:
        """Whether a decision gives this reason: by the identifier, the name in either language, or another wording."""
        said = " ".join(reason.split())
        known = (self.id, self.name.ko, self.name.en, *self.words)
        return any(said == wording or said.startswith(f"{wording}:") for wording in known)
