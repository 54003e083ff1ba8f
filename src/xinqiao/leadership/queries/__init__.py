"""What is read, within scope: `leads` (cases and field visits), `conferences`, `responsibility`."""
