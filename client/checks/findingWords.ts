/** A finding as a sentence, where it is, and what can be done there. */
import type { TFunction } from 'i18next';
import type { Finding } from '../../shared/checks/finding.ts';
import type { PreflightRule } from '../../shared/checks/preflight/preflight.ts';
import type { Page } from '../../shared/pages/page.ts';

export interface Naming {
  t: TFunction;
  page: Page;
  /** '' when it is not known. */
  headlineOf: (article: string) => string;
}

function frameWords(id: string | undefined, { t, page, headlineOf }: Naming): string {
  const frame = page.frames.find((one) => one.id === id);
  if (!frame) return t('pages:page');
  const kind = t(`pages:kind.${frame.kind}`);
  const what =
    frame.article !== null
      ? headlineOf(frame.article)
      : ((frame.text || frame.caption).split('\n')[0]?.slice(0, 20) ?? '');
  return what === '' ? kind : t('pages:named', { kind, what });
}

/** Rules of pictures that need none of a story's. */
const ownPictureRules: ReadonlySet<string> = new Set<PreflightRule>([
  'resolution',
  'captionMissing',
  'creditMissing',
]);

export function findingWords({ rule, place, figures }: Finding, naming: Naming): string {
  const { t, headlineOf } = naming;
  const missing = String(figures.missing ?? '');
  const picture = figures.caption
    ? t('checks:thePicture', { caption: figures.caption })
    : figures.number
      ? t('checks:aPicture', { number: figures.number })
      : t('checks:noPicture');
  const credits =
    rule === 'folioIncomplete'
      ? missing
          .split(' ')
          .map((who) => t(`checks:credit.${who}`))
          .join(t('checks:comma'))
      : missing;
  // A picture of the page's own is in no story.
  const of = ownPictureRules.has(rule) && place.article === undefined ? 'own' : 'rule';
  return t(`checks:${of}.${rule}`, {
    ...figures,
    missing: credits,
    picture,
    story: (place.article && headlineOf(place.article)) || t('checks:aStory'),
    frame: place.part === 'folio' ? t('checks:place.folio') : frameWords(place.frame, naming),
    other: frameWords(String(figures.other ?? ''), naming),
  });
}

/** 报眉; 第1栏第41行; 第3段 */
export function placeWords({ place }: Finding, { t, page }: Naming): string {
  if (place.part === 'folio') return t('checks:place.folio');
  if (place.paragraph !== undefined) return t('checks:place.paragraph', { count: place.paragraph + 1 });
  const at = page.frames.find(({ id }) => id === place.frame)?.place;
  return at ? t('checks:place.frame', { column: at.column + 1, line: at.line + 1 }) : '';
}

export type Way = 'change' | 'fill' | 'send' | 'add' | 'see';

const ways: Partial<Record<PreflightRule, Way>> = {
  folioIncomplete: 'fill',
  pictureAwaited: 'send',
  headlineMissing: 'add',
  bylineMissing: 'add',
  captionMissing: 'add',
  creditMissing: 'add',
  gapLeft: 'add',
  unsigned: 'see',
  openComments: 'see',
  openSuggestions: 'see',
  underset: 'see',
};

export const wayOf = ({ rule }: Finding): Way => ways[rule as PreflightRule] ?? 'change';

/** What is put right in the words rather than on the page. */
const inManuscript: ReadonlySet<string> = new Set<PreflightRule>([
  'headlineMissing',
  'bylineMissing',
  'captionMissing',
  'creditMissing',
  'pictureAwaited',
  'gapLeft',
  'openComments',
  'openSuggestions',
  'unsigned',
  'glyphMissing',
  'lineStart',
  'lineEnd',
]);

/** Where a finding leads: a place of a manuscript, a frame of the page, or its folio line. */
export type Leads =
  | { to: 'article'; article: string; place: { paragraph: number; from: number; to?: number } | null }
  | { to: 'frame'; frame: string }
  | { to: 'folio' };

export function leadsTo({ rule, place }: Finding): Leads {
  const { article, frame, paragraph, from = 0, to } = place;
  if (article !== undefined && (inManuscript.has(rule) || frame === undefined))
    return {
      to: 'article',
      article,
      place: paragraph === undefined ? null : { paragraph, from, ...(to === undefined ? {} : { to }) },
    };
  return frame === undefined ? { to: 'folio' } : { to: 'frame', frame };
}
