"""The words that everything speaks. This package imports nothing of ours."""

from __future__ import annotations

from jisseki_check.model.figures import ItemFigures, ReportFigures
from jisseki_check.model.outcome import (
    OUTCOME_FORMAT,
    BaselineUse,
    Coverage,
    Fault,
    Finding,
    Input,
    ItemRef,
    KnownFinding,
    Outcome,
    Scope,
    Verdict,
    Waiver,
    WaiverUse,
)
from jisseki_check.model.places import Location, Places, Spot
from jisseki_check.model.report import (
    BUDGET_STAGES,
    REPORT_FORMAT,
    STAGES,
    Amount,
    Document,
    Indicator,
    Item,
    Report,
)
from jisseki_check.model.rule import Basis, Rule, Severity
from jisseki_check.model.source import (
    Block,
    Cell,
    Directive,
    Paragraph,
    Pointers,
    Remark,
    Run,
    Source,
    Unreadable,
)

__all__ = [
    "BUDGET_STAGES",
    "OUTCOME_FORMAT",
    "REPORT_FORMAT",
    "STAGES",
    "Amount",
    "BaselineUse",
    "Basis",
    "Block",
    "Cell",
    "Coverage",
    "Directive",
    "Document",
    "Fault",
    "Finding",
    "Indicator",
    "Input",
    "Item",
    "ItemFigures",
    "ItemRef",
    "KnownFinding",
    "Location",
    "Outcome",
    "Paragraph",
    "Places",
    "Pointers",
    "Remark",
    "Report",
    "ReportFigures",
    "Rule",
    "Run",
    "Scope",
    "Severity",
    "Source",
    "Spot",
    "Unreadable",
    "Verdict",
    "Waiver",
    "WaiverUse",
]
