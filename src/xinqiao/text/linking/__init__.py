"""Which messages are about the same matter, which matters grow: links, clusters, heat, warnings. See README.md."""
