/** The paper's own directory, by OpenID Connect: asks who somebody is, and believes nothing that the directory
 * did not sign for this very sign-in. */
import { createHmac } from 'node:crypto';
import * as oidc from 'openid-client';
import { z } from 'zod';
import type { DirectoryConfig } from '../config.ts';

/** What the directory says of somebody. */
const claimsSchema = z.object({
  sub: z.string().min(1).max(255),
  email: z.email().max(200).optional().catch(undefined),
  email_verified: z.boolean().optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  preferred_username: z.string().optional().catch(undefined),
});

export interface DirectoryAccount {
  issuer: string;
  subject: string;
  /** Null unless the directory has verified it. */
  email: string | null;
  name: string;
  /** What it is called there; '' when that is not told. */
  handle: string;
}

export interface Directory {
  name: string;
  /** What becomes of somebody whom the newsroom does not know: nothing, or a member with this role. */
  createRole: DirectoryConfig['createRole'];
  /** Where to send the browser. `secret` is random and known to that browser alone. */
  begin(secret: string, callback: string): Promise<URL>;
  /** Who came back to this address; throws when anything does not fit. */
  finish(secret: string, came: URL): Promise<DirectoryAccount>;
}

/** Milliseconds that the directory may take for an answer. */
const answerTime = 10_000;

/** What must be random and come back the same is drawn from the browser's secret, so that nothing of it is kept. */
const drawn = (secret: string, what: 'state' | 'nonce' | 'verifier') =>
  createHmac('sha256', secret).update(what).digest('base64url');

export function openDirectory({
  issuer,
  clientId,
  clientSecret,
  name,
  createRole,
}: DirectoryConfig): Directory {
  const server = new URL(issuer);
  let known: Promise<oidc.Configuration> | null = null;

  /** The directory's own description, read at the first need and again after a failure. */
  function configuration(): Promise<oidc.Configuration> {
    known ??= oidc
      .discovery(
        server,
        clientId,
        undefined,
        clientSecret ? oidc.ClientSecretPost(clientSecret) : oidc.None(),
        {
          timeout: answerTime / 1000,
          execute: [
            // The directory's signature counts, not the connection alone by which its word came.
            oidc.enableNonRepudiationChecks,
            // A paper's own network may have no TLS; then the address in the configuration says so.
            ...(server.protocol === 'http:' ? [oidc.allowInsecureRequests] : []),
          ],
        },
      )
      .catch((error: unknown) => {
        known = null;
        throw error;
      });
    return known;
  }

  return {
    name,
    createRole,

    async begin(secret, callback) {
      const verifier = drawn(secret, 'verifier');
      return oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: callback,
        response_type: 'code',
        scope: 'openid profile email',
        state: drawn(secret, 'state'),
        nonce: drawn(secret, 'nonce'),
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
    },

    async finish(secret, came) {
      const config = await configuration();
      const tokens = await oidc.authorizationCodeGrant(config, came, {
        pkceCodeVerifier: drawn(secret, 'verifier'),
        expectedState: drawn(secret, 'state'),
        expectedNonce: drawn(secret, 'nonce'),
        idTokenExpected: true,
      });
      const signed = claimsSchema.parse(tokens.claims());
      const asked = config.serverMetadata().userinfo_endpoint
        ? await oidc.fetchUserInfo(config, tokens.access_token, signed.sub)
        : {};
      const told = claimsSchema.parse({ ...asked, ...tokens.claims() });
      return {
        issuer: config.serverMetadata().issuer,
        subject: signed.sub,
        email: told.email_verified === true && told.email ? told.email.toLowerCase() : null,
        name: told.name?.trim() ?? '',
        handle: told.preferred_username ?? told.email ?? '',
      };
    },
  };
}
