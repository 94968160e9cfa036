"""Published terms and their lines never change."""

from __future__ import annotations

from draad.accounts.protection import once_published

PUBLISHED_TERMS = once_published(
    "published_terms",
    "published terms never change",
    table="programmes_actionterms",
    parts="programmes_indicatorterms",
    key="terms_id",
)
