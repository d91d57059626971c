/** Lines of a Drawing as HTML: every run where the Drawing says, across or down, in any browser. */
import type { LineItem, Run } from '../../shared/layout/drawing.ts';
import { spacedOf } from '../../shared/layout/segments.ts';
import { isLinkHref } from '../../shared/manuscript/marks.ts';
import { colorOf, escapeHtml, n } from './html-text.ts';
import { personColor } from './person-color.ts';

/** Points above the baseline at which every line box begins, so that no font's own metrics move it. */
export const strut = 48;

/** From the top of an upright character's em box down to its baseline, in ems. */
const ascent = 0.88;

export const lineCss = `
.l { position: absolute; z-index: 3; white-space: pre; line-height: 0; font-kerning: none;
  font-variant-ligatures: none; font-synthesis: style; font-feature-settings: "chws" 0, "halt" 0, "palt" 0;
  text-spacing-trim: space-all; text-autospace: no-autospace; text-rendering: geometricPrecision;
  -webkit-text-size-adjust: none; text-size-adjust: none }
.l::before { content: ""; display: inline-block; height: ${strut}pt }
.v { writing-mode: vertical-rl }
.v::before { content: none }
.u { display: inline-block; writing-mode: horizontal-tb; vertical-align: top; text-align: center;
  line-height: 0; font-feature-settings: "vert" 1, "chws" 0, "halt" 0, "palt" 0 }
.u::before { content: ""; display: inline-block; height: ${ascent}em }
a { color: inherit; text-decoration: none }
i { font-style: italic }
ins { text-decoration: underline; text-decoration-thickness: .6pt; text-underline-offset: .16em }
del { text-decoration: line-through; text-decoration-thickness: .6pt }
`;

/** Names the faces and sizes of a file, so that each is written once. */
export function typeClasses() {
  const names = new Map<string, string>();
  return {
    of({ face, size }: Run): string {
      const style = `font-family:tg-${face};font-size:${n(size)}pt`;
      const name = names.get(style) ?? `t${names.size}`;
      names.set(style, name);
      return name;
    },
    css: () => [...names].map(([style, name]) => `.${name}{${style}}`).join('\n'),
  };
}
export type TypeClasses = ReturnType<typeof typeClasses>;

/** Words as stretches of one letter-spacing. */
function across(run: Run): string {
  return spacedOf(run)
    .map(({ text, spacing, after }) => {
      const style = `${spacing === 0 ? '' : `letter-spacing:${n(spacing)}pt;`}${after === 0 ? '' : `margin-right:${n(after)}pt`}`;
      return style === '' ? escapeHtml(text) : `<span style="${style}">${escapeHtml(text)}</span>`;
    })
    .join('');
}

/** Words one under the other, each in a box of its own as high as its advance: browsers hang an upright character
 * from their own reading of its font's metrics, some points apart. */
function down(run: Run): string {
  const width = n(run.size);
  return [...run.text]
    .map((text, i) => {
      const box = `width:${width}pt;height:${n(run.advances[i] ?? 0)}pt`;
      return `<span class="u" style="${box}">${escapeHtml(text)}</span>`;
    })
    .join('');
}

function runHtml(run: Run, vertical: boolean, types: TypeClasses): string {
  let words = vertical ? down(run) : across(run);
  if (run.italic) words = `<i>${words}</i>`;
  if (isLinkHref(run.href)) words = `<a href="${escapeHtml(run.href)}">${words}</a>`;
  if (run.change) {
    const tag = run.change.kind === 'insert' ? 'ins' : 'del';
    const color = personColor(run.change.color);
    words = `<${tag} style="color:${color}">${words}</${tag}>`;
  }
  return `<span class="${types.of(run)}">${words}</span>`;
}

/** A line where it stands. `to` is the id of the place in the same file that its words lead to. */
export function lineHtml(line: LineItem, types: TypeClasses, to?: string): string {
  const [first] = line.runs;
  if (!first) return '';
  const vertical = line.vertical === true;
  const ink = colorOf(line.color, '');
  const color = ink === '' ? '' : `;color:${ink}`;
  const place = vertical
    ? `left:${n(first.x)}pt;top:${n(line.y)}pt;width:${n(first.size)}pt;line-height:${n(first.size)}pt`
    : `left:${n(first.x)}pt;top:${n(line.y - strut)}pt`;
  const runs = line.runs.map((run) => runHtml(run, vertical, types)).join('');
  const words = to === undefined ? runs : `<a href="#${to}">${runs}</a>`;
  return `<span class="${vertical ? 'l v' : 'l'}" style="${place}${color}">${words}</span>`;
}
