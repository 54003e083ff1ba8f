"""Counts that rise: against their own past, and against other places at the same time. Plain numbers, no texts."""
