"""The pages of the desktop, one file for each group of them."""
