"""The first paragraph of a section: its prose, without what only surrounds it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from mkdocs_postmortem.reading.source import Line, match_heading, number_lines
from mkdocs_postmortem.reading.words import any_of

_HEADING = re.compile(r"#{1,6}(?:\s|$)")
_RULE = re.compile(r"(?:[-*_]\s*){3,}$|=+\s*$|-+\s*$")
_ITEM = re.compile(r"(?:[-*+•—–]|\d{1,9}[.)])\s")
# Quotations, tables, admonitions, containers, definitions of links and footnotes, block elements.
_OTHER = re.compile(
    r">|\||!!!|\?\?\?|===|:::|\[[^\]]{1,80}\]:"
    r"|</?(?:details|summary|div|table|t[rhd]|ul|ol|li|img|p|center|figure|br|hr|iframe)\b",
    re.IGNORECASE,
)
_TABLE_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*\|")
# A picture, a link or an address alone, and a bold label.
_PICTURE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)(?:\{[^{}]*\})?")
_LINK_ALONE = re.compile(r"\W*(?:\[(?:[^\[\]]|\[[^\[\]]*\])*\]\([^()]*\)|<?https?://\S+>?)\W*")
_LABEL = re.compile(r"(?P<mark>\*\*|__)[^*_]{1,80}(?:(?P=mark)\s*:?|:\s*(?P=mark))\s*")
_BOLD_LABEL = re.compile(
    r"(?P<mark>\*\*|__)[^*_\n]{1,40}(?:(?P=mark)\s?[:：]|[:：]\s?(?P=mark))\s?\S"
)
_PLAIN_LABEL = re.compile(r"[A-ZÀ-Þ\u0600-\u9fff][^\W\d_]*(?: [^\W\d_]+){0,2}[:：]\s?\S")
_SENTENCE_ENDS = (".", "!", "?", "。", "！", "？")
# One sentence that ends in a colon is about what follows.
_LEAD_IN = re.compile(r"[^.!?。！？\n]{1,100}[:：][*_]{0,2}")


def first_paragraph(markdown: str) -> str:
    """The first paragraph of prose, on one line; empty if there is none.

    Headings, rules, lists with the lines that they wrap to, quotations, tables, code, comments,
    pictures, lone links and bold labels are not prose; a paragraph that only introduces a list
    (``Because of:``) says nothing without it.
    """
    after_list = False
    for block in _blocks(markdown):
        if block[0].indent >= (2 if after_list else 4):
            continue
        text, after_list = _paragraph([line.text.strip() for line in block])
        if text:
            return text
    return ""


def _blocks(markdown: str) -> Iterator[list[Line]]:
    """Runs of lines that no blank line, code or comment parts."""
    block: list[Line] = []
    for line in number_lines(markdown.split("\n")):
        if line.is_prose and not line.is_blank:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _paragraph(texts: list[str]) -> tuple[str, bool]:
    """The paragraph of a block, and whether the block ends in a list."""
    taken: list[str] = []
    for number, text in enumerate(texts):
        below = texts[number + 1] if number + 1 < len(texts) else ""
        if _HEADING.match(text):
            if taken:
                break
        elif _RULE.match(text):  # below a line of text it makes a heading of it
            taken = []
        elif is_list := bool(_ITEM.match(text)):
            introduces = bool(taken) and taken[-1].endswith((":", "："))
            return ("" if introduces else _prose(taken)), is_list
        elif _OTHER.match(text) or _TABLE_RULE.match(below) or _is_labelled(text, taken):
            break
        else:
            taken.append(text)
    return _prose(taken), False


def _is_labelled(text: str, above: list[str]) -> bool:
    """Whether a line below others begins with a label of its own: ``**Confidence:** high``."""
    is_plain = above and above[-1].endswith(_SENTENCE_ENDS) and _PLAIN_LABEL.match(text)
    return bool(above and (is_plain or _BOLD_LABEL.match(text)))


def _prose(texts: list[str]) -> str:
    text = " ".join(texts)
    is_bare = not _PICTURE.sub("", text).strip() or _LINK_ALONE.fullmatch(text)
    return "" if is_bare or _LABEL.fullmatch(text) or _LEAD_IN.fullmatch(text) else text


_TABLE_ROW = re.compile(
    r"^\s{0,3}\|.*\|\s*$|^\s{0,3}(?:\|\s*)?:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)+(?:\|\s*)?$"
)
_LINK = re.compile(
    r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)"
    r"|(?<!\w)!?\[([^\[\]]+)\]\[[^\[\]]{0,80}\](?!\])"
)
_CODE_SPAN = re.compile(r"`[^`\n]+`")
_TAG = re.compile(r"<[^<>\n]{1,200}>")
# An escaped sign, or what may be emphasis.
_MARKS = re.compile(r"\\[!-/:-@\[-`{-~]|[*_~=]+")
_LINE_MARK = re.compile(r"^[^\S\n]*(?:#{1,6}|>+)(?=\s)", re.MULTILINE)
_SPECIAL = re.compile(r"[\\`*_\[\]<>!#|~]")
_WORD = re.compile(r"[^\W_]+(?:['’.,:/@-][^\W_]+)*")
# The same in ASCII, by classes: a letter or digit, a sign that may join two of them, a break.
_CLASSES = str.maketrans(
    {chr(n): "w" if chr(n).isalnum() else "." if chr(n) in "'.,:/@-" else " " for n in range(128)}
)
# Chinese, Japanese and Korean are written without spaces: two characters count as a word.
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LIST_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,9}[.)])\s+")
# A run of dots is looked at from its first one only.
_SENTENCE_END = re.compile(
    r"(?<![.!?…])[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]?[^\W\d_a-zß-ÿ])"
    r"|(?<![。！？])[。！？]+(?=\S|\s)"
)
_ABBREVIATION = re.compile(rf"\b{any_of('abbreviations')}$", re.IGNORECASE)


def count_words(lines: Iterable[Line]) -> int:
    """Words of prose: code blocks, comments and tables are left out."""
    # No word goes on in the next line, so plain lines are counted all at once.
    plain: list[str] = []
    others: list[str] = []
    for line in lines:
        text = line.text
        if not (line.is_code or line.is_comment or ("|" in text and _TABLE_ROW.match(text))):
            is_plain = text.isascii() and "](" not in text and "<" not in text
            (plain if is_plain else others).append(text)
    return _count_plain("\n".join(plain)) + sum(map(words_in, others))


def _count_plain(text: str) -> int:
    """What ``words_in`` sums up to for plain lines, in a fifth of its time."""
    classes = f" {text.translate(_CLASSES)}"
    # A word begins after a break, or after a joining sign that has no word before it.
    return classes.count(" w") + classes.count(" .w") + classes.count("..w")


def words_in(text: str) -> int:
    """Words of one line of Markdown; a link counts by its text."""
    plain = _LINK.sub(r"\1\2", text) if "](" in text else text
    dense = 0
    if not plain.isascii():
        dense = len(_DENSE.findall(plain))
        plain = _DENSE.sub(" ", plain)
    if "<" in plain:
        plain = _TAG.sub(" ", plain)
    return len(_WORD.findall(plain)) + (dense + 1) // 2


def count_sentences(markdown: str) -> int:
    """Sentences of an entry's prose; code, lists below it and abbreviations don't count."""
    plain = plain_text(first_paragraph(markdown) or markdown)
    ends = [
        match
        for match in _SENTENCE_END.finditer(plain)
        if not _ABBREVIATION.search(plain, max(0, match.start() - 8), match.start())
    ]
    return len(ends) + 1 if plain else 0


def most_sentences(markdown: str) -> int:
    """A number that ``count_sentences`` is not above, found in a tenth of its time."""
    # What ends the text is followed by no other sentence.
    text = markdown.rstrip(" \n.!?…*_`\"'”’)]")
    return 1 + sum(map(text.count, ".!?…。！？"))


def plain_text(markdown: str) -> str:
    """Inline Markdown without its marks: links by their text, code by its content."""
    text = _LINK.sub(r"\1\2", markdown) if "](" in markdown or "][" in markdown else markdown
    if "`" not in text:
        return " ".join(_bare(text).split())
    parts, end = [], 0
    for match in _CODE_SPAN.finditer(text):
        # What looks like a tag or a mark in code is neither.
        parts += [_bare(text[end : match.start()]), match.group().strip("`")]
        end = match.end()
    return " ".join("".join([*parts, _bare(text[end:])]).split())


def escaped(text: str) -> str:
    """Plain text as inline Markdown that says just that."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def _bare(text: str) -> str:
    text = _TAG.sub("", text) if "<" in text else text
    text = _LINE_MARK.sub("", text) if "#" in text or ">" in text else text
    return _MARKS.sub(_unmarked, text)


