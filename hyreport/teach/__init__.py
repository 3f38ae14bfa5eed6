"""Exercises: answers read, judged and explained; no task of any study."""
