"""What logs of drills tell afterwards: pages of one who trained and of a class, handouts, tables."""
