"""Parts of verify: comparing a text with the figures, artifacts with a fresh render."""
