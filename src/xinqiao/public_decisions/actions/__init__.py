"""The verbs of public decisions: assessments, the opinions on them, suggestion calls."""
