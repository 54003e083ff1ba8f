"""Who is asking: the person in front of a door, as the rules see them."""

from dataclasses import dataclass
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
    """One post of an account: what it is in which unit, and since when until when."""

    unit: str
    role: Role
    valid_from: date = date(2000, 1, 1)
    valid_to: date | None = None

    def held_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, kw_only=True)
class Person:
    """A member of staff with posts, a petitioner who proved to hold one matter's key, or the platform itself."""

    kind: PersonKind
    account: int | None = None
    posts: tuple[Post, ...] = ()
    matter: int | None = None

    def units(self, roles: frozenset[Role] = WORKING_ROLES) -> frozenset[str]:
        """The units in which the person holds one of these roles."""
        return frozenset(post.unit for post in self.posts if post.role in roles)

    @property
    def is_admin(self) -> bool:
        return any(post.role is Role.ADMIN for post in self.posts)


SYSTEM = Person(kind=PersonKind.SYSTEM)


def petitioner_of(matter: int) -> Person:
    """The person who showed the number and the query code of a matter, or its rating link."""
    return Person(kind=PersonKind.PETITIONER, matter=matter)
