"""What answers hold and leave out: facts for who writes and signs one, and those that repeat each other. No score."""
