/** The page of the composition matrix: one editor under the input method, one that the script moves. */
import i18next from 'i18next';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import * as Y from 'yjs';
import { Editor } from '../../client/article/Editor.tsx';
import type { EditorHandle } from '../../client/article/handle.ts';
import { words } from '../../client/article/words.ts';
import { suggestionsExtension } from '../../client/suggestions/extension.ts';
import { fillManuscript, readParagraphs, readStory } from '../../shared/manuscript/flat.ts';
import type { Person } from '../../shared/people/person.ts';
import { readOriginal, readStoryAs } from '../../shared/suggestions/read.ts';
import { act, type Deed } from './deeds.ts';
import { createRoom, type FakeRoom, join } from './fakeRoom.ts';

const person = (id: string, name: string, color: number): Person => ({
  id,
  handle: id,
  name,
  color,
  role: 'reporter',
});
const near = person('near', '张晓燕', 0);
const other = person('other', '程建政', 1);

interface Stage {
  a: FakeRoom;
  b: FakeRoom;
  line: ReturnType<typeof join>;
  handles: { a?: EditorHandle; b?: EditorHandle };
  /** Whether the near one only suggests. */
  suggests: boolean;
}

let stage: Stage | null = null;
let show: (next: Stage) => void = () => undefined;

function Page() {
  const [open, setOpen] = useState<{ stage: Stage; run: number } | null>(null);
  show = (next) => setOpen((before) => ({ stage: next, run: (before?.run ?? 0) + 1 }));
  if (!open) return null;
  const refuse = () => Promise.reject(new Error('no pictures here'));
  const common = { editable: true, uploadPicture: refuse, pictureUrl: () => '', people: [near, other] };
  return (
    <main key={open.run}>
      <div id="near">
        <Editor
          {...common}
          room={open.stage.a}
          me={near}
          suggests={open.stage.suggests}
          extensions={[suggestionsExtension(open.stage.a)]}
          onReady={(handle) => {
            open.stage.handles.a = handle;
          }}
        />
      </div>
      <div id="other">
        <Editor
          {...common}
          room={open.stage.b}
          me={other}
          extensions={[suggestionsExtension(open.stage.b)]}
          onReady={(handle) => {
            open.stage.handles.b = handle;
          }}
        />
      </div>
    </main>
  );
}

const text = (room: FakeRoom) => readStory('x', room.doc).paragraphs.map((p) => `${p.style}:${p.text}`);

const driver = {
  /** A fresh pair of editors on three paragraphs; the caret of the near one stands in the second. */
  open(carets: boolean, suggests: boolean) {
    const from = new Y.Doc();
    from.clientID = 90;
    fillManuscript(from, [
      { style: 'headline', text: '双升级', marks: [] },
      { style: 'body', text: '济南泺口服装城', marks: [] },
      { style: 'body', text: '位于中轴线', marks: [] },
    ]);
    const a = createRoom(1, from, near);
    const b = createRoom(2, from, other);
    stage = { a, b, line: join(a, b, carets), handles: {}, suggests };
    show(stage);
  },
  ready: () => Boolean(stage?.handles.a && stage.handles.b),
  place(paragraph: number, from: number, to = from) {
    stage?.handles.a?.goTo({ paragraph, from, to });
  },
  other(deed: Deed) {
    if (stage?.handles.b) act(stage.handles.b, stage.b, stage.line, deed);
  },
  undo() {
    stage?.handles.a?.undo();
  },
  composing: () => Boolean(stage?.handles.a?.editor.view.composing),
  shown: () => stage?.handles.a?.editor.state.doc.textContent ?? '',
  read() {
    if (!stage) throw new Error('impossible: nothing is open');
    const { a, b, handles } = stage;
    const shown = (handle: EditorHandle | undefined) => {
      const blocks: string[] = [];
      handle?.editor.state.doc.forEach((block) => {
        blocks.push(`${block.type.name === 'figure' ? 'figure' : block.attrs.style}:${block.textContent}`);
      });
      return blocks;
    };
    return {
      a: text(a),
      b: text(b),
      originalB: readOriginal('x', b.doc).paragraphs.map((p) => `${p.style}:${p.text}`),
      acceptedB: readStoryAs('x', b.doc, 'accepted').paragraphs.map((p) => `${p.style}:${p.text}`),
      suggested: document.querySelectorAll('#near ins.suggestion').length,
      shownA: shown(handles.a),
      shownB: shown(handles.b),
      domA: [...document.querySelectorAll('#near .article-text > p')].map((p) => {
        const copy = p.cloneNode(true) as HTMLElement;
        for (const caret of copy.querySelectorAll('.article-caret')) caret.remove();
        return copy.textContent ?? '';
      }),
      unwritten: a.unwritten,
      sent: a.sent.join('\n'),
      ends: readParagraphs(a.manuscript).length,
      carets: document.querySelectorAll('#near .article-caret').length,
    };
  },
};

declare global {
  interface Window {
    driver: typeof driver;
  }
}

window.driver = driver;

await i18next.use(initReactI18next).init({
  lng: 'zh',
  resources: { zh: { article: words.zh } },
  interpolation: { escapeValue: false },
});
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <I18nextProvider i18n={i18next}>
      <Page />
    </I18nextProvider>,
  );
}
