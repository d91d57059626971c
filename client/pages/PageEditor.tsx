/** The page desk between its bars: stories at the left, the page in the middle, what is set about it at the right. */
import { useLocalStorage } from '@mantine/hooks';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Article, Me } from '../../shared/api.ts';
import { geometryOf } from '../../shared/layout/geometry.ts';
import type { FrameChange } from '../../shared/pages/layout-map.ts';
import type { Page } from '../../shared/pages/page.ts';
import type { Person } from '../../shared/people/person.ts';
import { failToast, toast } from '../ui/toast.tsx';
import { Broken } from './Broken.tsx';
import { ArrangeBar } from './canvas/ArrangeBar.tsx';
import { Canvas } from './canvas/Canvas.tsx';
import type { Cropping } from './canvas/CropLayer.tsx';
import { drafted, noDrafts } from './canvas/drafts.ts';
import { rulerSize } from './canvas/Rulers.tsx';
import { ToolBar } from './canvas/ToolBar.tsx';
import { newFrame, placeFor, type Tool } from './canvas/tools.ts';
import type { Gestures } from './canvas/useGestures.ts';
import { usePictures } from './canvas/usePictures.ts';
import { useViewport } from './canvas/useViewport.ts';
import { useCarets } from './carets.ts';
import { useFigures } from './figures.ts';
import './fonts.ts';
import type { SheetMarks } from './canvas/Marks.tsx';
import { Inspector } from './inspector/Inspector.tsx';
import type { Laying } from './laying.ts';
import type { LivePage } from './livePage.ts';
import { frameName } from './naming.ts';
import './pages.css';
import './editor.css';
import { continueOn } from './placing/continueOn.ts';
import { firstFree, nextPart, type Placeable, placing, type Target } from './placing/place.ts';
import { StoriesPanel } from './placing/StoriesPanel.tsx';
import { useFileDrop } from './placing/useFileDrop.ts';
import { useStoryDrag } from './placing/useStoryDrag.ts';
import type { Place } from './Sheet.tsx';
import { StylesDialog } from './styles/StylesDialog.tsx';
import { useArtwork } from './useArtwork.ts';
import type { Designers } from './useDesigners.ts';
import { useDrawing } from './useDrawing.ts';
import { useEditorKeys } from './useEditorKeys.ts';
import type { Layout } from './useLayout.ts';
import { useSheetChange } from './useSheet.ts';
import { wholePage } from './views.ts';

export interface PageEditorProps {
  /** As the server tells it; its frames are the live ones where they are open. */
  page: Page;
  layout: Layout | null;
  designers: Designers;
  me: Me;
  mayStyle: boolean;
  articles: readonly Article[];
  people: readonly Person[];
  pages: readonly Page[];
  onPlace: (place: Place) => void;
  /** Of the page's proofs, drawn on the sheet. */
  marks?: SheetMarks;
  onOpen: (article: string) => void;
  /** What preflight found, below the canvas. */
  findings?: (live: LivePage) => ReactNode;
}

const noActs = {
  change: () => undefined,
  replace: () => undefined,
  undo: () => undefined,
  redo: () => undefined,
};
const noFigures: never[] = [];

