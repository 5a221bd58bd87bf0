"""Public keys of those who stand for releases, and signing: checked, logged, then written beside the release."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, get_args

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.access import NOTHING, Action, can
from dashboard.workflow import audit
from dashboard.workflow.accounts import find_account
from dashboard.workflow.audit import Actor, Did, Event
from dashboard.workflow.steps import standing_of
from dashboard.workflow.store import Store
from dashboard.workflow.tables.accounts import Account
from dashboard.workflow.tables.base import moment_text
from dashboard.workflow.tables.keys import SigningKey
from etl.errors import Fault, NotPermitted, UsageError
from etl.release.folder import MANIFEST, sha256_of
from etl.release.signoff import (
    Signature,
    SignRole,
    Statement,
    TrustedKey,
    add_signature,
    fingerprint,
    public_key_of,
    read_signatures,
    sign,
)
from etl.verify import Verified

SIGN_ROLES: Final[tuple[str, ...]] = get_args(SignRole)


@dataclass(frozen=True, slots=True)
class ToSign:
    """A release that somebody wants to sign, verified just before.

    Attributes:
        folder: of the release.
        verified: what was found to be true of it.
        published: whether `CURRENT` points at it.
    """

    folder: Path
    verified: Verified
    published: bool

    @property
    def name(self) -> str:
        """Of the release."""
        return self.folder.resolve().name


def register_key(
    session: Session, actor: Actor, login: str, public_key: str, now: datetime | None = None
) -> SigningKey:
    """Make a public key that of an account; an earlier one signs no more, and still checks what it signed.

    Raises:
        UsageError: no such account, a role that signs nothing, no key, or a key that is somebody's already.
    """
    account, digest, moment = find_account(session, login), fingerprint(public_key), now or datetime.now(UTC)
    if account is None or not account.active:
        raise UsageError(Fault("no_such_account", "", {"login": login}))
    if account.role not in SIGN_ROLES:
        raise UsageError(Fault("role_signs_nothing", "", {"login": account.login, "role": account.role}))
    if session.get(SigningKey, digest) is not None:
        raise UsageError(Fault("key_is_known", "", {"key": digest[:16]}))
    for earlier in _keys_in_use(session, account):
        earlier.retired_at = moment
    key = SigningKey(
        fingerprint=digest, public_key=public_key, account_id=account.id, role=account.role, added_at=moment
    )
    session.add(key)
    session.flush()
    audit.append(
        session, actor, Event(Did.ACCOUNT_CHANGED, account.login, {"signing_key": digest, "role": account.role}), now
    )
    return key


def _keys_in_use(session: Session, account: Account) -> list[SigningKey]:
    query = select(SigningKey).where(SigningKey.account_id == account.id, SigningKey.retired_at.is_(None))
    return list(session.scalars(query))


def trusted_keys(session: Session) -> dict[str, TrustedKey]:
    """Fingerprint -> every key that was ever registered: an older one still checks what it signed."""
    query = select(SigningKey).order_by(SigningKey.added_at, SigningKey.fingerprint)
    return {one.fingerprint: TrustedKey(one.public_key, one.role, one.account.login) for one in session.scalars(query)}


def sign_release(
    store: Store, key: Ed25519PrivateKey, role: SignRole, to_sign: ToSign, user: str, login: str | None = None
) -> Signature:
    """Sign a release in a role, log it, and write the signature beside the release.

    Args:
        store: the database, which knows whose the key is.
        key: the private half.
        role: in which the person signs.
        to_sign: the release.
        user: of the terminal.
        login: the account that is meant; that of the key unless said.

    Raises:
        UsageError: the key is nobody's or another's, or somebody has signed in this role.
        NotPermitted: the person may not sign in this role, or not in this state; kept in the log.
    """
    digest = fingerprint(public_key_of(key))
    with store.write() as session:
        owner = _owner(session, digest, login)
        actor = Actor(owner.account.person, "terminal", user)
        refusal = _refusal(session, owner, role, to_sign)
        if refusal is not None:
            about = {"wanted": Action.SIGN_RELEASE.value, "role": role, "why": refusal.code}
            audit.append(session, actor, Event(Did.REFUSED, to_sign.name, about, refused=True))
        else:
            said = {"role": role, "signing_key": digest, "seal": to_sign.verified.seal}
            audit.append(session, actor, Event(Did.RELEASE_SIGNED, to_sign.name, said))
        head = audit.head(session)
    if refusal is not None:
        raise NotPermitted(refusal)
    statement = Statement(
        release=to_sign.name,
        release_id=to_sign.verified.release_id,
        manifest=sha256_of(to_sign.folder / MANIFEST),
        seal=to_sign.verified.seal,
        role=role,
        login=owner.account.login,
        name=owner.account.name,
        key=digest,
        at=moment_text(datetime.now(UTC)),
        audit=head.text,
    )
    signature = sign(key, statement)
    add_signature(to_sign.folder, signature)
    return signature


def _owner(session: Session, digest: str, login: str | None) -> SigningKey:
    """Whose key it is, as long as it signs."""
    owner = session.get(SigningKey, digest)
    if owner is None or owner.retired_at is not None or not owner.account.active:
        raise UsageError(Fault("signing_key_unknown", "", {"key": digest[:16]}))
    meant = find_account(session, login) if login is not None else owner.account
    if meant is None or meant.id != owner.account_id:
        raise UsageError(Fault("signing_key_of_another", "", {"login": login, "key": digest[:16]}))
    return owner


def _refusal(session: Session, owner: SigningKey, role: str, to_sign: ToSign) -> Fault | None:
    """Why the person may not sign."""
    person, state = owner.account.person, standing_of(session, to_sign.name, to_sign.published).state
    if not can(person, Action.SIGN_RELEASE, NOTHING, state) or not person.role == owner.role == role:
        return Fault("may_not_sign", to_sign.name, {"role": role, "state": state})
    others = [one.statement for one in read_signatures(to_sign.folder)]
    if any(owner.account.login == one.login or one.role == role for one in others):
        return Fault("may_not_sign_twice", to_sign.name, {"login": owner.account.login})
    return None
