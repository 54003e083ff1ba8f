"""What is looked at, and how it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """GOOD: nothing to do. ATTENTION: works, somebody should look. BROKEN: something does not work."""

    GOOD = "good"
    ATTENTION = "attention"
    BROKEN = "broken"


class Topic(StrEnum):
    """One thing that is looked at; what each is called stands in the glossary (`health_topic`)."""

    VERSIONS = "versions"
    DATABASE = "database"
    MIGRATIONS = "migrations"
    GUARDS = "guards"
    DISK = "disk"
    KEY = "key"
    WORKER = "worker"
    JOBS = "jobs"
    OUTBOX = "outbox"
    SEAL = "seal"
    FOLLOWERS = "followers"
    RULE_FILES = "rule_files"
    NEXT_YEAR = "next_year"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """How one thing is: `code` names the sentence of the glossary (`health`), `facts` what it mentions."""

    topic: Topic
    verdict: Verdict
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)
