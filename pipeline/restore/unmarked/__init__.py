"""Text that lost its marks: what the form of a document and known short forms say of words."""
