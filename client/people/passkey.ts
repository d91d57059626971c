/** Passkeys in the browser: making one, coming in with one, and what went wrong at the device. */
import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser';
import { api } from '../../shared/api.ts';
import { call, type Output } from '../api.ts';
import type { Proven } from './ProofGate.tsx';

export const canUsePasskeys = (): boolean => browserSupportsWebAuthn();

export async function signInByPasskey(): Promise<Output<typeof api.signInByPasskey>> {
  const { options } = await call(api.passkeyQuestion, {});
  const answer = await startAuthentication({
    optionsJSON: options as unknown as PublicKeyCredentialRequestOptionsJSON,
  });
  return call(api.signInByPasskey, { body: { response: { ...answer } } });
}

export async function proveByPasskey(): Promise<void> {
  const { options } = await call(api.proofQuestion, {});
  const answer = await startAuthentication({
    optionsJSON: options as unknown as PublicKeyCredentialRequestOptionsJSON,
  });
  await call(api.prove, { body: { by: 'passkey', response: { ...answer } } });
}

/** `proven` does what may want a proof first. */
export async function makePasskey(name: string, proven: Proven): Promise<Output<typeof api.addPasskey>> {
  const { options } = await proven(() => call(api.passkeyOffer, {}));
  const made = await startRegistration({
    optionsJSON: options as unknown as PublicKeyCredentialCreationOptionsJSON,
  });
  return call(api.addPasskey, { body: { name, response: { ...made } } });
}

/** What the device or its owner refused; null for whatever else went wrong. */
export function passkeyTrouble(error: unknown): 'stopped' | 'known' | 'impossible' | null {
  if (error instanceof WebAuthnError && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED')
    return 'known';
  if (!(error instanceof Error)) return null;
  // Browsers say the same of a cancel, of a wait that was too long and of a device without a fitting passkey.
  if (error.name === 'NotAllowedError' || error.name === 'AbortError') return 'stopped';
  return error instanceof WebAuthnError || error instanceof DOMException ? 'impossible' : null;
}
