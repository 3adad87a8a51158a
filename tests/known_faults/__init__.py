"""Faults that are known and not mended yet: each test says what is right, and is marked as one that must fail.

The marks are strict: once a fault is mended, its test is red until its mark is taken away. Then it guards the mend.
Cases without a mark are right already; they stand here for what a mend must leave as it is.
"""
