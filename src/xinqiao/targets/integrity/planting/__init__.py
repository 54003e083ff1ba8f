"""Planted fraud: units of a year as honest work leaves them, and each kind of fraud put into one of them.

What is planted here was written apart from the thresholds of the signs (`rules/integrity.toml`): units differ by a
normal shift of their odds, which is not what the signs assume of them, and their sizes by a factor of a hundred.
`kinds` lists what can be planted; `figures` counts what the signs find of it.
"""
