/** The calls by which somebody comes in: a link, a password and its second factor, a passkey. */
import { api } from '../../shared/api.ts';
import { AppError } from '../../shared/base/errors.ts';
import type { PublicRoute } from '../http.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Entry } from './entry.ts';
import { memberById } from './members.ts';
import { paperOf } from './paper.ts';
import { answerPasskey, askPasskey } from './passkeys.ts';
import type { PeopleDeps } from './ports.ts';
import { relyingParty } from './relying-party.ts';
import { hashSecret, newSecret } from './secret.ts';
import { readLink, spendLink } from './signin-links.ts';
import { stepCookie } from './steps.ts';
import { countTries, triesSpan } from './tries.ts';

/** Wrong passwords for one account, whether it exists or not, in a quarter of an hour. */
const passwordTries = 5;

function passwordOf(newsroom: Newsroom, handle: string) {
  return newsroom
    .selectFrom('members')
    .innerJoin('passwords', 'passwords.member', 'members.id')
    .select(['members.id', 'passwords.phc'])
    .where('members.handle', '=', handle)
    .where('members.active', '=', 1)
    .executeTakeFirst();
}

export function signInRoutes(publicRoute: PublicRoute, deps: PeopleDeps, entry: Entry): void {
  const { newsroom, passwords, publicUrl, secure, now } = deps;
  const tries = countTries(passwordTries, triesSpan, now);
  const questions = stepCookie('passkeyQuestion', secure);

  publicRoute(api.signInWays, async ({ request }) => ({
    newsroom: await paperOf(newsroom),
    passkey: relyingParty(request.headers, publicUrl) !== null,
    directory: deps.directory?.name ?? null,
  }));

  publicRoute(api.readSignInLink, async ({ body }) => {
    const { member } = await readLink(newsroom, body.token, now());
    const { name, handle } = await memberById(newsroom, member);
    return { name, handle };
  });

  publicRoute(api.signIn, async ({ body, ...visit }) => {
    const { member } = await spendLink(newsroom, body.token, now());
    return entry.afterOne(visit, member);
  });

  publicRoute(api.signInByPassword, async ({ body: { handle, password }, ...visit }) => {
    tries.begin(handle);
    const kept = await passwordOf(newsroom, handle);
    const found = await passwords.check(kept?.phc ?? null, password);
    // While it was checked the password may have been changed, or its member reset.
    const still = await passwordOf(newsroom, handle);
    if (!kept || found === 'wrong' || still?.phc !== kept.phc) throw new AppError('wrong');
    tries.right(handle);
    if (found === 'stale') {
      const phc = await passwords.hash(password);
      await newsroom
        .updateTable('passwords')
        .set({ phc })
        .where('member', '=', kept.id)
        .where('phc', '=', kept.phc)
        .execute();
    }
    return entry.afterOne(visit, kept.id);
  });

  publicRoute(api.signInSecond, ({ body, ...visit }) => entry.second(visit, body.code));

  publicRoute(api.passkeyQuestion, async ({ request, reply }) => {
    const party = relyingParty(request.headers, publicUrl);
    if (!party) throw new AppError('notFound', 'no passkeys at this address');
    const secret = newSecret();
    const options = await askPasskey(newsroom, hashSecret(secret), party, now());
    reply.header('set-cookie', questions.set(secret));
    return { options: { ...options } };
  });

  publicRoute(api.signInByPasskey, async ({ body, ...visit }) => {
    const { headers } = visit.request;
    const secret = questions.read(headers);
    const party = relyingParty(headers, publicUrl);
    if (secret === null || !party) throw new AppError('spent');
    const member = await answerPasskey(newsroom, hashSecret(secret), party, body.response, now());
    visit.reply.header('set-cookie', questions.end());
    return { kind: 'in' as const, person: await entry.letIn(visit, member) };
  });
}
