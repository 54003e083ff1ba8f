"""What is done: `leads` (cases and field visits), `conferences`, `responsibility`."""