def _unmarked(match: re.Match[str]) -> str:
    """An escaped sign itself; of marks, those that stand alone, or inside a word for ``_`` and
    ``==``; a single ``=`` or ``~`` is none.
    """
    marks, text = match[0], match.string
    if marks[0] == "\\":
        return marks[1:]
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    is_inside = before.isalnum() and after.isalnum() and marks[0] != "*"
    is_single = marks[0] in "~=" and len(marks) != 2
    return marks if is_inside or is_single or not (before + after).strip() else ""


def shortened(text: str, longest: int) -> str:
    """The text, cut between two words where it has spaces; ``longest`` in characters."""
    if len(text) <= longest:
        return text
    cut = text[:longest]
    spaced = cut.rpartition(" ")[0]
    return (spaced if len(spaced) > longest // 2 else cut).rstrip(" ,;:、，") + " …"


def count_blocks(markdown: str) -> int:
    """Blocks of a text that Markdown will make: paragraphs, lists, code, as siblings."""
    blocks, before = 0, ""
    for line in number_lines(markdown.split("\n")):
        goes_on = before == "list" and bool(line.indent)
        is_item = goes_on or bool(_LIST_ITEM.match(line.text))
        kind = "code" if line.is_code else "" if line.is_blank else "list" if is_item else "text"
        blocks += bool(kind) and kind != before
        before = kind or ("list" if before == "list" else "")
    return blocks


def first_heading(lines: Sequence[Line]) -> Line | None:
    """The first level-1 heading in ``#`` form."""
    for line in lines:
        heading = match_heading(line.text) if line.is_prose else None
        if heading and heading.level == 1 and heading.text:
            return line
    return None
