/** How the screen edition looks: one column that is never wider than reads well, by day, by night and on paper. */
export const screenCss = `
:root { color-scheme: light dark; --ground: #fdfcf9; --ink: #1d1b18; --soft: #5c574e; --line: #d9d4c8; --mark: #8c2318 }
@media (prefers-color-scheme: dark) {
  :root { --ground: #181715; --ink: #e8e4db; --soft: #aea798; --line: #3d3a34; --mark: #f0a292 }
}
* { box-sizing: border-box }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100% }
body { margin: 0; background: var(--ground); color: var(--ink); line-height: 1.85;
  font-family: "Source Han Serif SC", "Noto Serif CJK SC", "Noto Serif SC", "Songti SC", SimSun, serif;
  font-size: clamp(1.0625rem, 1rem + .3vw, 1.25rem) }
main { max-width: 36em; margin: 0 auto; padding: clamp(1.25rem, 5vw, 4rem) clamp(1rem, 4vw, 2rem) }
h1, h2, p, figure, blockquote, hgroup { margin: 0 }
header { margin-bottom: 2em; text-align: center; text-wrap: balance }
h1 { font-size: clamp(1.5rem, 1.1rem + 2.4vw, 2.5rem); font-weight: 900; line-height: 1.3; margin: .25em 0 }
.kicker, .deck, h2, .credit, .dateline, footer, .awaited {
  font-family: "Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif }
.kicker, .deck { color: var(--soft); font-size: 1.05em; line-height: 1.5 }
.byline { margin-top: 1em; color: var(--soft); font-size: .9em }
article > p { margin-top: .75em; text-indent: 2em; text-align: justify; overflow-wrap: anywhere;
  line-break: strict; hanging-punctuation: allow-end }
.lead { font-weight: 500 }
.dateline { font-weight: 700; margin-inline-end: 1em }
h2 { margin: 2em 0 .75em; font-size: 1.1em; line-height: 1.4; text-wrap: balance; word-break: keep-all;
  overflow-wrap: anywhere }
blockquote { margin: 1.25em 0; padding-inline-start: 1em; border-inline-start: 3px solid var(--mark);
  font-family: "LXGW WenKai", "Kaiti SC", KaiTi, serif; overflow-wrap: anywhere }
figure { margin: 2em 0 }
img { display: block; width: 100%; height: auto }
.awaited { padding: 4em 1em; border: 1px dashed var(--line); color: var(--soft); text-align: center }
figcaption { margin-top: .5em; color: var(--soft); font-size: .85em; line-height: 1.6; overflow-wrap: anywhere }
.credit { white-space: nowrap }
a { color: var(--mark); text-decoration: underline; text-underline-offset: .2em }
a:focus-visible { outline: 2px solid; outline-offset: 2px }
footer { margin-top: 3em; padding-top: 1em; border-top: 1px solid var(--line); color: var(--soft); font-size: .8em }
@page { margin: 20mm }
@media print {
  :root { --ground: #fff; --ink: #000; --soft: #333; --line: #999; --mark: #000 }
  body { font-size: 11pt; line-height: 1.6 }
  main { max-width: none; padding: 0 }
  article > p { orphans: 2; widows: 2 }
  h2 { break-after: avoid }
  figure { break-inside: avoid; max-width: 120mm; margin-inline: auto }
}
`;
