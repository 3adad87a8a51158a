"""What is said to the bot and asks for no change of HaloPSA: it is recognised by topic, and has a reply of its own."""
