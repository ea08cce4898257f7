"""Agencies: their kinds, sectors, abbreviations, posts, groups, and what became of them."""

from pipeline.knowledge.agencies.abbreviations import Abbreviations, abbreviations
from pipeline.knowledge.agencies.changes import Changes, Ended, Merger, Renamed, Subordination, changes
from pipeline.knowledge.agencies.kinds import (
    Body,
    Bound,
    Kind,
    Kinds,
    Title,
    begins_agency,
    bodies,
    kinds,
    words_in_texts,
)
from pipeline.knowledge.agencies.mined import (
    BY_HAND,
    ByHand,
    Continuations,
    CountBehind,
    behind_seen,
    by_hand,
    continuations,
    names_seen,
    pairs_seen,
)
from pipeline.knowledge.agencies.names import Group, Names, PersonWords, Post, groups, names, person_words, posts
from pipeline.knowledge.agencies.sectors import Sector, SectorName, sector_names, sectors

__all__ = [
    "Abbreviations",
    "BY_HAND",
    "CountBehind",
    "Body",
    "Bound",
    "ByHand",
    "Changes",
    "Continuations",
    "Ended",
    "Group",
    "Kind",
    "Kinds",
    "Merger",
    "Names",
    "PersonWords",
    "Post",
    "Renamed",
    "Sector",
    "SectorName",
    "Title",
    "Subordination",
    "abbreviations",
    "begins_agency",
    "behind_seen",
    "bodies",
    "by_hand",
    "changes",
    "continuations",
    "groups",
    "kinds",
    "names",
    "person_words",
    "names_seen",
    "pairs_seen",
    "posts",
    "sector_names",
    "sectors",
    "words_in_texts",
]
