"""What the house looks like, as plain data for the window and for pages: colours, letters, icons, portraits."""
