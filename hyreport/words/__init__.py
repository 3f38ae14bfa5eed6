"""Labels of codes and headings, in English and Chinese."""
