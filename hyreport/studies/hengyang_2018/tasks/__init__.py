"""The tasks of its case study."""
