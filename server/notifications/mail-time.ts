/** When a member's notices go out: by the clock of the paper's time zone. */
import type { MailWishes } from '../../shared/notifications/mail.ts';

/** Milliseconds that a notice waits to be seen in the product before it is mailed; one mail holds what came since. */
export const patience = 10 * 60_000;
/** Milliseconds after which a notice is mailed no more: nobody wants last week's. */
const stale = 48 * 3_600_000;

const minutes = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** Minutes since midnight. */
function timeOfDay(at: Date, timeZone: string): number {
  const clock = at.toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  return minutes(clock);
}

function isQuiet(quiet: MailWishes['quiet'], now: number): boolean {
  if (!quiet) return false;
  const [from, to] = [minutes(quiet.from), minutes(quiet.to)];
  // Over midnight when it ends before it begins.
  return from <= to ? now >= from && now < to : now >= from || now < to;
}

/** Which of the notices, oldest first, go out now; none while it is quiet or not yet time. */
export function dueNow<N extends { at: string }>(
  notices: readonly N[],
  { pace, dailyAt, quiet }: MailWishes,
  { now, timeZone }: { now: Date; timeZone: string },
): N[] {
  const clock = timeOfDay(now, timeZone);
  if (pace === 'off' || isQuiet(quiet, clock)) return [];
  const fresh = notices.filter(({ at }) => now.getTime() - Date.parse(at) < stale);
  if (pace === 'soon') {
    const hasWaited = fresh.some(({ at }) => now.getTime() - Date.parse(at) >= patience);
    return hasWaited ? fresh : [];
  }
  const sinceMoment = (clock - minutes(dailyAt) + 24 * 60) % (24 * 60);
  const moment = now.getTime() - sinceMoment * 60_000 - (now.getTime() % 60_000);
  return fresh.filter(({ at }) => Date.parse(at) <= moment);
}
