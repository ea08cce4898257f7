"""Documents: their types, the parts they are recognised by, sections, columns of tables, numbering, page furniture."""

from pipeline.knowledge.documents.pages import NumeralWords, OfficeStamp, PageFurniture, numeral_words, page_furniture
from pipeline.knowledge.documents.parts import Parts, SectionTitles, parts, section_titles
from pipeline.knowledge.documents.tables import (
    LONGEST_HEADER,
    ColumnRule,
    Columns,
    column_role,
    column_rules,
    columns,
    plain_header,
)
from pipeline.knowledge.documents.types import (
    CitationWords,
    DocumentType,
    NumberingStyle,
    citation_words,
    document_types,
    numbering_styles,
    transmittals,
)

__all__ = [
    "CitationWords",
    "ColumnRule",
    "Columns",
    "DocumentType",
    "LONGEST_HEADER",
    "NumberingStyle",
    "NumeralWords",
    "OfficeStamp",
    "PageFurniture",
    "Parts",
    "SectionTitles",
    "citation_words",
    "column_role",
    "column_rules",
    "columns",
    "document_types",
    "numbering_styles",
    "numeral_words",
    "page_furniture",
    "parts",
    "plain_header",
    "section_titles",
    "transmittals",
]
