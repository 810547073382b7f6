"""The fonts that layouts are tested with, so that no machine's own decide.

``scripts/browser.sh`` installs them; the fonts named second have the same widths.
"""

from __future__ import annotations

from playwright.sync_api import Page

FONTS = {
    "Liberation": "font-family: 'Liberation Sans', Arial, sans-serif !important;",
    "DejaVu": "font-family: 'DejaVu Sans', Verdana, sans-serif !important;",
    # Wider than any font that a theme would set its text in.
    "wide": "font-family: 'Test Wide', sans-serif !important;",
    # DejaVu spaced as WCAG 2.2 (1.4.12) says that readers may.
    "spaced": (
        "font-family: 'DejaVu Sans', Verdana, sans-serif !important;"
        "letter-spacing: 0.12em !important; word-spacing: 0.16em !important;"
    ),
}
# DejaVu, each letter a fifth wider (and higher, which changes no line: themes set their height).
_WIDE = """
@font-face {
  font-family: 'Test Wide'; size-adjust: 120%; src: local('DejaVu Sans'), local('Verdana');
}
@font-face {
  font-family: 'Test Wide'; font-weight: 700; size-adjust: 120%;
  src: local('DejaVu Sans Bold'), local('Verdana Bold');
}
"""
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
        f"{_WIDE}:not({_CODE}, {_CODE} *) {{ {FONTS[name]} }}"
        "svg text { letter-spacing: 0 !important }"
        ".md-header__title { overflow: hidden }",
    )
