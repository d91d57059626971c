/** One change in words: what goes, what comes, what a paragraph becomes. */
import { useTranslation } from 'react-i18next';
import type { Said } from './useSuggestions.ts';

export function ChangeWords({ parts }: { parts: readonly Said[] }) {
  const { t } = useTranslation('suggestions');
  const { t: article } = useTranslation('article');
  const kinds = new Set(parts.map(({ kind }) => kind));
  if (kinds.has('insert') || kinds.has('delete')) {
    const only = parts[0]!;
    const isEnd = parts.length === 1 && only.text === '¶';
    const name = isEnd
      ? only.kind === 'insert'
        ? 'split'
        : 'join'
      : parts.length > 1
        ? 'replace'
        : only.kind;
    return (
      <>
        <b>{t(`change.${name as 'insert'}`)}</b>
        {isEnd && only.opening !== '' && <span>{t('change.after', { words: only.opening })}</span>}
        {!isEnd &&
          parts
            .toSorted((a, b) => Number(a.kind === 'insert') - Number(b.kind === 'insert'))
            .map(({ id, kind, text }) => {
              const words = text.length > 120 ? `${text.slice(0, 80)}…${text.slice(-20)}` : text;
              return kind === 'delete' ? <del key={id}>{words}</del> : <ins key={id}>{words}</ins>;
            })}
      </>
    );
  }
  const { was, becomes, text, opening } = parts[0]!;
  const style = (value: unknown) => article(`style.${String(value ?? 'body') as 'body'}`);
  const said = (value: unknown) => (value ? String(value) : t('change.nothing'));
  const lines = Object.entries(becomes).map(([key, value]) => {
    switch (key) {
      case 'style':
        return t('change.restyle', { was: style(was.style), becomes: style(value) });
      case 'bold':
        return t(value ? 'change.bold' : 'change.noBold');
      case 'italic':
        return t(value ? 'change.italic' : 'change.noItalic');
      case 'gap':
        return t(value ? 'change.gap' : 'change.noGap');
      case 'link':
        return value ? t('change.link', { address: String(value) }) : t('change.noLink');
      case 'credit':
      case 'alt':
        return t(`change.${key}`, { was: said(was[key]), becomes: said(value) });
      case 'image':
        return t('change.image');
      default:
        return null;
    }
  });
  return (
    <>
      {lines.map((line, i) => line !== null && <b key={Object.keys(becomes)[i]}>{line}</b>)}
      {text === '¶' && opening !== '' && <span>{opening}……</span>}
      {text !== '¶' && <span>{text.length > 60 ? `${text.slice(0, 60)}…` : text}</span>}
    </>
  );
}
