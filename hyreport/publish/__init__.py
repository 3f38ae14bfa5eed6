"""From executed notebooks to artifacts: pages, papers, front page, manifest."""
