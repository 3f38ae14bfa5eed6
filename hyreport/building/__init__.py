"""Parts of the build: reading what people typed, pairing, cross-checks, exports."""
