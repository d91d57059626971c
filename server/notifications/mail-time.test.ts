import { describe, expect, test } from 'vitest';
import { defaultWishes, type MailWishes } from '../../shared/notifications/mail.ts';
import { dueNow } from './mail-time.ts';

const timeZone = 'Asia/Shanghai';
const at = (clock: string, day = '24') => new Date(`2026-11-${day}T${clock}:00+08:00`);
const notice = (clock: string, day = '24') => ({ at: at(clock, day).toISOString() });
const due = (now: Date, wishes: Partial<MailWishes>, ...notices: { at: string }[]) =>
  dueNow(notices, { ...defaultWishes, ...wishes }, { now, timeZone }).length;

describe('soon', () => {
  test('what was told waits some minutes to be seen, and takes along what came meanwhile', () => {
    expect(due(at('10:09'), {}, notice('10:00'))).toBe(0);
    expect(due(at('10:10'), {}, notice('10:00'), notice('10:09'))).toBe(2);
  });
  test('what is two days old is mailed no more', () => {
    expect(due(at('10:00'), {}, notice('09:59', '22'), notice('10:01', '22'))).toBe(1);
  });
  test('not while it is quiet, over midnight too; all of it afterwards', () => {
    const quiet = { from: '22:00', to: '07:00' };
    for (const clock of ['22:00', '23:59']) expect(due(at(clock), { quiet }, notice('21:00'))).toBe(0);
    for (const clock of ['00:00', '06:59']) expect(due(at(clock, '25'), { quiet }, notice('21:00'))).toBe(0);
    expect(due(at('07:00', '25'), { quiet }, notice('21:00'), notice('23:30'))).toBe(2);
    const noon = { from: '12:00', to: '14:00' };
    expect(due(at('13:00'), { quiet: noon }, notice('11:00'))).toBe(0);
    expect(due(at('14:00'), { quiet: noon }, notice('11:00'))).toBe(1);
  });
  test('off is off', () => expect(due(at('10:30'), { pace: 'off' }, notice('10:00'))).toBe(0));
});

test('daily: what stood at its time, once it has come, and nothing that came after', () => {
  const daily = { pace: 'daily', dailyAt: '08:30' } as const;
  expect(due(at('08:29'), daily, notice('20:00', '23'))).toBe(0 + 0);
  expect(due(at('08:30'), daily, notice('20:00', '23'), notice('08:31'))).toBe(1);
  expect(due(at('09:00'), daily, notice('08:45'))).toBe(0);
  expect(due(at('08:30', '25'), daily, notice('08:45'))).toBe(1);
});
