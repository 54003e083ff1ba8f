"""Hot spots on the live platform: what many write about, the warnings given of it, and what was done."""
