"""A text compared with figures: copies read, numbers aligned, words around them held together."""
