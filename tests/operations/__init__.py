"""The commands and what surrounds them: stages, command line, Dagster, documentation, fresh clones."""
