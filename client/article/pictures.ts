/** Uploads pictures into figures: into a given one, or into a new one for each file that is dropped or pasted. */
import { Fragment, Slice } from '@tiptap/pm/model';
import { ReplaceStep } from '@tiptap/pm/transform';
import type { EditorView } from '@tiptap/pm/view';
import type * as Y from 'yjs';
import { flatAt } from './convert.ts';
import { endAt } from './local.ts';

export const pictureTypes = ['image/jpeg', 'image/png', 'image/webp'] as const;

export interface UploadedPicture {
  image: string;
  width: number;
  height: number;
}

export type UploadPicture = (file: File, onProgress: (fraction: number) => void) => Promise<UploadedPicture>;

const isPicture = (file: File) => (pictureTypes as readonly string[]).includes(file.type);

export interface Pictures {
  /** Uploads into the figure at a position that may move meanwhile. */
  into(figure: () => number | undefined, file: File, onProgress: (fraction: number) => void): Promise<void>;
  /** A figure for each picture among the files, after the block at the position. */
  drop(view: EditorView, files: File[], at: number | null): void;
}

export interface PicturesOptions {
  view: () => EditorView;
  text: Y.Text;
  upload: UploadPicture;
  /** `error` is what the upload threw, or null when no file was a picture. */
  refused: (error: unknown) => void;
}

export function createPictures({ view: current, text, upload, refused }: PicturesOptions): Pictures {
  const place = (pos: number | undefined, picture: UploadedPicture): void => {
    const view = current();
    const node = pos === undefined || view.isDestroyed ? null : view.state.doc.nodeAt(pos);
    if (pos === undefined || node?.type.name !== 'figure') return;
    const { tr } = view.state;
    for (const [name, value] of Object.entries(picture)) tr.setNodeAttribute(pos, name, value);
    view.dispatch(tr);
  };

  const into: Pictures['into'] = async (figure, file, onProgress) => {
    if (!isPicture(file)) {
      refused(null);
      return;
    }
    try {
      const { image, width, height } = await upload(file, onProgress);
      place(figure(), { image, width, height });
    } catch (error) {
      refused(error);
    }
  };

  return {
    into,
    drop(view, files, at) {
      const pictures = files.filter(isPicture);
      if (pictures.length < files.length) refused(null);
      if (pictures.length === 0) return;
      const { doc, schema, selection, tr } = view.state;
      const $at = doc.resolve(Math.min(at ?? selection.head, doc.content.size));
      let before = $at.depth > 0 ? $at.after(1) : $at.pos;
      const starts: number[] = [];
      for (const _ of pictures) {
        const figure = schema.nodes.figure!.create();
        tr.step(new ReplaceStep(before, before, new Slice(Fragment.from(figure), 0, 0)));
        starts.push(before);
        before += figure.nodeSize;
      }
      view.dispatch(tr.scrollIntoView());
      pictures.forEach((file, i) => {
        const start = starts[i]!;
        const element = view.nodeDOM(start);
        // The paragraph end is the figure's identity: it is found again wherever the figure goes meanwhile.
        const end = endAt(text, flatAt(view.state.doc, start + 1));
        const find = () => {
          let found: number | undefined;
          current().state.doc.forEach((node, offset) => {
            if (node.type.name !== 'figure') return;
            if (endAt(text, flatAt(current().state.doc, offset + 1 + node.content.size)) === end)
              found = offset;
          });
          return end ? found : undefined;
        };
        if (element instanceof HTMLElement) element.dataset.state = 'uploading';
        const bar = element instanceof HTMLElement ? element.querySelector('progress') : null;
        if (bar) bar.hidden = false;
        void into(find, file, (fraction) => {
          if (bar) bar.value = fraction;
        }).finally(() => {
          if (bar) bar.hidden = true;
          if (element instanceof HTMLElement && element.dataset.state === 'uploading')
            element.dataset.state = 'waiting';
        });
      });
    },
  };
}
