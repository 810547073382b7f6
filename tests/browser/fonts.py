"""The fonts that layouts are tested with, so that no machine's own decide.

``scripts/browser.sh`` installs them; the fonts named second have the same widths.
"""

from __future__ import annotations

from playwright.sync_api import Page

FONTS = {
    "Liberation": "font-family: 'Liberation Sans', Arial, sans-serif !important;",
    "DejaVu": "font-family: 'DejaVu Sans', Verdana, sans-serif !important;",
    # DejaVu spaced as WCAG 2.2 (1.4.12) says that readers may: wider than any text font.
    "spaced": (
        "font-family: 'DejaVu Sans', Verdana, sans-serif !important;"
        "letter-spacing: 0.12em !important; word-spacing: 0.16em !important;"
    ),
}
_CODE = ":is(pre, code, kbd)"


def set_font(tab: Page, name: str) -> None:
    """Show the whole page in one of ``FONTS``."""
    tab.evaluate("document.querySelectorAll('style[data-font]').forEach(item => item.remove())")
    tab.evaluate(
        """rule => {
             const style = document.createElement('style');
             style.dataset.font = '';
             style.textContent = rule;
             document.head.append(style);
           }""",
        # Labels of plots are drawn to scale. Material's own header needs more than 320 px.
        f":not({_CODE}, {_CODE} *) {{ {FONTS[name]} }} svg text {{ letter-spacing: 0 !important }}"
        ".md-header__title { overflow: hidden }",
    )
