"""The stems by which a heading that no exact name fits still says what its section is about."""

from __future__ import annotations

import re

from mkdocs_postmortem.model.section import SectionKey as Key

# A name is short; a longer heading describes an event.
_MOST_WORDS = 8

# In order: the first that fits counts, so that "preventing the cause" is about measures.
_STEMS: tuple[tuple[Key, str, str], ...] = (
    (
        Key.TIMELINE,
        r"timelines?|chronolog|cronolog|zeitleiste|zeitverlauf|tidslinj",
        "タイムライン|時系列|经过|時間線|时间线|الجدول الزمني|хронолог|таймлайн",
    ),
    (
        Key.TASKS,
        r"action (?:items?|points?)|follow ?ups?|to ?dos?|next steps?|tasks?|aufgabe|tâche|tarea",
        "アクション|タスク|行动项|待办|المهام|задач",
    ),
    (
        Key.CORRECTIVE,
        r"prevent|préventi|prävent|preveni|prevenci|correctiv|corretiv|measures?\b|maßnahme|mesures?\b"
        r"|medidas?\b|hardening|remediation",
        "再発防止|対策|预防|措施|الإجراءات|меры",
    ),
    (Key.IMPROVEMENTS, r"improv|opportunit|verbesser|amélior|mejora|melhori", "改善|改进|улучш"),
    (
        Key.LESSONS,
        r"lesson|learn|insight|takeaway|went (?:well|wrong|poorly)|erkenntnis|leçon|lecci|lições",
        "教訓|学び|振り返り|教训|经验|الدروس|урок",
    ),
    (
        Key.DETECTION,
        r"detect|discover|noticed?\b|erkenn|entdeck|détect|découver|descubri",
        "検知|検出|发现|الاكتشاف|обнаруж",
    ),
    (
        Key.ROOT_CAUSE,
        r"caus(?:e[sd]?|al|ing)\b|why (?:did|it|this|we)|ursache|causas?\b|årsak",
        "原因|根因|السبب|الأسباب|причин",
    ),
    (
        Key.RESOLUTION,
        r"resol[uv]|fix|solution|recover|mitigat|workaround|repair|behebung|behoben|lösung|résol"
        r"|solución|solução|løsning",
        "復旧|解決|対応|解决|恢复|处理|الحل|решени|устранен",
    ),
    (
        Key.IMPACT,
        r"impact|affected|consequence|auswirk|betroffen|affecté|afectad|afetad",
        "影響|影响|التأثير|влияни",
    ),
    (
        Key.ISSUE_SUMMARY,
        r"summar|overview|what (?:happened|failed|broke)|zusammenfass|résumé|resumen|resumo",
        "概要|サマリ|摘要|概述|ملخص|сводк",
    ),
)
_PATTERNS = tuple(
    (key, re.compile(rf"\b(?:{spaced})|(?:{dense})")) for key, spaced, dense in _STEMS
)


def stem_keys(name: str) -> tuple[Key, ...]:
    """What a plain name (lower case, no signs) is about; at most one subject."""
    if len(name.split()) > _MOST_WORDS:
        return ()
    return next(((key,) for key, pattern in _PATTERNS if pattern.search(name)), ())
