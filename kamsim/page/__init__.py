"""Printed pages: an HTML shell without scripts or outside requests, and what is printed in it."""
