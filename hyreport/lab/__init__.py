"""What a person sees in JupyterLab: tables, cards, kept results, traces; and its start."""
