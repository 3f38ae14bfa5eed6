"""What was known when, simple forecasts, and how near they came."""
