/** Exports a story: its galley 小样 to be read on paper, or as a page for any screen. */
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/api.ts';
import { address } from '../api.ts';
import { usePages } from '../live/answers.ts';
import { useDrawing } from '../pages/useDrawing.ts';
import { ExportDialog, type FileKind } from './ExportDialog.tsx';
import { PagePicture } from './PagePicture.tsx';

const formats = {
  galleyPdf: 'pdf',
  galleyHtml: 'html',
  galleyMarked: 'pdf',
  screen: 'screen',
  pdf: 'pdf',
  html: 'html',
} as const;

interface StoryExportProps {
  article: string;
  /** Its headline, or what it is called without one. */
  name: string;
  meta: string;
  onClose: () => void;
}

export function StoryExport({ article, name, meta, onClose }: StoryExportProps) {
  const { t } = useTranslation(['checks', 'pages']);
  // Its galley is set in the measure of the page that it stands on.
  const page =
    usePages().data?.find(({ frames }) => frames.some((frame) => frame.article === article)) ?? null;
  const { composed } = useDrawing(page, article, true);
  const drawing = composed?.galley ?? null;
  const kinds: readonly FileKind[] = [
    { kind: 'galleyPdf', ending: 'pdf', suffix: t('export.galleySuffix') },
    { kind: 'galleyHtml', ending: 'html', suffix: t('export.galleySuffix') },
    { kind: 'galleyMarked', ending: 'pdf', suffix: t('export.markedSuffix') },
    { kind: 'screen', ending: 'html', suffix: t('export.screenSuffix') },
  ];
  const top = drawing && { ...drawing.trim, height: Math.min(drawing.trim.height, drawing.trim.width * 1.5) };
  return (
    <ExportDialog
      title={t('export.story', { name })}
      meta={meta}
      picture={
        <PagePicture
          drawing={drawing}
          {...(top ? { view: top } : {})}
          label={t('export.picture', { name })}
          caption={[t('pages:galley'), page ? `${page.number} ${page.section}`.trim() : t('pages:notPlaced')]}
        />
      }
      kinds={kinds}
      name={name}
      purposes={[{ purpose: 'make' }]}
      says={t('export.galleyWords')}
      addressOf={(kind) =>
        address(api.exportArticle, {
          params: { id: article },
          query: { format: formats[kind], changes: kind === 'galleyMarked' ? 'marked' : 'original' },
        })
      }
      onClose={onClose}
    />
  );
}
