"""Documents: their types, the parts they are recognised by, sections, columns of tables, numbering."""

from pipeline.knowledge.documents.parts import Parts, SectionTitles, parts, section_titles
from pipeline.knowledge.documents.tables import ColumnRule, Columns, columns
from pipeline.knowledge.documents.types import (
    CitationWords,
    DocumentType,
    NumberingStyle,
    citation_words,
    document_types,
    numbering_styles,
)

__all__ = [
    "CitationWords",
    "ColumnRule",
    "Columns",
    "DocumentType",
    "NumberingStyle",
    "Parts",
    "SectionTitles",
    "citation_words",
    "columns",
    "document_types",
    "numbering_styles",
    "parts",
    "section_titles",
]
