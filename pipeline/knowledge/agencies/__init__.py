"""Agencies: their kinds, sectors, abbreviations, posts, groups, and what became of them."""

from pipeline.knowledge.agencies.abbreviations import Abbreviations, abbreviations
from pipeline.knowledge.agencies.changes import Changes, Ended, Merger, Renamed, Subordination, changes
from pipeline.knowledge.agencies.kinds import Body, Bound, Kind, Kinds, Title, bodies, kinds, words_in_texts
from pipeline.knowledge.agencies.names import Group, Names, PersonWords, Post, groups, names, person_words, posts
from pipeline.knowledge.agencies.sectors import Sector, SectorName, sector_names, sectors

__all__ = [
    "Abbreviations",
    "Body",
    "Bound",
    "Changes",
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
    "bodies",
    "changes",
    "groups",
    "kinds",
    "names",
    "person_words",
    "posts",
    "sector_names",
    "sectors",
    "words_in_texts",
]
