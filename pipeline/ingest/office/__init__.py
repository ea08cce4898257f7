"""Files of office programs: DOCX."""
