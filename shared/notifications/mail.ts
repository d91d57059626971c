/** The HTTP calls of notices by e-mail: whether this newsroom sends any, and how its reader wants them. */
import { z } from 'zod';
import { call } from '../base/call.ts';

/** `soon`: some minutes after what nobody has looked at; `daily`: once a day, all of it. */
export const mailPaces = ['off', 'soon', 'daily'] as const;
export type MailPace = (typeof mailPaces)[number];

const clock = z
  .string()
  .max(5)
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must look like 08:30');

const wishesSchema = z.object({
  pace: z.enum(mailPaces),
  /** The time of day of the daily one, in the paper's time zone. */
  dailyAt: clock,
  /** No mail between these times of day, in the paper's time zone; null when at any time. */
  quiet: z.object({ from: clock, to: clock }).nullable(),
  language: z.enum(['zh', 'en']),
});
export type MailWishes = z.infer<typeof wishesSchema>;

/** Of whoever said nothing. */
export const defaultWishes: MailWishes = { pace: 'soon', dailyAt: '08:30', quiet: null, language: 'zh' };

export const mailCalls = {
  mail: call({
    method: 'GET',
    path: '/api/mail',
    output: z.object({
      /** Whether this server can send mail. */
      sends: z.boolean(),
      /** Where it goes: what the administrator or the directory says; null when nobody has. */
      address: z.string().nullable(),
      timeZone: z.string(),
      wishes: wishesSchema,
    }),
  }),
  changeMail: call({ method: 'PUT', path: '/api/mail', body: wishesSchema, output: wishesSchema }),
  /** Sends one mail to oneself. Refused with `conflict` where none can be sent, `unavailable` when it did not go. */
  tryMail: call({
    method: 'POST',
    path: '/api/mail/trial',
    body: z.object({ language: z.enum(['zh', 'en']) }),
  }),
} as const;
