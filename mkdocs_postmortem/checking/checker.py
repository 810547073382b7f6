"""Pages → problems. The build and the command line both use this."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mkdocs_postmortem.checking import (
    name_rules,
    task_rules,
    time_rules,
    timeline_rules,
    wording_rules,
)
from mkdocs_postmortem.checking.explain import Explanation, explain_errors
from mkdocs_postmortem.checking.name_rules import paths_by_title, similar_services
from mkdocs_postmortem.checking.rules import RULES, Check, Context
from mkdocs_postmortem.checking.schemas import Schemas
from mkdocs_postmortem.checking.unsafe_text import printable
from mkdocs_postmortem.model.document import to_data
from mkdocs_postmortem.model.problem import (
    SURELY,
    Finding,
    Level,
    Position,
    Problem,
    Suggestion,
    closest,
)
from mkdocs_postmortem.model.record import Postmortem, SectionKey
from mkdocs_postmortem.model.settings import Settings
from mkdocs_postmortem.reading.page import Page, public_page

# The functions of the rules by their codes; what has none the readers report.
CHECKS: dict[str, Check] = {
    code: check
    for topic in (time_rules, timeline_rules, wording_rules, task_rules, name_rules)
    for code, check in topic.CHECKS.items()
}
# Values that the first paragraph of a section can give.
_SECTION_OF = {"impact": SectionKey.IMPACT, "root_cause": SectionKey.ROOT_CAUSE}


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks pages against the schemas and the rules.

    ``today`` decides which tasks are overdue and which times are in the future.
    """

    settings: Settings
    schemas: Schemas
    today: date

    @property
    def cache_key(self) -> tuple[object, ...]:
        """What the problems of a single page depend on, besides the page."""
        return (self.settings, self.schemas.source, self.schemas.is_lost, self.today)

    def problems(self, pages: Iterable[Page]) -> list[Problem]:
        """Every problem of every page, sorted by file and position."""
        pages = list(pages)
        own = (problem for page in pages for problem in self.check_page(page))
        return self.ordered(
            [*own, *self.check_records(page.record for page in pages if page.record)]
        )

    def check_page(self, page: Page) -> Iterator[Problem]:
        """The problems that a page has by itself."""
        findings = list(page.findings)
        if page.record is not None:
            findings += self._schema_findings(page, page.record, findings)
            context = Context(self.settings, self.today, page.lines, page.text)
            findings += self._apply(page.record, context, site_wide=False)
            findings += self._public_findings(page, findings)
        yield from self.to_problems(page.path, _without_echoes(findings), page.record)

    def check_records(
        self,
        records: Iterable[Postmortem],
        known: Mapping[str, Sequence[Finding]] | None = None,
        hub: Sequence[Postmortem] = (),
    ) -> Iterator[Problem]:
        """The problems that records have with each other.

        ``known`` holds, by path, what only the catalog of all records could find. ``hub`` are the
        outages of other sites: they may be referred to, and are not checked.
        """
        known = known or {}
        records = list(records)
        context = Context(
            self.settings,
            self.today,
            records=by_id([*records, *hub]),
            similar_services=dict(similar_services(records)),
            paths_by_title=paths_by_title(records),
        )
        for record in records:
            findings = [*known.get(record.path, ()), *self._apply(record, context, site_wide=True)]
            yield from self.to_problems(record.path, findings, record)

    @staticmethod
    def ordered(problems: Iterable[Problem]) -> list[Problem]:
        """Each problem once, by file and position."""
        return sorted(set(problems), key=lambda problem: problem.sort_key)

    def _apply(self, record: Postmortem, context: Context, *, site_wide: bool) -> Iterator[Finding]:
        is_draft, is_matched = record.is_draft, record.is_matched
        for code, check in CHECKS.items():
            rule = RULES[code]
            if rule.is_site_wide is site_wide and (
                rule.level_for(self.settings, is_draft=is_draft, is_matched=is_matched)
                is not Level.OFF
            ):
                yield from (Finding(code, *fault) for fault in check(record, context))

    def to_problems(
        self, path: str, findings: Iterable[Finding], record: Postmortem | None = None
    ) -> Iterator[Problem]:
        """What was found on a page, which need not be a postmortem."""
        is_draft = record is not None and record.is_draft
        is_matched = record is not None and record.is_matched
        for finding in findings:
            level = RULES[finding.code].level_for(
                self.settings, is_draft=is_draft, is_matched=is_matched
            )
            if level is not Level.OFF:
                yield Problem(
                    path,
                    finding.position,
                    level,
                    finding.code,
                    printable(finding.message),
                    printable(finding.fix),
                    finding.subject,
                    finding.suggestion,
                )

    def _public_findings(self, page: Page, known: Sequence[Finding]) -> Iterator[Finding]:
        """What is wrong only once the internal parts of a page are gone."""
        if page.blocks.findings:
            return  # A faulty marker hides too much, so what the public view lacks is an echo.
        names = self.schemas.internal_names
        public = public_page(page, self.settings, names)
        if public is None or public is page or public.record is None:
            return
        reported = {(finding.code, finding.subject) for finding in known}
        for finding in self._schema_findings(public, public.record, public.findings):
            is_internal = _stem(finding.subject) in names
            if (finding.code, finding.subject) not in reported and not is_internal:
                message = f"In what the public sees: {finding.message}"
                subject = f"public {finding.subject}"
                yield Finding("PM706", finding.position, message, finding.fix, subject)

    def _schema_findings(
        self, page: Page, record: Postmortem, known: Sequence[Finding]
    ) -> Iterator[Finding]:
        """What the schemas say. A value already found wrong is not called missing as well."""
        reported = {finding.subject for finding in known if finding.subject}
        keys = self.schemas.known_keys
        for explanation in explain_errors(self.schemas.front_matter.errors(page.data), keys):
            reported |= {explanation.subject, explanation.meant}
            position = page.position(explanation.subject, of_key=explanation.code == "PM101")
            fix = _hidden_by_comment(page, position) or explanation.fix
            yield _finding(page, position, explanation)._replace(fix=fix)
        validator = self.schemas.closed if record.custom else self.schemas.record
        own = to_data(record)
        explanations = list(explain_errors(validator.errors(own), keys))
        # A mistyped key is not missing as well under its right name.
        reported |= {explanation.meant for explanation in explanations}
        for explanation in explanations:
            subject, is_key = explanation.subject, explanation.code == "PM101"
            if _stem(subject) in {_stem(item) for item in reported}:
                continue
            if is_key and subject in own and subject not in page.data:
                # One error makes each key next to it "unevaluated", even those nobody types.
                continue
            position = (
                page.position(subject, of_key=True) if is_key else _position(page, record, subject)
            )
            missing = _section_without_text(record, explanation)
            yield missing or _finding(page, position, explanation)


