/** A page that is proofed, for reading: the sheet as it prints with its marks, their list beside it, and words marked by
 * mouse, key and finger. */
import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Article } from '../../shared/api.ts';
import type { Rect } from '../../shared/layout/drawing.ts';
import { geometryOf } from '../../shared/layout/geometry.ts';
import { rectOf } from '../../shared/layout/region.ts';
import type { Story } from '../../shared/manuscript/story.ts';
import type { Page } from '../../shared/pages/page.ts';
import type { Person } from '../../shared/people/person.ts';
import type { PageReview } from '../../shared/proofs/calls.ts';
import { type Mark, placeOf } from '../../shared/proofs/mark.ts';
import { readOriginal } from '../../shared/suggestions/read.ts';
import { isTyping } from '../pages/canvas/keys.ts';
import '../pages/fonts.ts';
import type { LivePage } from '../pages/livePage.ts';
import '../pages/pages.css';
import { Broken } from '../pages/Broken.tsx';
import { alongOf } from '../pages/carets.ts';
import { printedMarks } from '../pages/printedMarks.ts';
import { linesOf, type Place } from '../pages/Sheet.tsx';
import { useDrawing } from '../pages/useDrawing.ts';
import { wholePage } from '../pages/views.ts';
import type { MarkedPlace } from './MarkDialog.tsx';
import { MarkList } from './MarksDrawer.tsx';
import { PickBar } from './PickBar.tsx';
import { atLine, lineOf, moved, type Picked, printedMove, rangeOf, readingLines } from './printedCaret.ts';
import { ReadingBar } from './ReadingBar.tsx';
import { ReadingSheet } from './ReadingSheet.tsx';
import './reading.css';
import { useNearness } from './useNearness.ts';
import { useSheetMarks } from './useProofs.ts';

interface ProofReadingProps {
  page: Page;
  pages: readonly Page[];
  articles: readonly Article[];
  people: readonly Person[];
  review: PageReview;
  when: (iso: string) => string;
  /** The mark that is meant. */
  current: string | null;
  onCurrent: (mark: string | null) => void;
  onMarking: (place: MarkedPlace) => void;
  /** Leads into a manuscript, to a place in it where one is known. */
  onArticle: (article: string, place: { paragraph: number; from: number } | null) => void;
  /** What preflight found, below the list of marks. */
  findings?: (live: LivePage) => ReactNode;
}

/** Of its printed size: below the one nine-point type cannot be read, at the other a finger can mean a character. */
const legible = 0.4;
const touchable = 0.8;

