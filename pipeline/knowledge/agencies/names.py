"""Posts, groups, and what stands in and around names (posts.toml, groups.toml, names.toml, persons.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipeline.knowledge.loading import Entry, load
from pipeline.knowledge.places import levels


@dataclass(frozen=True, slots=True)
class Post(Entry):
    """A post, and what it is known for."""

    signs: bool = False  # stands above a signature
    in_text: bool = False  # the agency behind it is meant
    decides: bool = False  # stands in capitals above the grounds
    stands_for: tuple[str, ...] | None = None  # kinds meant when nothing is named; None: unknown to the register


@dataclass(frozen=True, slots=True)
class Group(Entry):
    """A noun that "các" makes a group of agencies."""

    grade: Literal["strong", "weak"] | None = None  # None: texts are not searched for it
    kind: str | None = None  # of its members; None: unknown to the register
    alone: bool = False  # stands for bodies without "các" too
    placed: bool = False  # the same where a place or a level stands behind
    issuer: tuple[str, ...] | None = None  # kinds of issuers it means behind a unit; empty: any
    issuer_bare: bool = False  # right behind the unit too
    unit: bool = False  # belongs to the body named right behind it
    named_short: bool = False  # names are written short behind it
    behind: tuple[Literal["post", "thuộc", "của"], ...] = ()  # where it stands for a body without its name
    opening: bool = False  # it is a place too, and acts only where "Các" opens a sentence
    capital: bool = False  # in a name in capitals the word behind it begins with a capital


@dataclass(frozen=True, slots=True)
class Names(Entry):
    """What stands in names of agencies and groups, around them and at their end."""

    determiners: tuple[str, ...]
    school_levels: tuple[str, ...]
    called: tuple[str, ...]
    qualifiers: tuple[str, ...]
    places: tuple[str, ...]
    of_places: tuple[str, ...]
    local: tuple[str, ...]
    central: tuple[str, ...]
    state: tuple[str, ...]
    comma_pairs: tuple[str, ...]
    institutions: tuple[str, ...]
    carriers: tuple[str, ...]
    fields: tuple[str, ...]
    within: tuple[str, ...]
    short_nouns: tuple[str, ...]
    no_topics: tuple[str, ...]
    handed: tuple[str, ...]
    leads: tuple[str, ...]
    clauses: tuple[str, ...]
    actors: tuple[str, ...]
    acting: tuple[str, ...]
    asked: tuple[str, ...]
    before_asking: tuple[str, ...]
    times: tuple[str, ...]
    other_words: tuple[str, ...]
    police_unit: str
    numbered_unit: str
    optional: tuple[str, ...]
    concerned: tuple[str, ...]
    alone: tuple[str, ...]
    departments: tuple[str, ...]
    staff: tuple[str, ...]
    before_staff: tuple[str, ...]
    workers: tuple[str, ...]
    people: tuple[str, ...]
    of_staff: tuple[str, ...]
    served: tuple[str, ...]
    narrowing: tuple[str, ...]
    deeds: tuple[str, ...]
    no_deeds: tuple[str, ...]
    describing: tuple[str, ...]
    benefits: tuple[str, ...]
    joining: tuple[str, ...]
    countable: tuple[str, ...]
    jobs: tuple[str, ...]
    labels: tuple[str, ...]
    asking: tuple[str, ...]
    time_first: tuple[str, ...]
    organisations: tuple[str, ...]
    teams: tuple[str, ...]
    in_charge: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonWords(Entry):
    """By what a person's name is known in a cell; each field is described in persons.toml."""

    surnames: tuple[str, ...]
    middle: tuple[str, ...]
    given: tuple[str, ...]
    titles: str
    posts: str
    rolls: str
    led: str


@cache
def person_words() -> PersonWords:
    """persons.toml."""
    return load(PersonWords, "agencies", "persons.toml")


@cache
def posts() -> Mapping[str, Post]:
    """Posts by name."""
    return load(dict[str, Post], "agencies", "posts.toml")


@cache
def groups() -> Mapping[str, Group]:
    """Nouns of agencies and groups, the words of administrative levels among them."""
    words = levels().words.items()
    of_places = {
        word: Group("strong" if one.strong else None, one.group, behind=one.behind) for word, one in words if one.group
    }
    return load(dict[str, Group], "agencies", "groups.toml") | of_places


@cache
def names() -> Names:
    """names.toml."""
    return load(Names, "agencies", "names.toml")