def _finding(page: Page, position: Position, explanation: Explanation) -> Finding:
    change = _suggestion(page, position, explanation)
    message, fix = explanation.message, explanation.fix
    return Finding(explanation.code, position, message, fix, explanation.subject, change)


def _suggestion(page: Page, position: Position, explanation: Explanation) -> Suggestion | None:
    """The change of a mistyped key or value, if the text at the position is the mistyped one."""
    typed, meant = explanation.typed, explanation.meant
    line = page.lines[position.line - 1].text if position.line <= len(page.lines) else ""
    if not meant or typed == meant or not line.startswith(typed, position.column - 1):
        return None
    # A key that is on the page as well would be there twice.
    if explanation.code == "PM101" and meant in page.data:
        return None
    if explanation.code == "PM103" and not closest(typed, [meant], SURELY):
        return None
    return Suggestion(position, len(typed), meant)


def _section_without_text(record: Postmortem, missing: Explanation) -> Finding | None:
    """What to say instead of "missing" where the page has the section, but no paragraph in it."""
    name = missing.subject
    key = _SECTION_OF.get(name) if missing.code == "PM104" else None
    sections = [item for item in record.sections if key in item.keys]
    if not sections:
        return None
    # A section of its own, rather than one that two subjects share.
    section = min(sections, key=lambda item: len(item.keys))
    return Finding(
        missing.code,
        section.position,
        f"The section `{section.heading}` has no paragraph to take `{name}` from.",
        f"Begin it with a sentence above its list or table, or add `{name}:` to the front matter.",
        name,
    )


