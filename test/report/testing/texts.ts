/** By this word a text is found again; no report has it of its own. */
export const END = 'scribbled'

/** What people might write where a report prints it. Each ends in a word by which it is found again. */
export const TEXTS: readonly string[] = [
  `"><img src=x onerror="fail()"></script><script>fail()</script>' onmouseover='fail()`,
  '<!--<script>--><style>*{display:none}</style></td></tr></table></body>]]>',
  '&lt;b&gt; &#60;b&#62; &amp;nbsp;',
  '[a](javascript:alert(1)) ![b](https://example.org/b.png) [c]: https://example.org <https://example.org>',
  'https://example.org/?a=1&b=2 www.example.org someone@example.org xmpp:a@example.org',
  '| a | b |\n| --- | --- |\n| c | d |',
  '`a` ```b``` ~~~c~~~ *d* __e__ ~~f~~ $g$ [^1] - [ ] h',
  '# a\n\n---\n\n===\n> b\n\n    c\n\n1. d',
  '<details open><summary>a</summary>',
  'a\\',
  '=HYPERLINK("https://example.org","a")',
  '@SUM(A1:A9)',
  '+1+1',
  '-2+3',
  '\t=1+1',
  '\r=1+1',
  '＝１＋１',
  'a"b",c;d\r\n=1+1',
  '<!channel> <@U123> <#C123> <https://example.org|a> @here *b* :tada:',
  '\u202eevil\u202c \u2067a\u2069 \u200fb',
  'שלום (עולם) 12',
  'a\u200bb\u2060c\ufeffd\u{e0041}e',
  'a\u0000b\u0007c\u001bd',
  '\ud800a\udc00b\ud83d',
  '👩‍👩‍👧 🏴 ＡＢ ﾊﾝｶｸ',
].map((text) => `${text} ${END}`)

/** As long as nobody writes by hand; what was pasted is. */
export const LONG = `${'long title '.repeat(999)}${END}`
