/** When a comment was written, in the reader's own form. */

/** 21:32 today, 11月22日 before. */
export function shortWhen(iso: string, language: string, now = new Date()): string {
  const time = new Date(iso);
  if (time.toDateString() === now.toDateString()) {
    return time.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  }
  const year = time.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return time.toLocaleDateString(language, { year, month: 'long', day: 'numeric' });
}

export function fullWhen(iso: string, language: string): string {
  return new Date(iso).toLocaleString(language, { dateStyle: 'long', timeStyle: 'short' });
}

/** 18:00 today, 11月25日 18:00 before and after. */
export function shortDue(iso: string, language: string, now = new Date()): string {
  const tag = language === 'zh' ? 'zh-CN' : language;
  const time = new Date(iso);
  const clock = time.toLocaleTimeString(tag, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return time.toDateString() === now.toDateString() ? clock : `${shortWhen(iso, tag, now)} ${clock}`;
}
