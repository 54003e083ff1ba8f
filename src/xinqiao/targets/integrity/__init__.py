"""Signs of integrity: what a number made to fall would look like. One pure module a sign."""
