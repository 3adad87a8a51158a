"""The catalogue for assistants, by the Model Context Protocol: read-only tools and resources. Knows no Slack."""
