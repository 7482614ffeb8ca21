"""Looks at foreign files and draws them anew. Runs only inside the jail, never in the office."""
