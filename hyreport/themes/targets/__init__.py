"""Aims beside what was reached before, and what came of them."""
