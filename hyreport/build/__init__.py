"""From data/raw to data/processed: reading, pairing, checks, descriptions."""
