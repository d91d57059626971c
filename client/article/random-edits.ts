/** Every kind of edit, drawn by lot, and what must be true of an editor after each: what the fuzz tests drive. */
import { Fragment, Slice } from '@tiptap/pm/model';
import { TextSelection } from '@tiptap/pm/state';
import { expect } from 'vitest';
import { hasFinalEnd } from '../../shared/manuscript/flat.ts';
import { textStyles } from '../../shared/manuscript/styles.ts';
import { enter, insertFigure, joinBackward, joinForward, removeFigure, setStyle } from './commands.ts';
import { type Desk, plainly, reopened } from './headless.ts';

export function randomFrom(seed: number) {
  let a = seed >>> 0;
  return (below: number) => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}

/** Characters that occur once in a run, some of them outside the basic plane: each can be followed. */
export function mint(first = 0) {
  let count = first;
  return (length: number) => {
    let words = '';
    for (let i = 0; i < length; i++) {
      words += String.fromCodePoint(count % 7 === 3 ? 0x20000 + count : 0x4e00 + count);
      count += 1;
    }
    return words;
  };
}

/** Does one thing to an editor. */
export function edit(desk: Desk, random: (below: number) => number, fresh: (length: number) => string): void {
  const { state } = desk;
  const { schema, doc } = state;
  const block = () => {
    const index = random(doc.childCount);
    let before = 0;
    for (let i = 0; i < index; i++) before += doc.child(i).nodeSize;
    return { index, before, node: doc.child(index) };
  };
  // A place between characters, never inside one.
  const place = () => {
    const { before, node } = block();
    const words = node.textContent;
    let offset = random(words.length + 1);
    if (/[\udc00-\udfff]/.test(words[offset] ?? '')) offset -= 1;
    const edge = random(4);
    return before + 1 + (edge === 0 ? 0 : edge === 1 ? words.length : offset);
  };
  const select = (anchor: number, head: number) =>
    desk.dispatch(desk.state.tr.setSelection(TextSelection.create(desk.state.doc, anchor, head)));
  const near = () => {
    const a = place();
    const { parent, parentOffset } = doc.resolve(a);
    const words = parent.textContent;
    let length = Math.min(1 + random(4), words.length - parentOffset);
    if (/[\udc00-\udfff]/.test(words[parentOffset + length] ?? '')) length += 1;
    return [a, a + length] as const;
  };
  const wide = () => {
    const [a, b] = [place(), place()].sort((x, y) => x - y) as [number, number];
    return random(3) === 0 || b - a < 40 ? ([a, b] as const) : near();
  };
  const marks = [
    schema.mark('bold'),
    schema.mark('italic'),
    schema.mark('link', { href: `https://example.com/${random(3)}` }),
    schema.mark('ext', { key: `later${random(2)}`, value: 7 }),
  ];
  const mark = marks[random(marks.length)]!;
  switch (random(18)) {
    case 0:
    case 1:
    case 2:
    case 3: {
      select(place(), place());
      const at = desk.state.selection.head;
      desk.dispatch(desk.state.tr.insertText(fresh(1 + random(4)), at));
      return;
    }
    case 4: {
      const [from, to] = near();
      if (from < to) desk.dispatch(state.tr.delete(from, to));
      return;
    }
    case 5: {
      const [from, to] = wide();
      if (from < to) desk.dispatch(state.tr.delete(from, to));
      return;
    }
    case 6:
    case 7: {
      const at = place();
      select(at, at);
      desk.run(enter);
      return;
    }
    case 8: {
      const { before } = block();
      select(before + 1, before + 1);
      desk.run(joinBackward);
      return;
    }
    case 9: {
      const { before, node } = block();
      const at = before + 1 + node.content.size;
      select(at, at);
      desk.run(joinForward);
      return;
    }
    case 10: {
      select(place(), place());
      desk.run(setStyle(textStyles[random(textStyles.length)]!));
      return;
    }
    case 11: {
      const [from, to] = wide();
      if (from < to)
        desk.dispatch(
          random(2) ? state.tr.addMark(from, to, mark) : state.tr.removeMark(from, to, mark.type),
        );
      return;
    }
    case 12: {
      // A paste of several paragraphs, open at both sides, over a selection or at a caret.
      const [from, to] = random(2) ? near() : [place(), -1];
      const paragraphs = Array.from({ length: 1 + random(3) }, () =>
        schema.nodes.paragraph!.create(
          { style: textStyles[random(textStyles.length)] },
          schema.text(fresh(1 + random(3)), random(3) ? [] : [mark]),
        ),
      );
      desk.dispatch(
        state.tr.replace(from, Math.max(from, to), new Slice(Fragment.fromArray(paragraphs), 1, 1)),
      );
      return;
    }
    case 13: {
      // Whole blocks, as a block selection deletes or replaces them.
      const { before, node, index } = block();
      const second = index + 1 < doc.childCount && random(2) ? doc.child(index + 1).nodeSize : 0;
      const to = before + node.nodeSize + second;
      const rest = random(3) === 0 || to - before === doc.content.size;
      const put = rest
        ? Fragment.from(schema.nodes.paragraph!.create({ style: 'quote' }, schema.text(fresh(2))))
        : Fragment.empty;
      desk.dispatch(state.tr.replaceWith(before, to, put));
      return;
    }
    case 14: {
      const at = place();
      select(at, at);
      desk.run(
        insertFigure(random(2) ? { image: `i${random(9)}`.padEnd(22, '0'), width: 10, height: 10 } : {}),
      );
      return;
    }
    default: {
      const { before, node } = block();
      if (node.type.name !== 'figure') {
        const at = place();
        desk.dispatch(state.tr.insertText(fresh(1), at));
      } else if (random(4) === 0) {
        desk.run(removeFigure(before));
      } else {
        const [name, value] = random(2)
          ? ['credit', `c${random(9)}`]
          : ['alt', random(3) ? `a${random(9)}` : null];
        desk.dispatch(state.tr.setNodeAttribute(before, name as string, value));
      }
    }
  }
}

export function checkDesk(desk: Desk, seed: number, when: string): void {
  const at = `seed ${seed}, ${when}`;
  expect(plainly(desk.state.doc), at).toEqual(plainly(reopened(desk.text)));
  desk.state.doc.check();
  expect(hasFinalEnd(desk.text), `${at}: final end`).toBe(true);
}
