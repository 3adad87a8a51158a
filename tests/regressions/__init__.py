"""Inputs that once went wrong: each test says what is right, for the whole kind that the input stood for."""
