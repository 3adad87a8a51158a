"""What the bot says: values in, {"text", "blocks"} out. Pure; nothing here asks, stores or sends."""
