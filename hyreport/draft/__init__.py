"""From the text of a report to drafted rows, each with how certain it is and why."""
