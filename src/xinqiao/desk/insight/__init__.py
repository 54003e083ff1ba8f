"""What many petitions say, at the desk."""
