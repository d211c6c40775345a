"""The lab: paired experiments on what the documents claim."""
