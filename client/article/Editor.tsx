/** The manuscript 文稿, open for writing or for reading. */
import { type AnyExtension, EditorContent, Editor as Tiptap } from '@tiptap/react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { must } from '../../shared/base/must.ts';
import { paragraphStyles } from '../../shared/manuscript/styles.ts';
import type { Person } from '../../shared/people/person.ts';
import { manuscriptExtension } from './extension.ts';
import { createFigureView } from './figureView.ts';
import { createHandle, type EditorHandle } from './handle.ts';
import type { LiveRoom } from './liveRoom.ts';
import { marginPlugin } from './marginPlugin.ts';
import { createPictures, type UploadPicture } from './pictures.ts';
import { Figure, schemaExtensions } from './schema.ts';
import './article.css';

export interface EditorProps {
  room: LiveRoom;
  me: Person;
  people: Person[];
  editable: boolean;
  /** Read once, when the editor is made. */
  extensions?: AnyExtension[];
  uploadPicture: UploadPicture;
  pictureUrl: (image: string) => string;
  onReady?: (handle: EditorHandle) => void;
  /** Words for the writer: something could not be done, or was done long ago. */
  onRefused?: (message: string) => void;
  onSave?: () => void;
  /** Whether a Yjs client of an earlier visit is this person's. */
  mine?: (client: number) => boolean;
  /** Whether what is done here is only suggested. */
  suggests?: boolean;
}

interface Words {
  say: (key: string, values?: Record<string, unknown>) => string;
  listeners: Set<() => void>;
}

function openEditor(latest: { current: EditorProps }, words: Words) {
  const { room, editable, extensions = [] } = latest.current;
  const say: Words['say'] = (key, values) => words.say(key, values);
  let open: Tiptap | null = null;
  const refuse = (message: string) => latest.current.onRefused?.(message);
  const pictures = createPictures({
    view: () => must(open, 'the editor').view,
    text: room.manuscript,
    upload: (file, onProgress) => latest.current.uploadPicture(file, onProgress),
    refused(error) {
      const code = (error as { code?: unknown } | null)?.code;
      const known = ['tooLarge', 'wrongKind', 'badInput', 'notAllowed', 'tooMany', 'unavailable'];
      if (error === null) refuse(say('picture.wrongKind'));
      else refuse(say(known.includes(String(code)) ? `picture.${code}` : 'picture.failed'));
    },
  });
  const figure = Figure.extend({
    addNodeView:
      () =>
      ({ node, view, getPos }) =>
        createFigureView(node, view, getPos, {
          upload: pictures.into,
          pictureUrl: (image) => latest.current.pictureUrl(image),
          say,
          onWords(listener) {
            words.listeners.add(listener);
            return () => void words.listeners.delete(listener);
          },
        }),
    addProseMirrorPlugins: () => [marginPlugin()],
  });
  let handle: ReturnType<typeof createHandle> | null = null;
  const { extension, binding } = manuscriptExtension({
    room,
    pictures: { files: pictures.drop, left: (count) => refuse(say('picture.left', { count })) },
    onSave: () => latest.current.onSave?.(),
    mine: (client) => latest.current.mine?.(client) ?? false,
    onFind: () => handle?.find.open(),
  });
  const editor = new Tiptap({
    element: document.createElement('div'),
    editable,
    injectCSS: false,
    enableInputRules: false,
    enablePasteRules: false,
    // Its keys answer with commands that know no flat manuscript; every key that edits is the extension's own.
    enableCoreExtensions: { keymap: false, delete: false, textDirection: false },
    extensions: [
      ...schemaExtensions.filter(({ name }) => name !== 'figure'),
      figure,
      extension,
      ...extensions,
    ],
    editorProps: {
      attributes: () => ({
        class: 'article-text',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': say('manuscript'),
        spellcheck: 'false',
        translate: 'no',
        // Read only, it has a caret too.
        tabindex: '0',
        ...((open?.isEditable ?? editable) ? {} : { 'aria-readonly': 'true' }),
      }),
    },
  });
  open = editor;
  handle = createHandle(editor, binding, room);
  editor.on('transaction', handle.changed);
  return { editor, handle };
}

export function Editor(props: EditorProps) {
  const { room, editable, suggests = false } = props;
  const { t, i18n } = useTranslation('article');
  const latest = useRef(props);
  latest.current = props;
  const opened = useRef<ReturnType<typeof openEditor> | null>(null);
  const words = useRef<Words>({ say: (key) => key, listeners: new Set() });
  words.current.say = (key, values) => t(key, values ?? {});
  const [tiptap, setTiptap] = useState<Tiptap | null>(null);

  useEffect(() => {
    let gone = false;
    void room.whenReady.then(() => {
      if (gone) return;
      opened.current = openEditor(latest, words.current);
      setTiptap(opened.current.editor);
      opened.current.handle.setSuggesting(latest.current.suggests ?? false);
    });
    return () => {
      gone = true;
      opened.current?.editor.destroy();
      opened.current = null;
      setTiptap(null);
    };
  }, [room]);

  useEffect(() => {
    // Only what is mounted takes the focus, and comes into sight.
    if (tiptap && opened.current) latest.current.onReady?.(opened.current.handle);
  }, [tiptap]);

  useEffect(() => {
    const open = opened.current;
    if (!tiptap || !open || open.editor.isEditable === editable) return;
    open.editor.setEditable(editable, false);
    for (const listener of words.current.listeners) listener();
    open.handle.changed();
  }, [editable, tiptap]);

  useEffect(() => {
    if (tiptap) opened.current?.handle.setSuggesting(suggests);
  }, [suggests, tiptap]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the words follow the language, which is all that is named here.
  useEffect(() => {
    for (const listener of words.current.listeners) listener();
    opened.current?.editor.view.dom.setAttribute('aria-label', t('manuscript'));
  }, [i18n.language, tiptap]);

  // The names that stand in the margin are drawn by the style sheet.
  const names = Object.fromEntries([
    ...paragraphStyles.map((style) => [`--name-${style}`, `"${t(`style.${style}`)}"`]),
    ['--name-gap', `"${t('gap')}"`],
  ]) as React.CSSProperties;
  return (
    <div className="article" lang="zh-CN" style={names}>
      {!tiptap && (
        <div className="article-loading" role="status" aria-label={t('loading')}>
          <span />
          <span />
          <span />
          <span />
        </div>
      )}
      {tiptap && <EditorContent editor={tiptap} className="article-paper" />}
    </div>
  );
}
