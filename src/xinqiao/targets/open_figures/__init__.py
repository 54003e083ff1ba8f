"""Open figures: months that are published once, and what is read of them."""
