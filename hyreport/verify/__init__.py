"""What moved: results, tables and pages against a fresh render or an earlier version."""
