"""Who is asking: the person in front of a door, as the rules see them."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    CLERK = "clerk"
    OFFICER = "officer"
    HEAD = "head"
    ADMIN = "admin"


class PersonKind(StrEnum):
    STAFF = "staff"
    PETITIONER = "petitioner"
    SYSTEM = "system"


WORKING_ROLES = frozenset({Role.CLERK, Role.OFFICER, Role.HEAD})


@dataclass(frozen=True, kw_only=True)
class Post:
    """One post of an account: what it is in which unit, and since when until when.

    `instead_of` is the account whose post it is, where the person only stands in for that one.
    """

    unit: str
    role: Role
    valid_from: date = date(2000, 1, 1)
    valid_to: date | None = None
    instead_of: int | None = None

    def held_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, kw_only=True)
class Person:
    """A member of staff with posts, a petitioner who proved to hold one matter's key, or the platform itself.

    `walled_with` are units whose wall is this person's too, though they hold no post there: further posts of those
    whom they stand in for.
    """

    kind: PersonKind
    account: int | None = None
    posts: tuple[Post, ...] = ()
    matter: int | None = None
    walled_with: frozenset[str] = frozenset()

    def units(self, roles: frozenset[Role] = WORKING_ROLES) -> frozenset[str]:
        """The units in which the person holds one of these roles."""
        return frozenset(post.unit for post in self.posts if post.role in roles)

    @property
    def away(self) -> frozenset[int]:
        """The accounts that the person stands in for today."""
        return frozenset(post.instead_of for post in self.posts if post.instead_of is not None)

    @property
    def in_own_right(self) -> "Person":
        """The same person with the posts that are theirs."""
        return self.standing_in_for(frozenset())

    def standing_in_for(self, accounts: Collection[int]) -> "Person":
        """The same person with their own posts, and of those that they stand in for only these accounts'."""
        kept = tuple(
            post for post in self.posts if post.instead_of is None or post.instead_of in accounts
        )
        return replace(self, posts=kept)

    @property
    def is_admin(self) -> bool:
        return any(post.role is Role.ADMIN for post in self.posts)


SYSTEM = Person(kind=PersonKind.SYSTEM)


def petitioner_of(matter: int) -> Person:
    """The person who showed the number and the query code of a matter, or its rating link."""
    return Person(kind=PersonKind.PETITIONER, matter=matter)
