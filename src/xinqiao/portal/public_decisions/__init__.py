"""Public decisions for everybody: what is asked, taking part, what was decided and adopted."""
