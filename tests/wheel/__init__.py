"""The wheel as a person gets it: built, installed elsewhere, and used from a folder that has nothing in it."""
