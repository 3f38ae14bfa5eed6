"""Three themes with their charts: revenue, targets, growth."""
