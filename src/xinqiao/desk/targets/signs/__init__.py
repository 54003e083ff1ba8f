"""Signs of integrity at the desk."""
