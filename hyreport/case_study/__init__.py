"""Parts of the exercises: reading answers, and the tasks of the case."""
