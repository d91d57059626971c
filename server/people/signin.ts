/** `npm run signin -- <handle>`: prints a fresh single-use sign-in link, also beside a running server. With
 * `--reset`, for somebody who lost their telephone, it first takes every other way in away. */
import { CommandError, runCommand, typedMember } from './command.ts';
import { resetMember } from './members.ts';
import { linkAddress, makeLink } from './signin-links.ts';

const usage = 'npm run signin -- <handle> [--reset]';

await runCommand(async ({ newsroom, url }) => {
  const [handle, ...options] = process.argv.slice(2);
  if (options.some((option) => option !== '--reset')) throw new CommandError(usage);
  const member = await typedMember(newsroom, handle, usage);
  const byTerminal = { by: null, now: new Date() };
  if (options.length > 0) await resetMember(newsroom, member.id, byTerminal);
  const secret = await makeLink(newsroom, member.id, byTerminal);
  process.stdout.write(`${member.name}  ${linkAddress(url, secret)}\n`);
});
