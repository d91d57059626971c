/** Times in the reader's own form: the clock for today, the day before that. */

/** Made once for each form: to make one costs far more than to use it, and lists of hundreds are written at a key. */
const formats = new Map<string, Intl.DateTimeFormat>();

function inForm(time: Date, tag: string, form: Intl.DateTimeFormatOptions): string {
  const key = tag + JSON.stringify(form);
  const format = formats.get(key) ?? new Intl.DateTimeFormat(tag, form);
  formats.set(key, format);
  return format.format(time);
}

const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

const sameDay = (a: Date, b: Date) => a.toDateString() === b.toDateString();

/** 21:31 today, 11月22日 this year, 2025年11月22日 before. */
export function shortTime(iso: string, language: string, now = new Date()): string {
  const time = new Date(iso);
  const tag = language === 'zh' ? 'zh-CN' : language;
  if (sameDay(time, now)) return inForm(time, tag, clock);
  const year = time.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return inForm(time, tag, { year, month: language === 'zh' ? 'long' : 'short', day: 'numeric' });
}

/** A deadline: 21:31 today, 11月25日 21:31 on other days. */
export function dueTime(iso: string, language: string, now = new Date()): string {
  const day = sameDay(new Date(iso), now) ? '' : `${shortTime(iso, language, now)} `;
  return day + clockTime(iso, language);
}

/** The whole of it, for a tooltip. */
export function fullTime(iso: string, language: string): string {
  return inForm(new Date(iso), language === 'zh' ? 'zh-CN' : language, {
    dateStyle: 'long',
    timeStyle: 'short',
  });
}

/** 11月22日 星期日, from a calendar date without a time zone. */
export function longDay(date: string, language: string): string {
  const day = new Date(`${date.slice(0, 10)}T12:00`);
  const tag = language === 'zh' ? 'zh-CN' : language;
  if (language !== 'zh')
    return day.toLocaleDateString(tag, { month: 'long', day: 'numeric', weekday: 'long' });
  const weekday = day.toLocaleDateString(tag, { weekday: 'long' });
  return `${day.toLocaleDateString(tag, { month: 'long', day: 'numeric' })} ${weekday}`;
}

/** 21:31. */
export const clockTime = (iso: string, language: string): string =>
  inForm(new Date(iso), language === 'zh' ? 'zh-CN' : language, clock);

/** The calendar day of a moment at this reader's place, as longDay says it. */
export const dayOf = (iso: string, language: string): string =>
  longDay(new Date(iso).toLocaleDateString('sv-SE'), language);
