"""The extension: which page is rendered, and what goes where in its tree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from mkdocs_postmortem.hosts.markdown import declarations, hiding
from mkdocs_postmortem.hosts.markdown.alone import find_alone, log, sight_alone
from mkdocs_postmortem.hosts.markdown.boxes import show_boxes
from mkdocs_postmortem.hosts.markdown.fragments import (
    drop_unsafe_links,
    inline_markdown,
    show_code,
    to_elements,
)
from mkdocs_postmortem.hosts.markdown.hiding import Sight, SightOf
from mkdocs_postmortem.hosts.markdown.marking import (
    DIRECTIVE_MARK,
    DirectiveMarker,
    EntryMarker,
)
from mkdocs_postmortem.hosts.markdown.place import find_page
from mkdocs_postmortem.hosts.markdown.slots import FillSlots, Keep, Slots
from mkdocs_postmortem.hosts.markdown.weaving import Weaver
from mkdocs_postmortem.model.section import SectionKey
from mkdocs_postmortem.reading import Directive
from mkdocs_postmortem.rendering import (
    EntryView,
    Joined,
    PageView,
    Rendered,
    TemplateError,
    entry_views,
    render_bar,
    render_foot,
    render_groups,
    render_heads,
    render_index,
    render_panel,
    render_quoted_summary,
    render_quoted_timeline,
    render_repeats,
    render_stats,
    render_summary,
    render_tasks,
    vocabulary,
)

Pages = Callable[[str], PageView | None]
# What is known of the page that a converter works on, and the folders with templates for it.
Find = Callable[[Markdown], tuple[PageView | None, tuple[Path, ...]]]

# Each directive's list. Their templates have the same names.
_LISTS = {
    "groups": render_groups,
    "index": render_index,
    "repeats": render_repeats,
    "stats": render_stats,
    "summary": render_quoted_summary,
    "tasks": render_tasks,
    "timeline": render_quoted_timeline,
}


class PostmortemExtension(Extension):
    """Gives pages their box, timeline and lists.

    ``pages`` finds what is known of a page by its source path; without it, the extension reads
    the archive itself (``config_file`` names its configuration where the host has another one).
    ``custom_dirs`` are theme folders whose ``postmortem/`` overrides templates. ``on_fault`` is
    told of a template that cannot be used; without it the TemplateError goes on.
    With ``has_marks`` fragments have comments around them, which the host takes out again; or
    ``keep`` takes the fragments of each page.
    ``sight`` says what the site's audience may see.
    """

    def __init__(
        self,
        pages: Pages | None = None,
        custom_dirs: tuple[Path, ...] = (),
        on_fault: Callable[[str], None] | None = None,
        config_file: str = "",
        has_marks: bool = False,
        keep: Keep | None = None,
        sight: Sight | None = None,
    ) -> None:
        super().__init__()
        self._has_marks = has_marks
        self._keep = keep
        self._on_fault = on_fault
        if pages is None:
            self._find: Find = partial(find_alone, config_file=config_file)
            self._sight: SightOf = partial(sight_alone, config_file=config_file)
            self._on_fault = on_fault or log.error
        else:
            self._sight = lambda _: sight or Sight()
            self._find = partial(_find_fed, pages=pages, custom_dirs=custom_dirs)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        # The host registers its page with the converter only after the extensions, so the page is
        # looked up when the conversion begins.
        hiding.register(md, self._sight)
        slots = Slots(has_marks=self._has_marks, keep=self._keep)
        PageWork(md, self._find, self._on_fault, slots).register()


class PageWork:
    """The work on one page; Python-Markdown makes a converter, and so this, for each page."""

    def __init__(
        self,
        md: Markdown,
        find: Find,
        on_fault: Callable[[str], None] | None,
        slots: Slots,
    ) -> None:
        self.on_fault = on_fault
        self.slots = slots
        self._md = md
        self._find = find
        self.custom_dirs: tuple[Path, ...] = ()
        self.directives: list[Directive] = []
        self.fragments: list[Element] = []
        self.directive_marker = DirectiveMarker(md, self.directives)
        self.view: PageView | None = None
        self.entries: tuple[EntryView, ...] = ()
        self.language = "en"

    def register(self) -> None:
        md = self._md
        # 40: before anything else, to learn the page (the host's own first step is 30).
        md.preprocessors.register(_Begin(md, self), "postmortem_begin", 40)
        # 22: fenced code (25) is put away, raw HTML (20) is not yet.
        md.preprocessors.register(self.directive_marker, "postmortem_directives", 22)
        declarations.register(md, lambda: self.view is not None)
        # 15: raw HTML is put away too, so that no mark gets lost in it.
        md.preprocessors.register(_Entries(md, self), "postmortem_entries", 15)
        # 26: before the inline processor (20), which then renders the author's text where it is
        # now, and before pymdownx.tasklist (25), which knows two of the four boxes only.
        md.treeprocessors.register(_Weave(md, self), "postmortem_weave", 26)
        # 10: when the inline processor has made links of the fields' Markdown.
        md.treeprocessors.register(_Links(md, self), "postmortem_links", 10)
        # Behind all others: what is in a slot already needs none of them.
        md.postprocessors.register(FillSlots(md, self.slots), "postmortem_slots", -100)

    def begin(self) -> None:
        self.view, self.custom_dirs = self._find(self._md)
        relpath = next((item for item in self._md.treeprocessors if hasattr(item, "file")), None)
        path = self.view.path if self.view else ""
        self.slots.begin(path, getattr(relpath, "path_to_url", None))
        self.directives.clear()
        self.fragments.clear()
        record = self.view.record if self.view else None
        self.language = self.view.site.language if self.view else "en"
        self.entries = entry_views(record, self.language) if record else ()

    def elements(self, markup: Rendered, template: str) -> list[Element]:
        """A fragment's elements, remembered so that their links are looked at in the end."""
        if isinstance(markup, str) and not markup.strip():
            return []
        slot = self.slots.put(markup, template, is_ours=not self.custom_dirs)
        found = to_elements(str(markup), template) if slot is None else [slot]
        self.fragments += found
        return found

    def whole(self, markup: Rendered, template: str) -> list[Element]:
        """A fragment that stands alone; it says its language where the page has another."""
        attributes = self.view.site.attributes if self.view else {}
        if attributes and (isinstance(markup, Joined) or str(markup).strip()):
            said = "".join(f' {name}="{value}"' for name, value in attributes.items())
            parts = markup.parts if isinstance(markup, Joined) else (str(markup),)
            markup = Joined((f"<div{said}>", *parts, "</div>"))
        return self.elements(markup, template)

    def heads(self) -> Sequence[Element | str]:
        """The head of each entry, in their order: its element, or the text that stands for it."""
        markups = render_heads(self.entries, self.custom_dirs, self.language)
        texts = None if self.custom_dirs else self.slots.put_heads(markups)
        return texts or [self.elements(markup, "entry.html")[0] for markup in markups]


