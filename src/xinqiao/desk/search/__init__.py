"""Finding matters by any words of theirs, at the desk."""
