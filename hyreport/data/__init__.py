"""One report in hand: its tables, loaded, searched and described."""
