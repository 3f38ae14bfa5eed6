"""Many reports: read a shelf of texts into one panel of headline indicators, keep it, ask it."""