def _find_fed(
    md: Markdown, *, pages: Pages, custom_dirs: tuple[Path, ...]
) -> tuple[PageView | None, tuple[Path, ...]]:
    here = find_page(md)
    return pages(here.path) if here and not here.is_excerpt else None, custom_dirs


class _Begin(EntryMarker):
    def __init__(self, md: Markdown, work: PageWork) -> None:
        super().__init__(md, ())
        self._work = work

    def run(self, lines: list[str]) -> list[str]:
        self._work.begin()
        return lines


class _Entries(EntryMarker):
    def __init__(self, md: Markdown, work: PageWork) -> None:
        super().__init__(md, ())
        self._work = work

    def run(self, lines: list[str]) -> list[str]:
        self._entries = [view.entry for view in self._work.entries]
        return super().run(lines)


class _Weave(Treeprocessor):
    def __init__(self, md: Markdown, work: PageWork) -> None:
        super().__init__(md)
        self._work = work

    def run(self, root: Element) -> None:
        try:
            self._weave(root)
        except TemplateError as fault:
            if self._work.on_fault is None:
                raise
            self._work.on_fault(str(fault))

    def _weave(self, root: Element) -> None:
        work = self._work
        work.directive_marker.restore()
        view = work.view
        if view is None:
            _drop_marks(root)
            return
        if work.entries:
            weaver = Weaver(work.entries, work.heads())
            weaver.weave(root)
            weaver.restore(root)
            self._typed_timeline(root, weaver)
            self._bar(root, view)
            _tell_language(root, view.site.attributes)
        if view.record is not None:
            show_boxes(root, vocabulary(work.language, work.custom_dirs).groups["box"])
        self._directives(root, view)
        self._top(root, view)
        for element in work.whole(render_foot(view, work.custom_dirs), "foot.html"):
            root.append(element)

    def _top(self, root: Element, view: PageView) -> None:
        """Panel and box behind the title, or at the top where there is none."""
        work = self._work
        top = work.whole(render_panel(view, work.custom_dirs), "panel.html")
        top += work.whole(render_summary(view, work.custom_dirs), "summary.html")
        title = next((n for n, element in enumerate(root) if element.tag == "h1"), -1)
        for offset, element in enumerate(top, title + 1):
            root.insert(offset, element)

    def _typed_timeline(self, root: Element, weaver: Weaver) -> None:
        """A timeline of the front matter stands below its heading, or at the top of the page."""
        timeline = weaver.typed()
        if timeline is None:
            return
        _harden_texts(timeline)
        self._work.fragments.append(timeline)
        heading = next((n for n, item in enumerate(root) if self._is_timeline(item)), None)
        if heading is None:
            heading = next((n for n, item in enumerate(root) if item.tag == "h1"), -1)
        root.insert(heading + 1, timeline)

    def _is_timeline(self, element: Element) -> bool:
        """Whether an element is the heading of the timeline, in whatever language."""
        sections = (
            self._work.view.record.sections if self._work.view and self._work.view.record else ()
        )
        text = " ".join("".join(element.itertext()).split()).strip("# ")
        known = (item.heading for item in sections if SectionKey.TIMELINE in item.keys)
        return element.tag in ("h2", "h3", "h4") and text in known

    def _bar(self, root: Element, view: PageView) -> None:
        """The sum and the controls above the first timeline of the page."""
        found = ((parent, child) for parent in root.iter() for child in parent)
        for parent, child in found:
            if child.tag == "ol" and child.get("class") == "pm-timeline" and view.record:
                work = self._work
                markup = render_bar(view.record, work.language, work.custom_dirs)
                position = list(parent).index(child)
                parent[position:position] = work.whole(markup, "timeline_bar.html")
                return

    def _directives(self, root: Element, view: PageView) -> None:
        for parent in list(root.iter()):
            # From behind, since a list may be no element or several.
            for index, child in reversed([*enumerate(parent)]):
                match = DIRECTIVE_MARK.fullmatch((child.text or "").strip())
                if match:
                    parent[index : index + 1] = self._list(int(match.group(1)), view)
        _drop_marks(root)

    def _list(self, number: int, view: PageView) -> list[Element]:
        work = self._work
        directive = work.directives[number]
        if directive.error is not None:
            wrong = Element("p")
            wrong.set("class", "pm-fault")
            wrong.text = inline_markdown(f"{directive.error.message} {directive.error.fix}")
            work.fragments.append(wrong)
            return [wrong]
        render = _LISTS[directive.name]
        markup = render(view.site, view.path, directive.options, work.custom_dirs)
        return work.whole(markup, f"{directive.name}.html")


class _Links(Treeprocessor):
    def __init__(self, md: Markdown, work: PageWork) -> None:
        super().__init__(md)
        self._work = work

    def run(self, root: Element) -> None:
        view = self._work.view
        editor = view.editor.partition("{line}")[0] if view else ""
        drop_unsafe_links(self._work.fragments, editor)
        show_code(self._work.fragments)


def _tell_language(root: Element, attributes: dict[str, str]) -> None:
    for timeline in root.iter("ol"):
        if timeline.get("class") == "pm-timeline":
            timeline.attrib.update(attributes)


def _harden_texts(timeline: Element) -> None:
    for paragraph in timeline.iter("p"):
        paragraph.text = inline_markdown(paragraph.text or "")


def _drop_marks(root: Element) -> None:
    """A directive inside a sentence or on a foreign page leaves nothing behind."""
    for element in root.iter():
        if element.text and "pm-directive:" in element.text:
            element.text = DIRECTIVE_MARK.sub("", element.text)


def makeExtension(**options: Any) -> PostmortemExtension:  # noqa: N802 - Python-Markdown's name
    """What Python-Markdown calls for an extension that is named in a configuration."""
    return PostmortemExtension(**options)
