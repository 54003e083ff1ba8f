"""What administrators do, a file a thing that is kept. Each asks the rules, writes, and leaves an audit entry."""
