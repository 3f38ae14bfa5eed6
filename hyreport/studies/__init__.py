"""Studies: what is true of one report alone."""
