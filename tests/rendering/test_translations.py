"""Words in eight languages: complete, with all plural forms, found by the site's language."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest
from drawn_site import Site

from mkdocs_postmortem.model.language import (
    LANGUAGES,
    language_chain,
    language_fault,
    language_name,
    language_tag,
    site_language,
)
from mkdocs_postmortem.rendering.messages import load_messages
from mkdocs_postmortem.rendering.translations import FOLDER, SOURCES, TranslationError, read_catalog

ROOT = Path(__file__).resolve().parents[2]
OTHERS = LANGUAGES[1:]


def test_every_message_is_translated_and_every_catalog_fresh() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/translations.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalog_says_every_plural_form_of_its_language(language: str) -> None:
    catalog = read_catalog(FOLDER / f"{language}.po")
    forms = {"ja": 1, "zh_CN": 1, "ar": 6}.get(language, 2)

    assert catalog.num_plurals == forms
    counts = [context for context in SOURCES if context.startswith("count.")]
    assert counts
    for context in counts:
        message = catalog.get(SOURCES[context], context=context)
        assert message is not None
        assert len(message.string) == forms
        assert all(message.string)


@pytest.mark.parametrize("language", OTHERS)
def test_hardly_a_message_is_left_in_english(language: str) -> None:
    messages = load_messages(language)
    same = [
        f"{group}.{key}"
        for group, english in load_messages("en").groups.items()
        for key, text in english.items()
        if messages.groups[group][key] == text
    ]

    # Signs, and words such as "Date" or "Impact" that two languages share.
    assert len(same) < 20, same


@pytest.mark.parametrize(
    ("language", "numbers"),
    [
        ("en", {0: "0 incidents", 1: "1 incident", 2: "2 incidents", 1234: "1,234 incidents"}),
        ("de", {0: "0 Vorfälle", 1: "1 Vorfall", 2: "2 Vorfälle", 1234: "1.234 Vorfälle"}),
        ("fr", {0: "0 incident", 1: "1 incident", 2: "2 incidents"}),
        ("pt-BR", {0: "0 incidente", 2: "2 incidentes"}),
        ("ja", {1: "インシデント 1 件", 5: "インシデント 5 件"}),
        ("zh", {1: "1 个故障", 5: "5 个故障"}),
        (
            "ar",
            {
                0: "لا حوادث",
                1: "حادث واحد",
                2: "حادثان",
                3: "3 حوادث",
                10: "10 حوادث",
                11: "11 حادثًا",
                99: "99 حادثًا",
                100: "100 حادث",
                102: "102 حادث",
                103: "103 حوادث",
            },
        ),
    ],
)
def test_plural_forms(language: str, numbers: dict[int, str]) -> None:
    messages = load_messages(language_name(language))

    assert {number: messages.count("outages", number) for number in numbers} == numbers


@pytest.mark.parametrize(
    ("language", "of_three"),
    [
        ("en", "a, b, and c"),
        ("de", "a, b und c"),
        ("es", "a, b y c"),
        ("ja", "a、b、c"),
        ("zh_CN", "a、b和c"),
        ("ar", "a وb وc"),
    ],
)
def test_lists(language: str, of_three: str) -> None:
    messages = load_messages(language)

    assert messages.listed_text("abc") == of_three
    assert messages.listed_text("a") == "a"
    assert messages.listed_text("") == ""
    assert str(messages.listed(["<a>", "b"], "unit")).startswith("&lt;a&gt;")


def test_values_in_sentences_are_escaped_and_markup_is_not() -> None:
    from markupsafe import Markup

    messages = load_messages("de")

    assert messages.say("due_on", day="<b>") == "fällig am &lt;b&gt;"
    assert messages.say("wont_do_because", reason=Markup("<em>x</em>")).endswith("<em>x</em>")
    assert messages.text("due_on", day="<b>") == "fällig am <b>"


@pytest.mark.parametrize(
    ("tag", "name"),
    [("de", "de"), ("pt-br", "pt_BR"), ("zh-hant-tw", "zh_Hant_TW"), ("EN_gb", "en_GB"), ("", "")],
)
def test_names_of_languages(tag: str, name: str) -> None:
    assert language_name(tag) == name
    assert language_tag("pt_BR") == "pt-BR"
    assert language_name("../de") == ""


@pytest.mark.parametrize(
    ("name", "chain"),
    [
        ("de_CH", ("de_CH", "de")),
        ("pt", ("pt", "pt_BR")),
        ("pt_PT", ("pt_PT", "pt", "pt_BR")),
        ("zh", ("zh", "zh_CN")),
        ("zh_Hans_SG", ("zh_Hans_SG", "zh_Hans", "zh", "zh_CN")),
        ("zh_Hant", ("zh_Hant", "zh_TW")),
        ("zh_TW", ("zh_TW",)),
    ],
)
def test_where_words_are_looked_for(name: str, chain: tuple[str, ...]) -> None:
    assert language_chain(name) == chain


def test_the_language_of_a_site() -> None:
    assert site_language(None, ["de-CH"]) == "de_CH"
    assert site_language("ar", ["de"]) == "ar"
    assert site_language(None, [None, "fr"]) == "fr"
    assert site_language(None, []) == "en"
    # No half language: neither labels nor dates are in one for which there are no words.
    assert site_language(None, ["zh-Hant"]) == "en"
    assert site_language(None, ["it"], {"it"}) == "it"


def test_an_unknown_language_is_refused_with_a_hint() -> None:
    assert language_fault("de-AT") == ""
    assert "Did you mean `pt_BR`?" in language_fault("pl_BR")
    assert "`zh_CN`" in language_fault("zh-TW")
    assert language_fault("it", {"it"}) == ""


def test_a_region_has_its_dates_and_the_words_of_its_language(site: Site, page: object) -> None:
    site.options["language"] = "en-GB"
    site.write("postmortems/a.md", page())  # type: ignore[operator]

    assert "14 Mar 2026" in site.build().main()


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_speak_the_language_of_the_theme(
    language: str, site: Site, page: object, tmp_path: Path
) -> None:
    site.write("postmortems/a.md", page())  # type: ignore[operator]
    built = site.build(theme={"name": "mkdocs", "locale": language}, site_url="https://e.example/")
    messages = load_messages(language)

    box, index = built.main(), built.page("postmortems/")
    assert messages.t["root_cause"] in box
    assert messages.groups["kind"]["misleading"] in box
    assert messages.t["page_title"] in index
    assert messages.count("outages", 1) in index
    assert messages.t["per_month"] in index
    assert messages.groups["group_title"]["service"].format(value="checkout") in built.page(
        "postmortems/services/checkout/"
    )
    if language != "en":
        assert english_left(box + index) == []


def english_left(text: str) -> list[str]:
    """Labels of several words that stand on pages in English still."""
    shown = {part.strip() for part in re.split(r"<[^>]*>|\n", text)}
    return [
        text
        for words in load_messages("en").groups.values()
        for text in words.values()
        if text in shown and " " in text
    ]


def test_material_says_its_language_otherwise(site: Site, page: object) -> None:
    site.write("postmortems/a.md", page())  # type: ignore[operator]
    built = site.build(theme={"name": "material", "language": "fr", "font": False})

    assert "Cause racine" in built.main()


def test_the_option_wins_over_the_theme_and_says_its_language(site: Site, page: object) -> None:
    site.options["language"] = "ar"
    site.write("postmortems/a.md", page())  # type: ignore[operator]
    main = site.build(theme={"name": "mkdocs", "locale": "de"}).main()

    assert "السبب الجذري" in main
    assert 'lang="ar"' in main
    assert 'dir="rtl"' in main


def test_an_unknown_option_stops_the_build(site: Site, page: object) -> None:
    site.options["language"] = "dee"
    built = site.build()

    assert built.error is not None
    assert "There are no labels for `dee`. Did you mean `de`?" in built.messages(logging.ERROR)[0]


def test_a_theme_in_an_unknown_language_gives_english_and_says_so(site: Site, page: object) -> None:
    site.write("postmortems/a.md", page())  # type: ignore[operator]
    built = site.build(theme={"name": "mkdocs", "locale": "it"})

    assert "Root cause" in built.main()
    assert any("no labels for the theme's language `it`" in text for text in built.messages(20))


def own_catalog(root: Path, name: str, text: str) -> None:
    file = root / "theme" / "postmortem" / "translations" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_a_site_says_single_words_its_own_way(site: Site, page: object) -> None:
    text = 'msgctxt "label.root_cause"\nmsgid "Root cause"\nmsgstr "Contributing factors"\n'
    own_catalog(site.root, "en.po", text)
    site.write("postmortems/a.md", page())  # type: ignore[operator]
    main = site.build(theme={"name": "mkdocs", "custom_dir": str(site.root / "theme")}).main()

    assert "Contributing factors" in main
    assert "Users affected" in main


def test_a_site_brings_a_language_of_its_own(site: Site, page: object) -> None:
    text = 'msgctxt "label.root_cause"\nmsgid "Root cause"\nmsgstr "Causa radice"\n'
    own_catalog(site.root, "it.po", text)
    site.write("postmortems/a.md", page())  # type: ignore[operator]
    theme = {"name": "mkdocs", "custom_dir": str(site.root / "theme"), "locale": "it"}
    main = site.build(theme=theme).main()

    assert "Causa radice" in main
    assert "14 mar 2026" in main


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('msgctxt "label.rot_cause"\nmsgid "x"\nmsgstr "y"\n', "Did you mean `label.root_cause`?"),
        ('msgctxt "label.due_on"\nmsgid "due {day}"\nmsgstr "am {tag}"\n', "has to have `{day}`"),
        ('msgctxt "label.due_on"\nmsgid "due {day}"\nmsgstr "am {day"\n', "label.due_on"),
        ('msgctxt "count.outages"\nmsgid "x"\nmsgstr "y"\n', "plural forms"),
        ('msgctxt "label.due_on"\nmsgid "due {day}"\nnonsense\n', "de.po"),
    ],
)
def test_a_catalog_that_cannot_be_used_stops_with_its_place(
    text: str, fault: str, tmp_path: Path
) -> None:
    own_catalog(tmp_path, "de.po", text)

    with pytest.raises(TranslationError, match=re.escape(fault)):
        load_messages("de", (tmp_path / "theme",))


def test_every_context_is_a_name_without_surprises() -> None:
    contexts = list(SOURCES)
    assert len(contexts) > 100
    assert all(re.fullmatch(r"[a-z_]+\.[a-z_]+", context) for context in contexts)
