/** An authenticator in software, for tests: makes a passkey and answers with it as WebAuthn Level 3 has it, and
 * can be told to answer wrongly. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

type Cbor = number | string | Buffer | Map<Cbor, Cbor>;

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest();

/** RFC 8949, as much of it as an attestation needs. */
function cbor(value: Cbor): Buffer {
  const head = (major: number, n: number) => {
    if (n < 24) return Buffer.from([(major << 5) | n]);
    if (n < 256) return Buffer.from([(major << 5) | 24, n]);
    return Buffer.from([(major << 5) | 25, n >> 8, n & 255]);
  };
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  return Buffer.concat([head(5, value.size), ...[...value].flat().map(cbor)]);
}

export interface Answering {
  origin?: string;
  /** Whether the finger, face or PIN was asked for. */
  verified?: boolean;
  /** Signs with another key. */
  forged?: boolean;
  /** Whose passkey it says it is. */
  userHandle?: string;
}

interface Options {
  challenge: string;
  rp?: { id: string };
  rpId?: string;
  user?: { id: string };
}

export class TrialPasskey {
  readonly id = randomBytes(16);
  /** Counts uses; one that is synchronised between devices stays at 0. */
  counter: number;
  private readonly key: KeyObject;
  private readonly cose: Buffer;
  private readonly origin: string;
  private userHandle = '';

  constructor(origin: string, counter = 0) {
    this.origin = origin;
    this.counter = counter;
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    this.key = privateKey;
    this.cose = cbor(
      new Map<Cbor, Cbor>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, 'base64url')],
        [-3, Buffer.from(y, 'base64url')],
      ]),
    );
  }

  private clientData(type: string, { challenge }: Options, { origin = this.origin }: Answering) {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }

  private authenticatorData(rpId: string, { verified = true }: Answering, more = Buffer.alloc(0)) {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    const flags = 1 | (verified ? 4 : 0) | (more.length > 0 ? 64 : 0);
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), counter, more]);
  }

  private whole(response: Record<string, Buffer | string[]>) {
    const id = this.id.toString('base64url');
    const written = Object.entries(response).map(([name, value]) => [
      name,
      Buffer.isBuffer(value) ? value.toString('base64url') : value,
    ]);
    return {
      id,
      rawId: id,
      type: 'public-key',
      clientExtensionResults: {},
      response: Object.fromEntries(written),
    };
  }

  /** Answers an offer to make a passkey. */
  make(options: Options, answering: Answering = {}) {
    this.userHandle = options.user?.id ?? '';
    const length = Buffer.from([0, this.id.length]);
    const credential = Buffer.concat([Buffer.alloc(16), length, this.id, this.cose]);
    const attestation = new Map<Cbor, Cbor>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', this.authenticatorData(options.rp?.id ?? '', answering, credential)],
    ]);
    return this.whole({
      clientDataJSON: this.clientData('webauthn.create', options, answering),
      attestationObject: cbor(attestation),
      transports: ['internal'],
    });
  }

  /** Answers the question of a sign-in. */
  answer(options: Options, answering: Answering = {}) {
    const clientDataJSON = this.clientData('webauthn.get', options, answering);
    const authenticatorData = this.authenticatorData(options.rpId ?? '', answering);
    const key = answering.forged ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey : this.key;
    return this.whole({
      clientDataJSON,
      authenticatorData,
      signature: sign('sha256', Buffer.concat([authenticatorData, sha256(clientDataJSON)]), key),
      userHandle: Buffer.from(answering.userHandle ?? this.userHandle, 'base64url'),
    });
  }
}
