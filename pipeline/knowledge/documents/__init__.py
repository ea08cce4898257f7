"""Documents: their types, the parts they are recognised by, sections, columns of tables, numbering, page furniture."""

from pipeline.knowledge.documents.pages import PageFurniture, page_furniture
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
    "PageFurniture",
    "Parts",
    "SectionTitles",
    "citation_words",
    "columns",
    "document_types",
    "numbering_styles",
    "page_furniture",
    "parts",
    "section_titles",
]
