/** A figure in the manuscript: its picture or the place that waits for it, the caption, the credit, the
 * alternative text. Plain DOM, so that nothing is re-made under a composition. */
import type { Node } from '@tiptap/pm/model';
import type { EditorView, NodeView } from '@tiptap/pm/view';
import { pictureTypes } from './pictures.ts';

export type Say = (key: string, values?: Record<string, unknown>) => string;

export interface FigureOptions {
  upload: (
    figure: () => number | undefined,
    file: File,
    onProgress: (fraction: number) => void,
  ) => Promise<void>;
  pictureUrl: (image: string) => string;
  say: Say;
  /** Calls back whenever the language changes; returns how to stop. */
  onWords: (listener: () => void) => () => void;
}

function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  name: string,
  inside: (Element | string)[] = [],
) {
  const element = document.createElement(tag);
  element.className = name;
  element.append(...inside);
  return element;
}

const fields = ['credit', 'alt'] as const;

export function createFigureView(
  given: Node,
  view: EditorView,
  getPos: () => number | undefined,
  options: FigureOptions,
): NodeView {
  let node = given;
  /** What somebody suggests that the figure say. */
  let wanted: Record<string, unknown> = {};
  const said = () => ({ ...node.attrs, ...wanted }) as Record<string, string | null>;
  let busy = false;
  const picture = make('img', 'article-figure-picture');
  const waiting = make('span', 'article-figure-waiting');
  const bar = make('progress', 'article-figure-progress');
  const place = make('button', 'article-figure-place', [picture, waiting, bar]);
  place.type = 'button';
  const picker = make('input', 'article-figure-picker');
  picker.type = 'file';
  picker.accept = pictureTypes.join(',');
  picker.tabIndex = -1;
  // The button over it opens it and names it.
  picker.ariaHidden = 'true';
  const media = make('div', 'article-figure-media', [place, picker]);
  media.contentEditable = 'false';
  const captionName = make('span', 'article-figure-label');
  captionName.contentEditable = 'false';
  const caption = make('figcaption', 'article-figure-caption');
  const inputs = fields.map((field) => {
    const name = make('span', 'article-figure-label');
    const input = make('input', 'article-figure-field');
    input.dataset.field = field;
    input.maxLength = 500;
    return { field, name, input, label: make('label', 'article-figure-row', [name, input]) };
  });
  const replace = make('button', 'article-figure-act');
  const remove = make('button', 'article-figure-act');
  const comment = make('button', 'article-figure-act article-figure-comment');
  for (const button of [replace, remove, comment]) button.type = 'button';
  const acts = make('div', 'article-figure-acts', [replace, remove, comment]);
  const more = make('div', 'article-figure-more', [...inputs.map(({ label }) => label), acts]);
  more.contentEditable = 'false';
  const dom = make('figure', 'article-figure', [
    media,
    make('div', 'article-figure-words', [captionName, caption, more]),
  ]);
  dom.dataset.style = 'figure';

  const show = () => {
    const { image, alt } = said();
    const { say } = options;
    picture.hidden = !image;
    waiting.hidden = Boolean(image) || busy;
    bar.hidden = !busy;
    const address = image ? options.pictureUrl(image) : '';
    if (image && picture.getAttribute('src') !== address) picture.src = address;
    if (!image) picture.removeAttribute('src');
    picture.alt = alt ?? '';
    waiting.textContent = say('figure.waiting');
    captionName.textContent = say('figure.caption');
    caption.dataset.empty = node.content.size === 0 ? say('figure.captionEmpty') : '';
    place.setAttribute('aria-label', say(image ? 'figure.replace' : 'figure.choose'));
    bar.setAttribute('aria-label', say('figure.uploading'));
    replace.textContent = say(image ? 'figure.replace' : 'figure.choose');
    remove.textContent = say('figure.remove');
    comment.textContent = say('figure.comment');
    for (const { field, name, input } of inputs) {
      name.textContent = say(`figure.${field}`);
      input.placeholder = say(`figure.${field}Empty`);
      const value = said()[field] ?? '';
      // What is being typed or composed in the field is its own until it is told.
      if (input.value !== value && !input.dataset.composing) input.value = value;
      input.readOnly = !view.editable;
    }
    const idle = view.editable && !busy;
    for (const button of [place, replace, remove]) button.disabled = !idle;
    for (const button of [replace, remove]) button.hidden = !view.editable;
    dom.dataset.state = busy ? 'uploading' : image ? 'placed' : 'waiting';
  };

  const upload = async (file: File | undefined) => {
    if (!file || busy || !view.editable) return;
    busy = true;
    bar.max = 1;
    bar.value = 0;
    show();
    try {
      await options.upload(getPos, file, (fraction) => {
        bar.value = fraction;
      });
    } finally {
      busy = false;
      show();
    }
  };

  const write = (field: string, value: string) => {
    const pos = getPos();
    if (pos === undefined || !view.editable) return;
    const clean = value.replace(/[\n\r\u2028\u2029]/g, ' ');
    if (clean === (said()[field] ?? '')) return;
    view.dispatch(view.state.tr.setNodeAttribute(pos, field, clean === '' ? null : clean));
  };

  for (const { field, input } of inputs) {
    input.addEventListener('compositionstart', () => {
      input.dataset.composing = 'yes';
    });
    input.addEventListener('compositionend', () => {
      delete input.dataset.composing;
      write(field, input.value);
    });
    input.addEventListener('input', (event) => {
      if (!(event as InputEvent).isComposing) write(field, input.value);
    });
  }
  const pick = () => picker.click();
  place.addEventListener('click', pick);
  replace.addEventListener('click', pick);
  picker.addEventListener('change', () => {
    void upload(picker.files?.[0]);
    picker.value = '';
  });
  const ask = (what: string) => () => {
    const pos = getPos();
    if (pos !== undefined) dom.dispatchEvent(new CustomEvent(what, { bubbles: true, detail: pos }));
  };
  remove.addEventListener('click', ask('article-remove-figure'));
  comment.addEventListener('click', ask('article-comment-figure'));
  dom.addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  });
  dom.addEventListener('drop', (event) => {
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    event.stopPropagation();
    void upload(file);
  });
  const stopWords = options.onWords(show);
  show();

  return {
    dom,
    contentDOM: caption,
    update(next, decorations) {
      if (next.type !== node.type) return false;
      node = next;
      wanted = Object.assign({}, ...decorations.map(({ spec }) => spec.wanted ?? {}));
      show();
      return true;
    },
    selectNode: () => dom.classList.add('is-selected'),
    deselectNode: () => dom.classList.remove('is-selected'),
    stopEvent: (event) => !caption.contains(event.target as globalThis.Node) && event.type !== 'dragstart',
    ignoreMutation: (mutation) =>
      (mutation.type !== 'selection' &&
        !(caption === mutation.target || caption.contains(mutation.target))) ||
      (mutation.type === 'attributes' && mutation.target === caption),
    destroy: stopWords,
  };
}