export function PageEditor(props: PageEditorProps) {
  const { layout, designers, articles, people, pages } = props;
  const { t } = useTranslation(['pages', 'app', 'ui']);
  const [selection, setSelection] = useState<readonly string[]>([]);
  const [drafts, setDrafts] = useState<Laying['drafts']>(noDrafts);
  const [tool, setTool] = useState<Tool>('select');
  const [cropping, setCropping] = useState<Cropping | null>(null);
  const [styling, setStyling] = useState(false);
  const [trial, setTrial] = useState<{ frame: string; change: FrameChange } | null>(null);
  const [said, setSaid] = useState('');
  const [canvas, setCanvas] = useState<HTMLElement | null>(null);
  const [grid, setGrid] = useLocalStorage({
    key: 'tonggao.pageGrid',
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  const [baselines, setBaselines] = useLocalStorage({
    key: 'tonggao.pageBaselines',
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const [preview, setPreview] = useState(false);
  const gestures = useRef<Gestures | null>(null);

  const frames = layout?.frames ?? props.page.frames;
  const editable =
    layout?.frames != null &&
    layout.status.closeCode === null &&
    // Without a server, what this device kept is laid on; it decides when it is back.
    (layout.status.access === 'write' || ['kept', 'offline'].includes(layout.status.saved));
  const page = useMemo(
    () => ({
      ...props.page,
      frames: [
        ...drafted(
          frames.map((frame) => (trial?.frame === frame.id ? { ...frame, ...trial.change } : frame)),
          drafts,
        ),
      ],
    }),
    [props.page, frames, drafts, trial],
  );
  const unsigned = useMemo(
    () => articles.flatMap(({ id, stage }) => (stage === 'signed' ? [] : id)),
    [articles],
  );
  const { composed, broken, rooms, retry } = useDrawing(page, null, false, pages, null, unsigned);
  const drawing = composed?.page ?? null;
  const carets = useCarets(rooms);
  const figures = useFigures(rooms);
  const g = useMemo(() => geometryOf(page), [page]);
  const shown = useMemo(() => (drawing ? wholePage({ ...drawing, overset: [] }) : null), [drawing]);
  const looking = useViewport(shown, preview ? 0 : rulerSize);
  const known = useMemo(() => new Set(frames.map(({ id }) => id)), [frames]);
  const selected = useMemo(() => selection.filter((id) => known.has(id)), [selection, known]);

  const headlines = useMemo(() => new Map(articles.map((one) => [one.id, one.headline])), [articles]);
  const headlineOf = useCallback((id: string) => headlines.get(id) ?? '', [headlines]);
  const fits = useMemo(
    () =>
      new Map(drawing?.copyfit.flatMap((one) => one.frames.map((fit) => [fit.frame, fit] as const)) ?? []),
    [drawing],
  );
  const capacity = useMemo(() => new Map(drawing?.capacity.map((one) => [one.frame, one]) ?? []), [drawing]);
  const pictures = usePictures({
    composed,
    page,
    g,
    frame: selected.length === 1 && editable ? (selected[0] ?? null) : null,
  });
  const { show, others } = designers;
  useEffect(() => show({ selection: [...selected] }), [show, selected]);

  const laying = useMemo(
    (): Laying => ({
      page,
      g,
      editable,
      selected,
      select: setSelection,
      acts: editable && layout ? layout.acts : noActs,
      fits,
      capacity,
      headlineOf,
      figuresOf: (article) => figures.get(article) ?? noFigures,
      nameOf: (frame) => frameName(frame, { t, headlineOf, fits }),
      drafts,
      drag: setDrafts,
      ...pictures,
      others,
      show,
      say: setSaid,
    }),
    [
      page,
      g,
      editable,
      selected,
      layout,
      fits,
      capacity,
      headlineOf,
      figures,
      t,
      drafts,
      pictures,
      others,
      show,
    ],
  );

  const choose = (frame: string | null) => {
    setSelection(frame === null ? [] : [frame]);
    if (frame !== null)
      requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-frame="${frame}"]`)?.focus());
  };

  const draw = useCallback(
    (kind: Exclude<Tool, 'select'>, place: Laying['page']['frames'][number]['place']) => {
      const frame = newFrame(kind, place);
      laying.acts.replace({ add: [frame] });
      setSelection([frame.id]);
      setTool('select');
      requestAnimationFrame(() =>
        document.querySelector<HTMLElement>(`[data-frame="${frame.id}"]`)?.focus({ preventScroll: true }),
      );
    },
    [laying],
  );

  const put = (story: Placeable, target: Target | null) => {
    if (!target) return failToast(t('pageFull'));
    const { step, frame } = placing(story, target, page, pages);
    laying.acts.replace(step);
    setSelection([frame]);
    const name = headlineOf(story.id) || t('app:stories.untitled');
    setSaid(t('placed', { name }));
  };
  const { held, begin } = useStoryDrag({ laying, looking, canvas, onDrop: put });
  const uploads = useArtwork(laying);
  const over = useFileDrop({
    laying,
    looking,
    canvas,
    onDrop(frame, file) {
      // Its progress is shown, and it is called off, beside what is set about the frame.
      setSelection([frame]);
      uploads.send(frame, file);
    },
  });

  const runOn = async (article: string, id: string) => {
    const other = pages.find((one) => one.id === id);
    if (!other) return;
    const part = nextPart(article, { ...page, id: '' }, [...pages.filter((one) => one.id !== page.id), page]);
    const lacking = Math.max(0, drawing?.copyfit.find((one) => one.article === article)?.characters ?? 0);
    const done = await continueOn(other, { article, part, lacking });
    if (done) toast(t('continuedOn', { number: other.number }));
    else failToast(t('cannotContinue', { number: other.number }));
  };

  const acts = useEditorKeys({
    ...{ laying, looking, gestures, tool, setTool },
    onOpen: props.onOpen,
    onCrop: setCropping,
  });
  const changeSheet = useSheetChange(page.id);

  const setPlace = (kind: Exclude<Tool, 'select'>) => draw(kind, placeFor(kind, page, null));
  return (
    <>
      <StoriesPanel
        laying={laying}
        articles={articles}
        people={people}
        onHold={(story, event) => begin(story, event)}
        onPut={(story) => put(story, firstFree(story, page))}
      />
      <div className="editor-middle">
        <ToolBar
          {...{ laying, looking, tool, grid, baselines, preview }}
          onTool={setTool}
          onSet={setPlace}
          onGrid={setGrid}
          onBaselines={setBaselines}
          onPreview={setPreview}
          canUndo={editable && (layout?.canUndo ?? false)}
          canRedo={editable && (layout?.canRedo ?? false)}
          onStyles={props.mayStyle ? () => setStyling(true) : null}
        />
        <div className="pages editor-canvas">
          {drawing ? (
            <Canvas
              {...{ laying, looking, drawing, carets, tool, grid, baselines, preview, cropping }}
              onCrop={setCropping}
              onDraw={draw}
              onPlace={props.onPlace}
              {...(props.marks ? { marks: props.marks } : {})}
              target={held?.target ?? (over === null ? null : { frame: over })}
              label={t('sheet', { number: page.number, section: page.section })}
              onElement={setCanvas}
              onGestures={(now) => {
                gestures.current = now;
              }}
            />
          ) : (
            !broken && <p className="pages-loading editor-loading">{t('loading')}</p>
          )}
          {broken && <Broken onRetry={retry} />}
          {selected.length > 1 && editable && (
            <ArrangeBar laying={laying} onDuplicate={acts.duplicate} onRemove={acts.remove} />
          )}
        </div>
        {props.findings?.({ page, drawing, rooms, pages, select: choose })}
      </div>
      <Inspector
        {...{ laying, drawing, pages, articles, people, rooms, frames, uploads }}
        onTry={setTrial}
        onSheet={changeSheet}
        onCrop={setCropping}
        onContinue={(article, id) => void runOn(article, id)}
      />
      <span className="ui-hidden" role="status">
        {said}
      </span>
      {held && (
        <div
          className="placing-held"
          data-ok={held.target !== null || undefined}
          style={{ left: held.x, top: held.y }}
        >
          {held.story.headline || t('app:stories.untitled')}
        </div>
      )}
      {styling && <StylesDialog styles={page.styles} onClose={() => setStyling(false)} />}
    </>
  );
}
