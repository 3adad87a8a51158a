"""Posts that list changes a line each: pages, saved texts and pasted messages."""