export function ProofReading(props: ProofReadingProps) {
  const { page, pages, articles, review, current, onCurrent, onMarking, onArticle } = props;
  const { t } = useTranslation(['proofs', 'pages']);
  const unsigned = useMemo(
    () => articles.flatMap(({ id, stage }) => (stage === 'signed' ? [] : id)),
    [articles],
  );
  const { composed, broken, rooms, retry } = useDrawing(page, null, false, pages, null, unsigned);
  const drawing = composed?.page ?? null;
  const lines = useMemo(() => (drawing ? linesOf(drawing) : []), [drawing]);
  const reading = useMemo(() => readingLines(lines), [lines]);
  const shown = useMemo(() => (drawing ? wholePage(drawing) : null), [drawing]);
  const nearness = useNearness(shown);
  const { zoom, scroller, zoomTo, reveal } = nearness;
  const [said, setSaid] = useState('');
  const [asked, setPicked] = useState<Picked | null>(null);
  // What was picked may be printed no more.
  const picked = asked && lineOf(reading, asked) >= 0 ? asked : null;
  const { from, to } = picked ? rangeOf(picked) : { from: 0, to: 0 };
  const storyOf = (article: string) => {
    const room = rooms.get(article);
    return room ? readOriginal(article, room.doc) : null;
  };
  const words = picked && to > from ? wordsAt(storyOf(picked.article), picked.paragraph, from, to) : '';
  const marks = useSheetMarks(review.marks, onCurrent);

  const ready = drawing !== null && zoom !== null;
  useEffect(() => {
    // The keys are the sheet's from the beginning; nobody who is elsewhere is taken from there.
    if (ready && document.activeElement === document.body) scroller.current?.focus({ preventScroll: true });
  }, [ready, scroller]);

  const show = (id: string) => {
    const printed = printedMarks(lines, review.marks).find((one) => one.mark.id === id);
    // Where the whole sheet is small, a ring alone would say nothing.
    if (printed?.places[0])
      reveal(around(printed.places[0]), zoom !== null && zoom < legible ? touchable : 0);
  };
  const latest = useRef(show);
  latest.current = show;
  useEffect(() => {
    if (ready && current !== null) latest.current(current);
  }, [current, ready]);

  const mark = () => {
    if (!picked) return;
    const { article, paragraph } = picked;
    onMarking({ article, paragraph, from, ...(to > from ? { to } : {}) });
  };
  const goTo = (place: Place) => onArticle(place.article, place);
  // Whoever proofs marks the line; everybody else is led to it.
  const open = ({ article, paragraph, from: at }: Place) =>
    review.mayMark ? onMarking({ article, paragraph, from: at }) : goTo({ article, paragraph, from: at });

  const walk = (direction: 1 | -1) => {
    const { length } = review.marks;
    if (length === 0) return;
    const at = review.marks.findIndex(({ id }) => id === current);
    const next = at < 0 ? (direction > 0 ? 0 : length - 1) : (at + direction + length) % length;
    const one = review.marks[next];
    if (!one) return;
    onCurrent(one.id);
    setSaid(marks.say(one, next + 1));
  };

  /** Where the first arrow puts the caret: on the first line in sight. */
  const first = (): Picked | null => {
    const box = scroller.current?.getBoundingClientRect();
    const sheet = scroller.current?.firstElementChild?.getBoundingClientRect();
    if (!box || !sheet || !shown || zoom === null) return null;
    const top = (line: { y: number }) => sheet.top + ((line.y - shown.y) * 4 * zoom) / 3;
    const line = reading.find((one) => top(one) > box.top + 16 && top(one) < box.bottom) ?? reading[0];
    return line ? atLine(line, line.source.from) : null;
  };

  const put = (next: Picked) => {
    setPicked(next);
    const line = reading[lineOf(reading, next)];
    if (!line) return;
    const { from: a, to: b } = rangeOf(next);
    const isNewLine = !picked || lineOf(reading, picked) !== lineOf(reading, next);
    const text = line.runs.map((run) => run.text).join('');
    if (b > a) setSaid(t('picked', { words: wordsAt(storyOf(next.article), next.paragraph, a, b) }));
    else setSaid(isNewLine ? text : ([...text.slice(next.head - line.source.from)][0] ?? ''));
    const size = line.runs[0]?.size ?? 9;
    reveal(
      around({
        x: line.vertical ? (line.runs[0]?.x ?? 0) : alongOf(line, next.head),
        y: line.vertical ? alongOf(line, next.head) : line.y - size,
        width: size,
        height: size,
      }),
    );
  };

  /** Of the sheet alone: its caret, and how near it is. */
  const sheetKeys = (event: React.KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return;
    const line = picked && reading[lineOf(reading, picked)];
    const move = printedMove(event, line?.vertical === true);
    const { key } = event;
    if (move) {
      const start = picked ?? first();
      if (start) put(picked ? moved(reading, picked, move, event.shiftKey) : start);
    } else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (key === 'Enter') {
      if (picked && review.mayMark) mark();
      else if (picked) goTo({ article: picked.article, paragraph: picked.paragraph, from });
    } else if (key === 'Escape') setPicked(null);
    else if (key === '+' || key === '=') nearness.step(1);
    else if (key === '-') nearness.step(-1);
    else if (key === '0') zoomTo(null);
    else if (key === '1') zoomTo(1);
    else return;
    event.preventDefault();
  };
  /** Of sheet and list alike. */
  const keys = (event: React.KeyboardEvent<HTMLElement>) => {
    // What a dialog over it was told is not for the page.
    if (!event.currentTarget.contains(event.target as Node) || isTyping(event.target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === 'j') walk(1);
    else if (key === 'k') walk(-1);
    else if (key === 'm' && review.mayMark && picked) mark();
    else return;
    event.preventDefault();
  };

  const toStory = (article: string, { quote, before, after }: Mark) => {
    const story = storyOf(article);
    const at = quote !== '' && story ? placeOf(story, { quote, before, after }) : null;
    onArticle(article, at && { paragraph: at.paragraph, from: at.start });
  };

  const select = (frame: string | null) => {
    const found = page.frames.find(({ id }) => id === frame);
    if (found) reveal(rectOf(geometryOf(page), found.place));
    else scroller.current?.scrollTo({ top: 0 });
    scroller.current?.focus({ preventScroll: true });
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of what is inside
    <div className="reading" onKeyDown={keys}>
      <div className="pages reading-main">
        <ReadingBar nearness={nearness} mayMark={review.mayMark} />
        {broken && <Broken onRetry={retry} />}
        <section
          className="reading-window"
          ref={nearness.ref}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: its keys walk the printed lines
          tabIndex={0}
          aria-label={t(review.mayMark ? 'sheetMark' : 'sheetRead')}
          onKeyDown={sheetKeys}
          onCopy={(event) => {
            if (words === '') return;
            event.clipboardData.setData('text/plain', words);
            event.preventDefault();
          }}
        >
          {drawing && shown && zoom !== null ? (
            <ReadingSheet
              {...{ drawing, lines, reading, shown, zoom, picked }}
              label={t('pages:sheet', { number: page.number, section: page.section })}
              onPicked={setPicked}
              onTap={(x, y) => zoom < touchable && zoomTo(1, { x, y })}
              onPlace={open}
              marks={{ ...marks, current }}
            />
          ) : (
            !broken && <p className="pages-loading">{t('pages:loading')}</p>
          )}
        </section>
        {picked && words !== '' && (
          <PickBar
            {...{ picked, words, reading }}
            onPicked={setPicked}
            onMark={review.mayMark ? mark : null}
            onArticle={() => goTo({ article: picked.article, paragraph: picked.paragraph, from })}
            onClose={() => {
              setPicked(null);
              scroller.current?.focus({ preventScroll: true });
            }}
          />
        )}
      </div>
      <aside className="reading-side">
        <section className="reading-list" aria-label={t('marks')}>
          <header>
            <h2>{t('marksCount', { count: review.marks.length })}</h2>
            {review.mayMark && (
              <Button size="compact-sm" onClick={() => onMarking({ article: null })}>
                {t('whole')}
              </Button>
            )}
          </header>
          <MarkList
            {...{ review, current }}
            page={page.id}
            people={props.people}
            when={props.when}
            onShow={(id) => {
              onCurrent(id);
              show(id);
            }}
            onArticle={toStory}
          />
        </section>
        {props.findings?.({ page, drawing, rooms, pages, select })}
      </aside>
      <span className="ui-hidden" role="status">
        {said}
      </span>
    </div>
  );
}

const wordsAt = (story: Story | null, paragraph: number, from: number, to: number) =>
  story?.paragraphs[paragraph]?.text.slice(from, to) ?? '';

/** Points that are seen around what is brought into sight. */
const margin = 24;

const around = ({ x, y, width, height }: Rect): Rect => ({
  x: x - margin,
  y: y - margin,
  width: width + 2 * margin,
  height: height + 2 * margin,
});
