"""What a person's text means, and what answers it: the same in Slack and in the terminal, which only render it."""
