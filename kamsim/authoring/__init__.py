"""What helps somebody who writes a scenario: a first one, a variant, one made of a table, and what a change changed."""
