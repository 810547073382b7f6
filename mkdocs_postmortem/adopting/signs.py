"""What the words around a time say of an incident, by stems in eight languages.

Each sign is a list of word beginnings; ``_`` is a space, ``$`` the end of the word. The second list
is for languages that put no spaces between words.
"""

from __future__ import annotations

import re


def _sign(spaced: str, dense: str = "") -> re.Pattern[str]:
    stems = [stem.replace("_", r"[\s-]+").replace("$", r"\b") for stem in spaced.split()]
    dense_stems = "".join(f"|{stem}" for stem in dense.split())
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(stems)}){dense_stems}", re.IGNORECASE)


# Something does not work, or works badly.
FAULT = _sign(
    "fail fault$ crash hang$ hangs$ hung$ halt stop break broke outage down$ offline unavailab"
    " unreach unrespons inaccess unable unusable cannot can't$ could_not couldn't can_not no_longer"
    " not_(?:work|load|respond|reach|access|start) refus reject disconnect interrupt disrupt"
    " degrad slow latenc lag$ delay timeout timed_out timing_out time_out error exception"
    r" 5\d\ds?$ 5xx 4\d\ds$ spik increas overload overwhelm saturat exhaust filled_up"
    " (?:disk|volume|is|was|were)_full out_of_(?:mem|disk|space) oom stuck lost los(?:s|e|ing) drop"
    " corrupt wrong incorrect blank missing intermittent expire exploit compromis trouble problem"
    " leak throttl panic evict backlog"
    " ausfall ausgefallen fehler störung nicht_(?:erreich|verfüg) langsam abgestürzt absturz"
    " panne erreur indispon échou échec lent dégrad coupure"
    " caíd fall[aó] no_disponib fora_do_ar queda falh عطل توقف خطأ فشل بطء تعذر انقطاع",
    "障害 停止 エラー 失敗 低下 遅延 不能 ダウン 枯渇 できな"
    " 故障 失败 错误 不可用 超时 中断 宕机 异常 延迟 无法",
)
# What an incident is called.
AFFAIR = _sign(
    "outage incident impact issue downtime problem disruption attack vorfall ausfall störung"
    " incidente panne caída queda falha عطل حادث",
    "障害 事象 インシデント 故障 事件",
)
# It begins.
ONSET = _sign(
    "start began begin occur happen went_(?:down|offline) goes_(?:down|offline) onset begann beginn"
    " trat_auf début commenc surven empez comenz inici ocurr começ ocorr بدأ بداية حدث",
    "発生 開始 发生 开始 始ま",
)
# Somebody learns of it, or writes about it: the incident is older than that.
NOTICED = _sign(
    "report notic detect discover alert alarm receiv mail email notif inform learn paged$"
    " pages_(?:the|us|our|on|an?)$ observ complain ticket identif found$ find$ investigat confirm"
    " publish post(?:ed|s)?$ announc gemeldet meld bemerk entdeck erkannt festgestellt"
    " signal remarqu détect constat avis[aó] relat percebe descob بلاغ اكتشف لاحظ تنبيه",
    "検知 検出 報告 連絡 アラート 気づ 発覚 发现 报告 告警 通知 收到",
)
# It is over.
OVER = _sign(
    "resolv restor recover solve[ds] fixed ended ending$ (?:is|was)_over all_clear normal"
    " back_(?:to_norm|up$|online|in_serv) (?:is|are|was|were)_back$ operational"
    " again_(?:avail|work|operat) work(?:s|ing|ed)?_again went_away goes_away"
    " success(?:ful)?ly_again fully_(?:oper|avail) mitigated healthy"
    " behoben gelöst wiederhergestellt wieder_(?:erreich|verfüg|online) beendet ende[dt] endete"
    " résolu rétabli restaur corrigé resuelt resolvid restablec restabelec normaliz recuper"
    " finaliz termin استعاد حل$ عاد",
    "復旧 解決 解消 正常 収束 恢复 解决 修复",
)
# What an end is not said with.
NOT_OVER = _sign(
    "almost nearly partial not$ no$ some$ one_of first attempt try tries tried will should until"
    r" node_\d again_(?:down|fail) temporar if$ before to_be most$ half permanent plan"
    " teilweise fast$ nicht noch presque partiel pas$ casi parcial quase não ليس جزئي",
    "一部 未 部分",
)
# A text that begins so is about the news of an end.
TELLING = _sign("announc publish post writ draft begin_draft communicat", "公表 公告 発表 发布")
# A window that was planned or proposed is not an incident.
PLANNED = _sign(
    "propos planned scheduled maintenance_window will_be expected_to deadline"
    " geplant planifié programad planejad مخطط",
    "予定 計画 计划",
)
