"""A finding in a sentence, from the glossary."""

from datetime import datetime

from django.utils import timezone

from xinqiao.health.values import Finding
from xinqiao.rules import glossary


def say(finding: Finding, language: str) -> str:
    """How it is and, where something is wrong, what to do."""
    said = finding.facts.get("en" if language.startswith("en") else "zh", "")
    facts = {**finding.facts, "said": said.rstrip(".。")}
    if "since" in facts:
        since = timezone.localtime(datetime.fromisoformat(facts["since"]))
        facts["since"] = f"{since:%Y-%m-%d %H:%M}"
    return glossary.label("health", finding.code, language).format_map(facts)
