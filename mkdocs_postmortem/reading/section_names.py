"""Names that teams give to sections, taken from real postmortems; all in lower case."""

from __future__ import annotations

from mkdocs_postmortem.model.section import SectionKey as Key

# fmt: off
_NAMES: dict[tuple[Key, ...], tuple[str, ...]] = {
    (Key.ISSUE_SUMMARY,): (
        "issue summary", "incident summary", "summary", "summary of outage", "incident overview",
        "what happened", "problem summary", "executive summary", "overview", "tldr", "tl dr",
        "outage summary", "postmortem summary", "summary of the incident", "incident details",
        "incident description", "event summary", "background and summary", "what happened?",
        "zusammenfassung", "résumé", "resumen", "resumo", "sammendrag", "oppsummering",
        "概要", "サマリー", "サマリ", "摘要", "事件概要", "事故概述", "故障概述", "краткое описание", "сводка",
    ),
    (Key.IMPACT,): (
        "impact", "impacts", "fallout", "user impact", "customer impact", "business impact",
        "services affected", "affected services", "affected systems", "affected users", "scope",
        "data impact", "impact window", "users affected", "impact analysis", "impact assessment",
        "impact summary", "incident impact", "scope of impact", "effect", "effects", "blast radius",
        "impact on users", "impact and scope", "consequences",
        "auswirkung", "auswirkungen", "impacto", "konsekvens", "konsekvenser", "påvirkning",
        "影響", "影響範囲", "影响", "影响范围", "последствия", "влияние",
    ),
    (Key.TIMELINE,): (
        "timeline", "time line", "events timeline", "incident timeline", "timeline of events", "key events",
        "chronology", "issue timeline", "detailed timeline", "timeline of incident",
        "timeline of the incident", "sequence of events", "event timeline", "chronology of events",
        "outage timeline", "timeline and events", "incident log", "events", "log of events",
        "timeline summary", "zeitleiste", "zeitlicher ablauf", "ablauf", "chronologie", "cronología",
        "línea de tiempo", "linha do tempo", "cronologia", "tidslinje", "hendelsesforløp",
        "タイムライン", "時系列", "经过", "时间线", "時間線", "处理过程", "хронология", "таймлайн",
    ),
    (Key.DETECTION,): (
        "detection", "issue detected", "issue detection", "how was it detected", "time to detection",
        "how we detected it", "how did we detect", "discovery", "incident detection", "monitoring",
        "how was the incident detected", "erkennung", "détection", "detección", "detecção",
        "検知", "検出", "发现", "обнаружение",
    ),
    (Key.ROOT_CAUSE,): (
        "root cause", "root causes", "cause", "causes", "root cause analysis", "contributing factors",
        "contributing factor", "blameless root cause", "blameless root causes", "fault",
        "root cause of the outage", "root cause of outage", "why did it happen",
        "how did this happen", "why it happened", "rca", "five whys", "5 whys", "why did this happen",
        "root cause of the incident", "root cause explanation", "technical analysis",
        "root cause and contributing factors", "the cause", "root cause and trigger",
        "root causes and trigger", "root causes and triggers", "what caused it", "underlying cause",
        "technical root cause", "causal analysis", "root cause s", "what went wrong technically",
        "ursache", "ursachen", "grundursache", "ursachenanalyse", "cause racine", "cause profonde",
        "causa raíz", "causa raiz", "årsak", "rotårsak", "bakenforliggende årsak", "原因", "根本原因",
        "根因", "原因分析", "причина", "корневая причина", "причины",
    ),
    (Key.RESOLUTION,): (
        "resolution", "resolution and recovery", "incident resolution", "resolution details",
        "recovery", "details of fix", "fix resolution", "fix", "fixes", "solution",
        "how did we fix it", "how was it fixed", "how it was resolved", "resolution steps",
        "the fix", "resolution summary", "mitigation and resolution", "response and resolution", "response",
        "recovery and resolution", "how we fixed it", "how was it resolved", "mitigation",
        "repair", "remediation and resolution", "short term fix", "short term solution", "how it is fixed",
        "behebung", "lösung", "résolution", "resolución", "solución", "resolução", "løsning",
        "対応", "解決", "復旧", "解决", "解决方案", "恢复", "решение", "устранение",
    ),
    (Key.ROOT_CAUSE, Key.RESOLUTION): (
        "root cause and resolution", "cause and resolution", "root cause & resolution",
        "root cause and fix", "root causes and resolution", "root cause analysis and resolution",
        "root cause and solution", "root cause and mitigation", "ursache und behebung",
        "cause et résolution", "causa y resolución", "原因と対応",
    ),
    (Key.CORRECTIVE,): (
        "corrective and preventative measures", "corrective and preventive measures",
        "corrective and preventive actions", "corrective and preventative actions",
        "corrective measures", "corrective actions", "preventative measures", "preventive measures",
        "preventive actions", "preventative actions", "corrective preventative measures",
        "corrective and preventative measures must contain", "prevention", "prevention hardening",
        "prevention and hardening", "prevention measures", "remediation", "recommendations",
        "corrective action", "preventive enhancements", "preventative enhancements",
        "corrections and preventions", "how do we prevent it", "how to prevent it",
        "prevention and follow up", "future prevention", "long term solution", "long term solutions",
        "long term fix", "long term fixes", "remediation and prevention",
        "maßnahmen", "mesures correctives", "mesures correctives et préventives",
        "medidas correctivas", "medidas corretivas", "medidas correctivas y preventivas", "tiltak",
        "再発防止", "再発防止策", "対策", "改进措施", "预防措施", "меры",
    ),
    (Key.IMPROVEMENTS,): (
        "improvements", "improvements fixes", "improvement", "process improvements",
        "proposal improvements", "proposed improvements", "technical improvements",
        "future improvements", "future work", "future works", "improvements and fixes", "general improvements", "things to improve",
        "broad improvements", "areas for improvement", "what can be improved", "verbesserungen",
        "améliorations", "mejoras", "melhorias", "forbedringer", "改善", "改善点", "改进", "улучшения",
    ),
    (Key.TASKS,): (
        "tasks", "tasks to address the issue", "action items", "action item", "todo", "to do", "todos",
        "to do list", "follow up", "follow ups", "follow up tasks", "followup", "follow up actions",
        "follow up items", "future actions", "action plan", "actions", "next steps",
        "review actions", "task list", "actionable tasks", "specific tasks", "action points",
        "task s", "planned tasks", "open tasks", "tasks todo", "list of tasks", "outstanding tasks", "resulting action",
        "resulting actions", "list of tasks to address the issue", "list of tasks to address issue",
        "actions planned", "planned actions",
        "aufgaben", "tâches", "actions à mener", "tareas", "tarefas", "oppgaver", "aksjonspunkter",
        "アクションアイテム", "タスク", "今後の対応", "行动项", "待办事项", "后续行动", "задачи", "план действий",
    ),
    (Key.LESSONS,): (
        "lessons learned", "lessons", "lessons learnt", "what helped", "what i was wrong about",
        "what went wrong", "what went well", "where we got lucky", "things that went well",
        "things that went poorly", "what went poorly", "key takeaways", "takeaways", "learnings",
        "what did we learn", "what we learned", "retrospective", "key learnings", "key lessons",
        "what didnt go well", "what could have gone better", "lessons learned and takeaways",
        "erkenntnisse", "enseignements", "lecciones aprendidas", "lições aprendidas", "lærdommer",
        "教訓", "学び", "经验教训", "уроки", "выводы",
    ),
}
# fmt: on
NAMES: dict[str, tuple[Key, ...]] = {name: keys for keys, names in _NAMES.items() for name in names}

# Names that end the section before them and are no section of ours, where they only are a line of
# text; a real heading ends a section whatever it says.
ENDINGS = frozenset(
    "conclusion conclusions closing references reference links link appendix credits author authors "
    "acknowledgements acknowledgments thanks glossary resources".split()
)

# Names that are sub-headings of other sections as often as sections: they count only with a heading
# mark, and only where no better name for the same key was found.
WEAK = frozenset(
    [
        "events",
        "fix",
        "fixes",
        "scope",
        "effect",
        "effects",
        "monitoring",
        "discovery",
        "overview",
        "solution",
        "repair",
        "mitigation",
        "recovery",
        "response",
        "fault",
        "actions",
        "follow up",
        "improvement",
        "prevention",
        "background",
        "retrospective",
        "cause",
        "causes",
        "対応",
        "原因",
    ]
)
