from kb.models.counties import AgencyPage, CountyPage
from kb.models.example import ExampleMethod, ExampleStatus, GoodExamplePage
from kb.models.focus import FocusAreaPage
from kb.models.glossary import GlossaryTerm
from kb.models.guide import LegislationGuidePage
from kb.models.indexes import (
    CountyIndexPage,
    ExampleIndexPage,
    GlossaryIndexPage,
    LegislationIndexPage,
    MethodIndexPage,
)
from kb.models.method import Level, MethodPage

__all__ = [
    "AgencyPage",
    "CountyIndexPage",
    "CountyPage",
    "ExampleIndexPage",
    "ExampleMethod",
    "ExampleStatus",
    "FocusAreaPage",
    "GlossaryIndexPage",
    "GlossaryTerm",
    "GoodExamplePage",
    "LegislationGuidePage",
    "LegislationIndexPage",
    "Level",
    "MethodIndexPage",
    "MethodPage",
]
