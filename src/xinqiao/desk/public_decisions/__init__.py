"""Public decisions at the desk: assessments, opinions to answer, suggestion calls."""
