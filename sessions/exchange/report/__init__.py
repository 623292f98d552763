"""The report of a session: one document, written as a page, as PDF and as DOCX."""
