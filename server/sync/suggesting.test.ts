/** S7: whoever may only suggest gets suggestions in, whatever they do in an honest editor, and nothing else. */
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { fillManuscript, manuscriptOf, newEnd, readStory } from '../../shared/manuscript/flat.ts';
import { limitTidying } from '../../shared/manuscript/tidying.ts';
import { answerSuggestions } from '../../shared/suggestions/answer.ts';
import { readEntries } from '../../shared/suggestions/entry.ts';
import { deleteItems } from '../../shared/suggestions/ranges.ts';
import { readStoryAs, suggestionsOf } from '../../shared/suggestions/read.ts';
import {
  suggestDeletion,
  suggestEmbed,
  suggestEnd,
  suggestWords,
  withdraw,
} from '../../shared/suggestions/suggest.ts';
import {
  act,
  answerSome,
  mint,
  newServer,
  openWriter,
  randomFrom,
  stateOf,
  type Writer,
} from '../../shared/suggestions/trial.ts';
import { Guard } from './guard.ts';
import { Malformed } from './reader.ts';
import { paragraph } from './trial.ts';
import { readUpdate } from './update.ts';

const seeds = Number(process.env.FUZZ_SEEDS ?? 100);
const first = Number(process.env.FUZZ_FIRST ?? 1);

/** A server with two paragraphs that 'author' wrote, and a guard before it. */
function serverSide() {
  const doc = limitTidying(new Y.Doc());
  const owners = new Map<number, string | null>();
  fillManuscript(doc, ['同稿协作', '第二段'].map(paragraph));
  owners.set(doc.clientID, null);
  const guard = new Guard(doc, owners);
  const random = randomFrom(7);
  const open = (client: number) => openWriter(client, doc, true, random);
  /** The kinds of verdict over what somebody wrote; what is accepted is applied. */
  const send = (writer: Writer, member: string, onlySuggests = true) =>
    writer.outgoing.splice(0).map((bytes) => {
      const verdict = judge(guard, bytes, member, onlySuggests);
      if (verdict.kind === 'accept' && verdict.bytes) Y.applyUpdate(doc, verdict.bytes);
      guard.applied();
      return verdict.kind === 'refuse' ? `${verdict.reason}: ${verdict.detail}` : verdict.kind;
    });
  const tell = (writer: Writer) =>
    Y.applyUpdate(writer.hand.doc, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(writer.hand.doc)), 'net');
  return { doc, guard, owners, open, send, tell };
}

function judge(guard: Guard, bytes: Uint8Array, member: string, onlySuggests: boolean) {
  try {
    return guard.judge(readUpdate(bytes), member, true, onlySuggests);
  } catch (error) {
    expect(error).toBeInstanceOf(Malformed);
    return { kind: 'refuse' as const, reason: 'badMessage' as const, detail: 'malformed' };
  }
}

/** Everything that one reading of the text holds. */
const original = (doc: Y.Doc) => readStoryAs('a', doc, 'original').paragraphs;

