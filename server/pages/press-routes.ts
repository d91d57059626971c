/** The calls about the press: which profile its inks come from. */
import { api } from '../../shared/api.ts';
import { AppError } from '../../shared/base/errors.ts';
import { canInNewsroom } from '../../shared/people/can.ts';
import { profileBytes } from '../export/pdf/profile.ts';
import type { Route, Signed } from '../http.ts';
import type { Press } from './press.ts';

/** How often a minute one member may send a profile. */
const perMinute = 10;

export function pressRoutes(route: Route, press: Press): void {
  const told = () => ({ name: press.profile().condition.words, sent: press.sent() });
  const allow = ({ member }: Signed) => {
    if (!canInNewsroom(member, 'press.change')) throw new AppError('notAllowed');
  };

  route(api.press, async () => told());

  route(
    api.changePress,
    async ({ signed, request }) => {
      allow(signed);
      if (!request.isMultipart())
        throw new AppError('wrongKind', 'send multipart/form-data with a field `file`');
      const part = await request.file({ limits: { fileSize: profileBytes }, throwFileSizeLimit: false });
      if (part?.fieldname !== 'file') throw new AppError('badInput', 'the field `file` is missing');
      const bytes = await part.toBuffer();
      if (part.file.truncated) throw new AppError('tooLarge', `at most ${profileBytes} bytes`);
      await press.keep(new Uint8Array(bytes));
      return told();
    },
    perMinute,
  );

  route(api.removePress, async ({ signed }) => {
    allow(signed);
    await press.forget();
    return told();
  });
}
