/** `npm run signin -- <handle>`: prints a fresh single-use sign-in link, also beside a running server. */
import { runCommand, typedMember } from './command.ts';
import { addLink, linkAddress } from './signin-links.ts';

await runCommand(async ({ newsroom, url }) => {
  const member = await typedMember(newsroom, process.argv[2], 'npm run signin -- <handle>');
  const secret = await addLink(newsroom, member.id, new Date());
  process.stdout.write(`${member.name}  ${linkAddress(url, secret)}\n`);
});
