"""What tests recompute by other code: raw tables read by csv, arithmetic in plain Python, numpy.

Nothing here imports the library.
"""
