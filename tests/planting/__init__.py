"""Papers in which one thing is wrong: clean papers by the hundred, the kinds of errors, and where each was planted."""