# What says that a value is missing, and what says that two times contradict each other.
_MISSING = ("PM104", "PM304", "PM305", "PM308", "PM402")
_CONTRADICTIONS = ("PM208", "PM209")


def _without_echoes(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings without those that go away when the cause, which is among them, is fixed.

    A value under a mistyped key, or one that cannot be read, is not missing as well; an entry whose
    time contradicts another one is not out of order as well.
    """
    wrong = {_stem(item.subject) for item in findings if item.code in ("PM102", "PM103", "PM201")}
    wrong |= {item.suggestion.text for item in findings if item.code == "PM101" and item.suggestion}
    unread = {item.position for item in findings if (item.code, item.subject) == ("PM201", "tasks")}
    reversed_ = {item.position for item in findings if item.code in _CONTRADICTIONS}
    for item in findings:
        if not (
            (item.code in _MISSING and _stem(item.subject) in wrong)
            or (item.code == "PM502" and item.position in unread)
            or (item.code == "PM302" and item.position in reversed_)
        ):
            yield item


def by_id(records: Iterable[Postmortem]) -> dict[str, tuple[Postmortem, ...]]:
    """Records by their id; more than one under an id is a problem of its own."""
    found: dict[str, tuple[Postmortem, ...]] = {}
    for record in records:
        found[record.id] = (*found.get(record.id, ()), record)
    return found


def _hidden_by_comment(page: Page, position: Position) -> str:
    """What to write where a value begins with a sign that makes the rest a comment."""
    line = page.lines[position.line - 1].text if position.line <= len(page.lines) else ""
    key, _, value = line.partition(":")
    if not value.lstrip().startswith("#"):
        return ""
    text = value.strip().replace('"', "'")
    return f'`#` begins a comment in YAML. Put it in quotes: `{key.strip()}: "{text}"`.'


def _stem(subject: str) -> str:
    """``tasks`` for ``tasks[2].owner``: the value that was already reported on."""
    return subject if subject.startswith("sections.") else subject.split(".")[0].split("[")[0]


def _position(page: Page, record: Postmortem, subject: str) -> Position:
    if subject.startswith("sections."):
        return record.position("body")
    positions = {
        "timeline": [entry.position for entry in record.timeline.entries],
        "tasks": [task.position for task in record.tasks],
    }
    name, _, rest = subject.partition("[")
    if rest and name in positions:
        return positions[name][int(rest.split("]")[0])]
    return page.position(subject)


_NOT_A_POSTMORTEM = "PM005"
_MOST_NAMED = 3


def merge_by_folder(problems: Iterable[Problem], docs: str = "") -> list[Problem]:
    """The problems in their order, with one PM005 for all pages of a folder, at the first of them.

    ``docs`` is the docs folder as a terminal wants it, where the paths of the problems lie in it.
    """
    found = list(problems)
    folders: dict[str, list[Problem]] = defaultdict(list)
    for item in found:
        if item.code == _NOT_A_POSTMORTEM:
            folders[posixpath.dirname(item.path)].append(item)
    return [
        _merged(own, posixpath.join(docs, folder)) if len(own) > 1 else item
        for item in found
        for folder in [posixpath.dirname(item.path)]
        for own in [folders[folder] if item.code == _NOT_A_POSTMORTEM else [item]]
        if item is own[0]
    ]


def _merged(problems: Sequence[Problem], folder: str) -> Problem:
    names = [posixpath.basename(item.path) for item in problems]
    named = ", ".join(names[:_MOST_NAMED])
    if len(names) > _MOST_NAMED:
        named += f" and {len(names) - _MOST_NAMED} more"
    return problems[0]._replace(
        message=f"{len(names)} pages in `{folder}` have no `postmortem:` mapping in their front "
        f"matter, so the index does not list them: {named}.",
        fix=f"Run `mkdocs-postmortem adopt {folder}` to see what it would add. To keep the pages "
        "as they are, name them in the option `match`; if they are something else, in `exclude`.",
    )
