"""The harvest against a server that fails in every way a government site does."""
