"""The extension: which page is rendered, and what goes where in its tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from mkdocs_postmortem.hosts.markdown import marking, redaction
from mkdocs_postmortem.hosts.markdown.fragments import (
    Fragments,
    Slots,
    fill,
    has_slots,
    inline_markdown,
    secure_links,
)
from mkdocs_postmortem.hosts.markdown.marking import DIRECTIVE_MARK, DirectiveMarker, mark_entries
from mkdocs_postmortem.hosts.markdown.page_contexts import Visibility, as_step, find_page, log
from mkdocs_postmortem.hosts.markdown.standalone import archive_of
from mkdocs_postmortem.hosts.markdown.task_tree import draw_tasks, show_checkboxes, typed_list
from mkdocs_postmortem.hosts.markdown.timeline_tree import TimelineBuilder
from mkdocs_postmortem.model.record import SectionKey
from mkdocs_postmortem.model.task import Task
from mkdocs_postmortem.reading.directives import Directive, read_directive
from mkdocs_postmortem.rendering.context import PageContext
from mkdocs_postmortem.rendering.index import render_groups, render_index
from mkdocs_postmortem.rendering.repeats import (
    page_footer_fields,
    render_page_footer,
    render_repeats,
    repeats_fields,
)
from mkdocs_postmortem.rendering.stats import render_stats
from mkdocs_postmortem.rendering.summary import (
    render_breadcrumb,
    render_embedded_summary,
    render_panel,
    render_summary,
    summary_fields,
)
from mkdocs_postmortem.rendering.task_list import render_tasks, task_markdown, tasks_fields
from mkdocs_postmortem.rendering.timeline import EntryView, render_embedded_timeline, render_toolbar

Pages = Callable[[str], PageContext | None]
# What is known of the page that a converter works on.
Find = Callable[[Markdown], PageContext | None]
# Takes the fragments of a page, by its path.
Keep = Callable[[str, Fragments], None]
# A list for the page that it is on, with its ``options``.
RenderList = Callable[..., str]

_LISTS: dict[str, RenderList] = {
    "groups": render_groups,
    "index": render_index,
    "repeats": render_repeats,
    "stats": render_stats,
    "summary": render_embedded_summary,
    "tasks": render_tasks,
    "timeline": render_embedded_timeline,
}
_FIELDS = {"repeats": repeats_fields, "tasks": tasks_fields}


class PostmortemExtension(Extension):
    """Gives pages their box, timeline and lists.

    A host that knows the site gives ``pages`` (what is known of a page by its source path),
    ``visibility`` (what the site's audience may see) and ``keep``, which takes the fragments of
    each page: it then has placeholders only. Without ``keep``, fragments are rendered at once.
    Without ``pages``, the extension reads the archive itself: ``config_file`` names its
    configuration where the host has another one, ``generated`` the folder of the generated pages
    where it is not the docs folder.
    """

    def __init__(
        self,
        pages: Pages | None = None,
        visibility: Visibility | None = None,
        keep: Keep | None = None,
        config_file: str = "",
        generated: str = "",
    ) -> None:
        super().__init__()
        self._pages = pages
        self._seen = visibility or Visibility()
        self._keep = keep
        self._begun: dict[str, Markdown] = {}
        self._archive = partial(archive_of, config_file=config_file, generated=generated)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        # The host registers its page with the converter only after the extensions, so the page is
        # looked up when the conversion begins.
        redaction.register(md, self._visibility)
        PageWork(md, self._find, self._keep, self._begun).register()

    def _find(self, md: Markdown) -> PageContext | None:
        here = find_page(md)
        if here is None or (self._pages and here.is_excerpt):
            return None
        return self._pages(here.path) if self._pages else self._archive(here).view(here.path)

    def _visibility(self, md: Markdown) -> Visibility:
        here = None if self._pages else find_page(md)
        return self._archive(here).visibility(here.path) if here else self._seen


class PageWork:
    """The work on one page; Python-Markdown makes a converter, and so this, for each page.

    ``begun`` are the converters of pages by path, as long as these are converted.
    """

    def __init__(
        self, md: Markdown, find: Find, keep: Keep | None, begun: dict[str, Markdown]
    ) -> None:
        self._md = md
        self._find = find
        self._keep = keep
        self._begun = begun
        self.slots = Slots()
        self.directives: list[Directive] = []
        # Elements with an author's text that has to be safe on every page.
        self.author_texts: list[Element] = []
        self.directive_marker = DirectiveMarker(md, self.directives)
        self.view: PageContext | None = None
        self.entries: tuple[EntryView, ...] = ()

    def register(self) -> None:
        md = self._md
        # 40: before anything else, to learn the page (the host's own first step is 30).
        md.preprocessors.register(as_step(Preprocessor, md, self.begin), "postmortem_begin", 40)
        # 22: fenced code (25) is put away, raw HTML (20) is not yet.
        md.preprocessors.register(self.directive_marker, "postmortem_directives", 22)
        marking.hide_declarations(md, lambda: self.view is not None)
        # 15: raw HTML is put away too, so that no mark gets lost in it.
        mark = as_step(Preprocessor, md, lambda lines: mark_entries(lines, self.entries))
        md.preprocessors.register(mark, "postmortem_entries", 15)
        # 26: before the inline processor (20), which then renders the author's text where it is
        # now, and before pymdownx.tasklist (25), which knows two of the four boxes only.
        md.treeprocessors.register(
            as_step(Treeprocessor, md, self.build), "postmortem_timeline", 26
        )
        # 10: when the inline processor has made links of the fields' Markdown.
        md.treeprocessors.register(
            as_step(Treeprocessor, md, self.secure_links), "postmortem_links", 10
        )
        # After all others: the fields in the fragments are rendered then.
        md.postprocessors.register(
            as_step(Postprocessor, md, self.finish), "postmortem_slots", -100
        )

    def begin(self, lines: list[str]) -> list[str]:
        """Learn the page."""
        self.view = self._find(self._md)
        if self.view and self._begun.setdefault(self.view.path, self._md) is not self._md:
            # mkdocstrings converts docstrings while the page around them is converted.
            self.view = None
        self.slots.begin()
        self.directives.clear()
        self.author_texts.clear()
        self.entries = self.view.entries if self.view else ()
        return lines

    def build(self, root: Element) -> None:
        """Put what is ours into the tree."""
        self.directive_marker.restore()
        view = self.view
        if view is None:
            _drop_marks(root)
            return
        if self.entries:
            heads = [self.slots.put_part("head", number) for number in range(len(self.entries))]
            builder = TimelineBuilder(self.entries, heads, self._md, view.site.messages.weekday)
            builder.build(root)
            builder.restore(root)
            self._typed(root, builder.typed(), SectionKey.TIMELINE)
            self._bar(root)
            for timeline in root.iter("ol"):
                if timeline.get("class") == "pm-timeline":
                    timeline.attrib.update(view.site.attributes)
        if view.record is not None:
            draw_tasks(root, view.record.tasks, self._task_details)
            tasks = typed_list(view.record, self._task_details)
            self._typed(root, tasks, SectionKey.TASKS, SectionKey.CORRECTIVE)
            show_checkboxes(root, view.site.messages.groups["box"])
        self._directives(root, view)
        self._top(root, view)
        root.append(self.slots.put(render_page_footer, page_footer_fields(view)))
        fields = self.slots.fields()
        if fields is not None:
            root.append(fields)
            self.author_texts.append(fields)

    def _task_details(self, number: int, task: Task) -> Element:
        """What follows a task's text."""
        attributes = self.view.site.attributes if self.view else {}
        details = Element("span", {"class": "pm-task__details", **attributes})
        details.text = self.slots.put_part("task", number, filter(None, task_markdown(task)))
        return details

    def _top(self, root: Element, view: PageContext) -> None:
        """Breadcrumb, panel and box come after the title, or first where there is none."""
        put = self.slots.put
        top = [put(render_breadcrumb), put(render_panel), put(render_summary, summary_fields(view))]
        title = next((n for n, element in enumerate(root) if element.tag == "h1"), -1)
        for offset, element in enumerate(top, title + 1):
            root.insert(offset, element)

    def _typed(self, root: Element, texts: Element | None, *keys: SectionKey) -> None:
        """A list from the front matter is below the heading of the first of these sections that
        the page has. Without one, a timeline is at the top, and tasks are at the end.
        """
        if texts is None:
            return
        self.author_texts.append(texts)
        view = self.view
        sections = view.record.sections if view and view.record else ()
        headings = {
            " ".join("".join(element.itertext()).split()).strip("# "): number
            for number, element in enumerate(root)
            if element.tag in ("h2", "h3", "h4")
        }
        named = (item.heading for key in keys for item in sections if key in item.keys)
        title = next((n for n, item in enumerate(root) if item.tag == "h1"), -1)
        otherwise = title if SectionKey.TIMELINE in keys else len(root)
        root.insert(next((headings[t] for t in named if t in headings), otherwise) + 1, texts)

    def _bar(self, root: Element) -> None:
        """The toolbar above the first timeline of the page."""
        parent = root.find(".//ol[@class='pm-timeline']/..")
        if parent is not None:
            at = next(n for n, child in enumerate(parent) if child.get("class") == "pm-timeline")
            parent.insert(at, self.slots.put(render_toolbar))

    def _directives(self, root: Element, view: PageContext) -> None:
        for parent in list(root.iter()):
            for index, child in enumerate(parent):
                match = DIRECTIVE_MARK.fullmatch((child.text or "").strip())
                if match:
                    parent[index] = self._list(int(match.group(1)), view)
        _drop_marks(root)

    def _list(self, number: int, view: PageContext) -> Element:
        directive = self.directives[number]
        if directive.error is not None:
            wrong = Element("p", {"class": "pm-fault"})
            wrong.text = inline_markdown(f"{directive.error.message} {directive.error.fix}")
            self.author_texts.append(wrong)
            return wrong
        render = partial(_LISTS[directive.name], options=directive.options)
        return self.slots.put(render, _list_fields(directive, view), is_list=True)

    def secure_links(self, _: Element) -> None:
        """Make the author's text safe on this page, whichever page it comes from."""
        secure_links(self.author_texts, self.view.path if self.view else None)

    def finish(self, text: str) -> str:
        """The page's text: with placeholders for a host that fills them, or filled."""
        # Extensions run postprocessors on headings alone, too.
        if self.view is None or not has_slots(text):
            return text
        text, fragments = self.slots.take(text)
        self._begun.pop(self.view.path, None)
        if self._keep is not None:
            self._keep(self.view.path, fragments)
            return text
        return fill(text, fragments.render(self.view, log.error))[0]


def page_fields(view: PageContext, markdown: str) -> Iterator[str]:
    """The author's Markdown of this and of other pages that the fragments of a page show."""
    yield from summary_fields(view)
    yield from page_footer_fields(view)
    for line in markdown.split("\n") if "postmortem:" in markdown else ():
        directive = read_directive(line)
        if directive is not None and directive.error is None:
            yield from _list_fields(directive, view)


def _list_fields(directive: Directive, view: PageContext) -> Iterable[str]:
    find_fields = _FIELDS.get(directive.name)
    return find_fields(view, directive.options) if find_fields else ()


def _drop_marks(root: Element) -> None:
    """A directive inside a sentence or on a foreign page leaves nothing behind."""
    for element in root.iter():
        if element.text and "pm-directive:" in element.text:
            element.text = DIRECTIVE_MARK.sub("", element.text)


def makeExtension(**options: Any) -> PostmortemExtension:  # noqa: N802 - Python-Markdown's name
    """What Python-Markdown calls for an extension that is named in a configuration."""
    return PostmortemExtension(**options)
