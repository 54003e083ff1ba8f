"""A province of matters for measuring, in bulk: stories played once, poured many times. See README.md of `demo`."""
