"""What any face says and shows of a session, without drawing or printing."""
