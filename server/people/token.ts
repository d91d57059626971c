/** `npm run --silent token -- <handle>`: prints a fresh personal access token alone on a line. */
import { runCommand, typedMember } from './command.ts';
import { makeToken } from './tokens.ts';

await runCommand(async ({ newsroom }) => {
  const member = await typedMember(newsroom, process.argv[2], 'npm run --silent token -- <handle>');
  const byTerminal = { by: null, now: new Date() };
  const { token } = await makeToken(newsroom, member.id, '终端 terminal', byTerminal);
  process.stdout.write(`${token}\n`);
});
