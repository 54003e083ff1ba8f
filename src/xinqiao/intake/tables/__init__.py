"""Tables that people bring (Excel, WPS, CSV) read into rows, and rows into planned contacts.

Pure Python: no Django, no database. `reading.read_table`, then `mapping`, then `planning`.
"""
