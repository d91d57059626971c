/** Marks the current paragraph, and the empty ones, for the style names in the margin. */
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';

export function marginPlugin(): Plugin {
  return new Plugin({
    key: new PluginKey('margin'),
    props: {
      decorations({ doc, selection }) {
        const decorations: Decoration[] = [];
        doc.nodesBetween(selection.from, selection.to, (node, pos) => {
          if (node.isBlock) {
            decorations.push(Decoration.node(pos, pos + node.nodeSize, { class: 'is-current' }));
          }
          return false;
        });
        return DecorationSet.create(doc, decorations);
      },
    },
  });
}
