"""What one number is: as printed, in its interval, computed; knows no report and no screen."""