describe('S7', () => {
  test(
    `everything that an honest editor suggests gets in, over ${seeds} seeds, and nothing of it changes the original`,
    () => {
      let judged = 0;
      let crossed = 0;
      for (let seed = first; seed < first + seeds; seed++) {
        const random = randomFrom(seed);
        const fresh = mint();
        const server = newServer(random, fresh);
        const owners = new Map<number, string | null>([[server.clientID, null]]);
        const guard = new Guard(server, owners);
        const answers = random(2) === 0;
        const writers = [0, 1, 2].map((i) => openWriter(1000 + seed * 10 + i, server, true, random));
        const down: Uint8Array[][] = writers.map(() => []);
        server.on('update', (update: Uint8Array, origin: unknown) => {
          for (const [i, waiting] of down.entries()) if (i !== origin) waiting.push(update);
        });
        const gone = new Set<number>();
        const deliver = (i: number, most: number) => {
          if (gone.has(i)) return;
          const sent = writers[i]!.outgoing.splice(0, most);
          // Sometimes all of it as one.
          const updates = sent.length > 1 && random(4) === 0 ? [Y.mergeUpdates(sent)] : sent;
          for (const bytes of updates) {
            const was = original(server);
            const verdict = guard.judge(readUpdate(bytes), `m${i}`, true, true);
            judged += 1;
            if (verdict.kind !== 'accept') {
              // What crossed an acceptance on its way: words that are the text's by now.
              if (!answers) throw new Error(`seed ${seed}: ${JSON.stringify(verdict)}`);
              crossed += 1;
              gone.add(i);
              return;
            }
            if (verdict.bytes) Y.applyUpdate(server, verdict.bytes, i);
            guard.applied();
            expect(original(server), `seed ${seed}: the original`).toEqual(was);
          }
          for (const update of down[i]!.splice(0, most)) Y.applyUpdate(writers[i]!.hand.doc, update, 'net');
        };
        for (let step = 0; step < 50; step++) {
          for (let i = 0; i < 3; i++) if (random(2) === 0) deliver(i, 1 + random(4));
          if (answers && random(15) === 0) answerSome(server, random);
          act(writers[random(3)]!, random, fresh);
        }
        const open = () =>
          writers.some(({ outgoing }, i) => !gone.has(i) && outgoing.length + down[i]!.length > 0);
        while (open()) for (let i = 0; i < 3; i++) deliver(i, 99);
        for (const [i, { hand }] of writers.entries()) {
          if (!gone.has(i)) expect(stateOf(hand.doc), `seed ${seed}`).toEqual(stateOf(server));
        }
        for (const writer of writers) writer.close();
      }
      if (process.env.FUZZ_SEEDS) {
        process.stdout.write(`${seeds} seeds, ${judged} updates judged, ${crossed} crossed an acceptance\n`);
      }
      expect(judged).toBeGreaterThan(seeds);
    },
    60 * 60_000,
  );

  const forge =
    (change: (doc: Y.Doc, text: Y.Text, suggestions: Y.Map<unknown>) => void) => (writer: Writer) => {
      const { doc } = writer.hand;
      doc.transact(() => change(doc, manuscriptOf(doc), suggestionsOf(doc)));
    };
  const id = 'AAAAAAAAAAAAAAAAAAAAAA';
  const own = (doc: Y.Doc, back: number, length = 1) => [
    [doc.clientID, Y.getState(doc.store, doc.clientID) - back, length],
  ];
  const firstItem = (text: Y.Text) => text._start!.id;

  test.each<[string, (writer: Writer) => void]>([
    ['plain words', forge((_, text) => text.insert(1, '偷'))],
    ['a plain paragraph end', forge((_, text) => text.insertEmbed(1, newEnd({ style: 'body' })))],
    ['a plain deletion', forge((_, text) => text.delete(0, 1))],
    ['a deleted paragraph end', forge((_, text) => text.delete(4, 1))],
    ['a format', forge((_, text) => text.format(0, 2, { bold: true }))],
    ['a comment’s mark', forge((_, text) => text.format(0, 2, { [`c:${id}`]: true }))],
    [
      "another's end restyled",
      forge((_, text) => (text.toDelta()[1].insert as Y.Map<unknown>).set('style', 'quote')),
    ],
    [
      'words with formats under an entry',
      forge((doc, text, suggestions) => {
        text.insert(1, '粗', { bold: true });
        suggestions.set(id, { kind: 'insert', ranges: [[doc.clientID, 0, 4]] });
      }),
    ],
    [
      'words under an entry for half of them',
      forge((doc, text, suggestions) => {
        text.insert(1, '一半');
        suggestions.set(id, { kind: 'insert', ranges: own(doc, 2) });
      }),
    ],
    [
      'words under an entry of another kind',
      forge((doc, text, suggestions) => {
        text.insert(1, '字');
        suggestions.set(id, { kind: 'delete', ranges: own(doc, 1) });
      }),
    ],
    [
      "an insertion over others' words",
      forge((doc, text, suggestions) => {
        const { client, clock } = firstItem(text);
        text.insert(1, '字');
        suggestions.set(id, { kind: 'insert', ranges: [...own(doc, 1), [client, clock, 4]] });
      }),
    ],
    [
      "others' words claimed alone",
      forge((_, text, suggestions) => {
        const { client, clock } = firstItem(text);
        suggestions.set(id, { kind: 'insert', ranges: [[client, clock, 2]] });
      }),
    ],
    [
      'words that nobody wrote yet, claimed',
      forge((doc, _, suggestions) =>
        suggestions.set(id, { kind: 'insert', ranges: [[doc.clientID, 500, 9]] }),
      ),
    ],
    [
      'words that nobody wrote yet, struck',
      forge((_, text, suggestions) =>
        suggestions.set(id, { kind: 'delete', ranges: [[firstItem(text).client, 90_000, 2]] }),
      ),
    ],
    [
      'words behind the final end',
      forge((doc, text, suggestions) => {
        text.insert(text.length, '尾');
        suggestions.set(id, { kind: 'insert', ranges: own(doc, 1) });
      }),
    ],
    [
      'an author in the entry',
      forge((_, text, suggestions) =>
        suggestions.set(id, {
          kind: 'delete',
          ranges: [[firstItem(text).client, firstItem(text).clock, 1]],
          author: 'other',
        }),
      ),
    ],
    [
      'the server’s record of what was accepted',
      forge((_, text, suggestions) =>
        suggestions.set('accepted:0', { kind: 'accepted', ranges: [[firstItem(text).client, 0, 1]] }),
      ),
    ],
    [
      'an entry without a form',
      forge((_, __, suggestions) => suggestions.set(id, { kind: 'insert', ranges: 'all' })),
    ],
    [
      'an entry and its removal, the words left',
      (writer) => {
        suggestWords(writer.hand, 1, '留');
        const [key] = suggestionsOf(writer.hand.doc).keys();
        forge((_, __, suggestions) => suggestions.delete(key!))(writer);
      },
    ],
    [
      'an entry that loses some of its words',
      (writer) => {
        suggestWords(writer.hand, 1, '留下');
        const [key] = suggestionsOf(writer.hand.doc).keys();
        forge((_, __, suggestions) =>
          suggestions.set(key!, { kind: 'insert', ranges: [[writer.hand.doc.clientID, 0, 1]] }),
        )(writer);
      },
    ],
    [
      'an entry turned into another kind',
      (writer) => {
        suggestWords(writer.hand, 1, '留下');
        const [key] = suggestionsOf(writer.hand.doc).keys();
        forge((_, __, suggestions) =>
          suggestions.set(key!, { kind: 'delete', ranges: [[writer.hand.doc.clientID, 0, 2]] }),
        )(writer);
      },
    ],
  ])('refuses %s', (_, does) => {
    const { doc, open, send } = serverSide();
    const writer = open(4711);
    const was = readStory('a', doc);
    does(writer);
    const verdicts = send(writer, 'editor');
    expect(verdicts.at(-1)).toMatch(/^(notAllowed|badMessage)/);
    answerSuggestions(doc, [...readEntries(suggestionsOf(doc)).keys()], 'reject');
    expect(readStory('a', doc)).toEqual(was);
    writer.close();
  });

  test('refuses to touch, extend, forge or take away what another suggested', () => {
    const { doc, open, send, tell } = serverSide();
    const [one, two] = [open(11), open(12)];
    suggestWords(one.hand, 1, '甲乙');
    expect(send(one, 'one')).toEqual(['accept']);
    const [key] = readEntries(suggestionsOf(doc)).keys();
    const attempts: ((doc: Y.Doc, text: Y.Text, suggestions: Y.Map<unknown>) => void)[] = [
      (_, __, suggestions) => suggestions.delete(key!),
      (_, __, suggestions) => suggestions.set(key!, { kind: 'insert', ranges: [[11, 0, 1]] }),
      (_, text) => text.delete(1, 1),
      (far, text, suggestions) => {
        text.insert(2, '丙');
        suggestions.set(key!, {
          kind: 'insert',
          ranges: [
            [11, 0, 2],
            [far.clientID, 0, 1],
          ],
        });
      },
      (_, __, suggestions) => suggestions.set(id, { kind: 'insert', ranges: [[11, 0, 2]] }),
      (far, text) => far.transact((transaction) => deleteItems(transaction, text, [[11, 1, 1]])),
    ];
    for (const attempt of attempts) {
      const attacker = open(100 + attempts.indexOf(attempt));
      forge(attempt)(attacker);
      expect(send(attacker, 'two').join()).toMatch(/notAllowed/);
      attacker.close();
    }
    // An update in the other's name.
    const forger = openWriter(99, doc, true, randomFrom(1));
    forger.hand.doc.clientID = 11;
    suggestWords(forger.hand, 1, '冒');
    expect(send(forger, 'two').join()).toMatch(/clientTaken/);
    // Striking another's words is a suggestion like any other.
    tell(two);
    suggestDeletion(two.hand, 1, 3);
    expect(send(two, 'two')).toEqual(['accept']);
    for (const writer of [one, two, forger]) writer.close();
  });

  test('an older place in the chain of an entry covers nothing', () => {
    const { open, send, doc } = serverSide();
    const writer = open(21);
    // Another client of the same member that does not know the entry: its value would lose.
    const late = open(5);
    suggestWords(writer.hand, 1, '甲');
    expect(send(writer, 'm')).toEqual(['accept']);
    const [key] = readEntries(suggestionsOf(doc)).keys();
    forge((far, text, suggestions) => {
      text.insert(1, '乙');
      suggestions.set(key!, { kind: 'insert', ranges: own(far, 1) });
    })(late);
    expect(send(late, 'm').join()).toMatch(/notAllowed/);
    for (const one of [writer, late]) one.close();
  });

  test('what was accepted is the text’s: its author may neither delete it nor claim it again', () => {
    const { doc, open, send, tell } = serverSide();
    const writer = open(31);
    suggestWords(writer.hand, 1, '甲乙');
    suggestEmbed(writer.hand, 3, { values: { style: 'body' } });
    expect(send(writer, 'm').every((verdict) => verdict === 'accept')).toBe(true);
    answerSuggestions(doc, [...readEntries(suggestionsOf(doc)).keys()], 'accept');
    // Typing on before the answer is heard gets in; only the new word is a suggestion.
    suggestWords(writer.hand, 2, '丙');
    expect(send(writer, 'm')).toEqual(['accept']);
    tell(writer);
    answerSuggestions(doc, [...readEntries(suggestionsOf(doc)).keys()], 'reject');
    expect(readStory('a', doc).paragraphs.map(({ text }) => text)).toEqual(['同甲乙', '稿协作', '第二段']);
    let clients = 0;
    for (const change of [
      forge((far, text) => far.transact((transaction) => deleteItems(transaction, text, [[31, 0, 1]]))),
      forge((_, __, suggestions) => suggestions.set(id, { kind: 'delete', ranges: [[31, 0, 1]] })),
    ]) {
      const other = openWriter(32 + clients++, doc, true, randomFrom(3));
      change(other);
      const verdict = send(other, 'm').join();
      if (other.outgoing.length === 0 && verdict === 'accept')
        expect(readEntries(suggestionsOf(doc)).size).toBe(1);
      else expect(verdict).toMatch(/notAllowed/);
      other.close();
    }
    writer.close();
  });

  test('one’s own open suggestions are one’s own: deleted, restyled, withdrawn', () => {
    const { doc, open, send } = serverSide();
    const was = stateOf(doc);
    const writer = open(41);
    suggestWords(writer.hand, 1, '甲乙丙');
    suggestEmbed(writer.hand, 3, { values: { style: 'body' } });
    suggestEnd(writer.hand, 3, { style: 'quote' });
    suggestDeletion(writer.hand, 1, 2);
    suggestDeletion(writer.hand, 4, 6);
    withdraw(writer.hand, [...readEntries(suggestionsOf(writer.hand.doc)).keys()]);
    expect(send(writer, 'm').filter((verdict) => verdict !== 'accept')).toEqual([]);
    expect(stateOf(doc)).toEqual(was);
    writer.close();
  });
});
