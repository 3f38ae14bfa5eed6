"""Parts of the render: running notebooks, and turning them into pages and papers."""
