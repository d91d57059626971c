/** A member's notices as one mail, each with the address of its very place. */
import { did } from '../../shared/notifications/did.ts';
import type { NoticeKind } from '../../shared/notifications/kinds.ts';
import { placeOf } from '../../shared/notifications/place.ts';
import { escapeHtml } from '../export/html-text.ts';
import { fill } from '../export/paper.ts';
import type { Mail } from './mailer.ts';

const words = {
  zh: {
    one: '{who}{did}：{headline}',
    many: '{count} 条通知',
    untitled: '（无题）',
    page: '版面',
    due: '{when} 前办完',
    open: '打开',
    foot: '同稿替{paper}寄出。不想收，或想换个时候收：{settings}',
    trial: '试寄的一封',
    trialWords: '邮件寄到了。以后没看过的通知会寄到这里。',
  },
  en: {
    one: '{who} {did}: {headline}',
    many: '{count} notices',
    untitled: '(untitled)',
    page: 'a page',
    due: 'to be done by {when}',
    open: 'Open',
    foot: 'Sent by Tonggao for {paper}. To stop these or choose another time: {settings}',
    trial: 'A trial mail',
    trialWords: 'It has arrived. Notices that you have not looked at will come here.',
  },
} as const;

export interface Told {
  kind: NoticeKind;
  /** Name of who did it. */
  who: string;
  article: string | null;
  page: string | null;
  thread: string | null;
  headline: string;
  text: string;
  due: string | null;
}

export interface Paper {
  name: string;
  /** What its people open: https://news.example. */
  url: string;
  timeZone: string;
}

export type Language = keyof typeof words;

/** Line breaks out: a subject is one line, whatever a headline holds. */
export const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/** 2027-01-01 18:00, by the paper's clock. */
export const clockOf = (at: string, { timeZone }: Paper) =>
  new Date(at).toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });

export function letterOf(notices: readonly Told[], language: Language, paper: Paper): Omit<Mail, 'to'> {
  const say = words[language];
  const lines = notices.map((one) => {
    const headline = one.article === null ? say.page : one.headline || say.untitled;
    const head = fill(say.one, { who: one.who, did: did[language][one.kind], headline });
    const due =
      one.due === null
        ? ''
        : fill(say.due, {
            when: clockOf(one.due, paper),
          });
    return { head, due, text: one.text, url: paper.url + placeOf(one) };
  });
  const [first] = lines;
  const what = lines.length === 1 && first ? first.head : fill(say.many, { count: lines.length });
  return compose(what, lines, language, paper);
}

/** The mail by which somebody sees that theirs arrive. */
export const trialLetter = (language: Language, paper: Paper): Omit<Mail, 'to'> =>
  compose(
    words[language].trial,
    [{ head: words[language].trialWords, due: '', text: '', url: `${paper.url}/desk` }],
    language,
    paper,
  );

interface Line {
  head: string;
  due: string;
  text: string;
  url: string;
}

function compose(what: string, lines: readonly Line[], language: Language, paper: Paper): Omit<Mail, 'to'> {
  const say = words[language];
  const settings = `${paper.url}/settings#mail`;
  const text = [
    ...lines.map(({ head, due, text: said, url }) =>
      [head, due, said, url].filter((part) => part !== '').join('\n'),
    ),
    fill(say.foot, { paper: paper.name, settings }),
  ].join('\n\n');
  const safe = escapeHtml;
  const blocks = lines.map(
    ({ head, due, text: said, url }) =>
      `<div style="margin:0 0 20px"><p style="margin:0;font-weight:600">${safe(head)}</p>${
        due ? `<p style="margin:2px 0 0;color:#b3251b">${safe(due)}</p>` : ''
      }${
        said
          ? `<p style="margin:4px 0 0;padding-left:10px;border-left:2px solid #ccc5b8;white-space:pre-wrap">${safe(said)}</p>`
          : ''
      }<p style="margin:6px 0 0"><a href="${safe(url)}" style="color:#1b1916">${safe(say.open)}</a></p></div>`,
  );
  const [before, after] = say.foot.split('{settings}');
  const link = `<a href="${safe(settings)}" style="color:#514c44">${safe(settings)}</a>`;
  const foot = `${safe(fill(before ?? '', { paper: paper.name }))}${link}${safe(after ?? '')}`;
  return {
    subject: oneLine(`[${paper.name}] ${what}`).slice(0, 200),
    text,
    mayEnd: true,
    html: `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><body style="margin:0;padding:24px;color:#1b1916;font:15px/1.6 sans-serif">${blocks.join('')}<p style="margin:24px 0 0;padding-top:12px;border-top:1px solid #ccc5b8;color:#514c44;font-size:12px">${foot}</p></body></html>`,
  };
}
