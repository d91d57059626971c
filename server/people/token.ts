/** `npm run --silent token -- <handle>`: prints a fresh personal access token alone on a line. */
import { runCommand, typedMember } from './command.ts';
import { addToken } from './tokens.ts';

await runCommand(async ({ newsroom }) => {
  const member = await typedMember(newsroom, process.argv[2], 'npm run --silent token -- <handle>');
  const { token } = await addToken(newsroom, member.id, '终端 terminal', new Date());
  process.stdout.write(`${token}\n`);
});
