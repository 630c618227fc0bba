"""Sixty texts that try to become markup, script, template or address, and what each would do if it could.

All of them only set ``window.hit``. They are put into every text field of an incident.
"""

from __future__ import annotations

from typing import Final

_RUN: Final = "window.hit=(window.hit||0)+1"

MARKUP: Final = (
    f"<script>{_RUN}</script>",
    f"<ScRiPt >{_RUN}</sCrIpT >",
    f"</script><script>{_RUN}</script>",
    f"--></script><script>{_RUN}//",
    f"<img src=x onerror={_RUN}>",
    f'<img src="x" onerror="{_RUN}">',
    f"<img/src/onerror={_RUN}>",
    f"<IMG SRC=x OnErRoR={_RUN}>",
    f"<svg onload={_RUN}>",
    f"<svg><script>{_RUN}</script></svg>",
    f"<svg><animate onbegin={_RUN} attributeName=x dur=1s>",
    f"<body onload={_RUN}>",
    f"<details open ontoggle={_RUN}>x</details>",
    f"<input autofocus onfocus={_RUN}>",
    f"<button autofocus onfocus={_RUN}>b</button>",
    f"<select autofocus onfocus={_RUN}></select>",
    f"<textarea autofocus onfocus={_RUN}></textarea>",
    f"<video><source onerror={_RUN}></video>",
    f"<audio src=x onerror={_RUN}></audio>",
    f'<iframe srcdoc="<script>parent.hit=1</script>"></iframe>',  # noqa: F541
    f'<iframe src="javascript:parent.{_RUN}"></iframe>',
    f'<object data="javascript:{_RUN}"></object>',
    "<embed src=x>",
    f'<a href="javascript:{_RUN}">tap</a>',
    f'<a href="&#106;avascript:{_RUN}" autofocus onfocus={_RUN}>tap</a>',
    f'<form><button formaction="javascript:{_RUN}" onmouseover={_RUN}>go</button></form>',
    f"<div onmouseover={_RUN} onclick={_RUN} onpointerenter={_RUN}>over</div>",
    f"<p tabindex=0 onfocus={_RUN}>focus</p>",
    f'<style>@keyframes k{{}}</style><i style="animation:k" onanimationstart={_RUN}></i>',
    f"<math><mtext><img src=x onerror={_RUN}></mtext></math>",
    f'<noscript><p title="</noscript><img src=x onerror={_RUN}>">',
    f"<template><img src=x onerror={_RUN}></template><img src=y onerror={_RUN}>",
    f'"><img src=x onerror={_RUN}>',
    f"'><img src=x onerror={_RUN}>",
    f"`><img src=x onerror={_RUN}>",
    f"<!--><img src=x onerror={_RUN}>-->",
    f"<![CDATA[<img src=x onerror={_RUN}>]]>",
    f'<meta http-equiv=refresh content="0;url=javascript:{_RUN}">',
    "<base href=//attacker.invalid/>",
    "<link rel=stylesheet href=//attacker.invalid/x.css>",
)
SCRIPT: Final = (
    "${window.hit=1}",
    "`;window.hit=1;`",
    "`+(window.hit=1)+`",
    '";window.hit=1;//',
    "';window.hit=1;//",
    '\\";window.hit=1;//',
    "\\u003cimg src=x onerror=window.hit=1\\u003e",
    "\\x3cimg src=x onerror=window.hit=1\\x3e",
    "&lt;img src=x onerror=window.hit=1&gt;",
    "&#60;img src=x onerror=window.hit=1&#62;",
    "a\u2028window.hit=1\u2029b",
    "__proto__",
    "constructor",
    "toString",
)
TEMPLATE: Final = ("{{7*7}}", "{{ 7*7 }} {% if 1 %}x{% endif %} {# y #}", "{%", "{{", "${7*7} #{7*7} <%= 7*7 %>")
TEXT: Final = (
    "\u202eright to left\u202c \u2066x\u2069 \u0627\u0644\u0634\u0639\u0641\u0629",
    "nul \x00 bell \x07 escape \x1b end",
    '=HYPERLINK("https://attacker.invalid","x")',
    "x" * 3000,
)
PAYLOADS: Final = (*MARKUP, *SCRIPT, *TEMPLATE, *TEXT)

ADDRESSES: Final = (
    "javascript:window.hit=1",
    "JaVaScRiPt:window.hit=1",
    " javascript:window.hit=1",
    "java\tscript:window.hit=1",
    "java\nscript:window.hit=1",
    "\x01javascript:window.hit=1",
    "javascript&colon;window.hit=1",
    "javascript://%0awindow.hit=1",
    "data:text/html,<script>opener.hit=1</script>",
    "DATA:text/html;base64,PHNjcmlwdD48L3NjcmlwdD4=",
    "vbscript:msgbox(1)",
    "file:///etc/hostname",
    "blob:https://example.org/1",
    "about:blank",
    "//attacker.invalid/x",
    "\\\\attacker.invalid\\x",
    "/\\attacker.invalid",
    "https:attacker.invalid",
    "https:/attacker.invalid",
    "https:\\\\attacker.invalid",
    "https://user:pass@attacker.invalid/",
    "https://example.org@attacker.invalid/",
    "https://",
    "http://\u202egro.elpmaxe",
    "ftp://example.org/x",
    "mailto:a@example.org",
    "view-source:https://example.org",
    "https://exa mple.org/",
    "ws://example.org",
    "intent://example.org#Intent;end",
)
"""Addresses that must not become links."""
