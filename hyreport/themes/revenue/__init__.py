"""Which revenue, its tax shares, what moved them, where they may go."""
