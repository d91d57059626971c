/** A paper's directory for tests: oidc-provider on a free port, whose people the test decides on. A browser is shown
 * them as links by their ids. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import type { DirectoryConfig } from '../config.ts';

/** What the directory knows of somebody. */
export interface TrialAccount {
  sub: string;
  email?: string;
  email_verified?: unknown;
  name?: string;
  preferred_username?: string;
}

export interface TrialDirectory {
  config: DirectoryConfig;
  accounts: Map<string, TrialAccount>;
  /** While it is set, somebody on the way changes the signature of what the directory says. */
  forging: boolean;
  /** Signs somebody in there as a browser is led, from the address it was sent to, to the one it is sent back to. */
  visit(address: string, sub: string): Promise<string>;
  close(): Promise<void>;
}

/** Changes one letter of an ID token's signature on its way out. */
function forge(response: http.ServerResponse) {
  const end = response.end.bind(response);
  response.end = (body: unknown) =>
    end(
      String(body).replace(
        /("id_token":"[^."]+\.[^."]+\.)(.)/,
        (_, signed: string, first: string) => signed + (first === 'A' ? 'B' : 'A'),
      ),
    );
}

const clientSecret = randomBytes(32).toString('base64url');

export async function openTrialDirectory(callback: string): Promise<TrialDirectory> {
  const accounts = new Map<string, TrialAccount>();
  const server = http.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const provider: Provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'tonggao',
        client_secret: clientSecret,
        redirect_uris: [callback],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig' }] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'preferred_username'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 600,
      Interaction: 600,
      Session: 600,
    },
    findAccount: (_context, sub) => {
      const account = accounts.get(sub);
      return account && { accountId: sub, claims: async () => ({ ...account }) };
    },
    async loadExistingGrant({ oidc }) {
      const accountId = oidc.session?.accountId;
      const clientId = oidc.client?.clientId;
      if (!accountId || !clientId) return undefined;
      const grant = new provider.Grant({ accountId, clientId });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (directory.forging && request.url === '/token') forge(response);
    if (!request.url?.startsWith('/interaction/')) return void answer(request, response);
    const account = request.headers['x-account'] ?? new URL(request.url, issuer).searchParams.get('sub');
    if (!account) {
      const links = [...accounts.keys()].map((sub) => `<a href="?sub=${sub}">${sub}</a>`);
      return void response.writeHead(200, { 'content-type': 'text/html' }).end(links.join(' '));
    }
    const accountId = String(account);
    provider
      .interactionFinished(request, response, { login: { accountId } })
      .catch((error: unknown) => response.writeHead(500).end(String(error)));
  });

  const directory: TrialDirectory = {
    config: { issuer, clientId: 'tonggao', clientSecret, name: '报社账号', createRole: null },
    accounts,
    forging: false,
    async visit(address, sub) {
      const cookies = new Map<string, string>();
      let at = new URL(address);
      for (let steps = 0; steps < 10 && at.origin === issuer; steps++) {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
        const answered = await fetch(at, { redirect: 'manual', headers: { cookie, 'x-account': sub } });
        for (const set of answered.headers.getSetCookie()) {
          const [, name = '', value = ''] = set.match(/^([^=]+)=([^;]*)/) ?? [];
          cookies.set(name, value);
        }
        const location = answered.headers.get('location');
        if (location === null) throw new Error(`${answered.status} ${await answered.text()}`);
        at = new URL(location, at);
      }
      return at.href;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return directory;
}
