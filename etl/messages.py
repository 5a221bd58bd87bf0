"""Every sentence a fault can say, in Korean and English: what is wrong, why, and what to do next.

One table a room, so that a sentence stands beside its neighbours; `MESSAGES` joins them. A test holds that every code
raised anywhere has both languages and that both name the same facts.
"""

from __future__ import annotations

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
from etl.messages_workflow import WORKFLOW_MESSAGES

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
