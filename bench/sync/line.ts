/** One client's line to one document: it asks, answers the server's question, and counts what is saved. */
import { type Dialect, dialects, type Kind } from './dialects.ts';
import { Wire } from './wire.ts';

/** Where a server is and who may come in. */
export interface Target {
  kind: Kind;
  port: number;
  /** The server's process. */
  pid: number;
  /** Documents that are there (ours), or names for them. */
  documents: string[];
  /** For each document, the tokens of members who may write it; '' where nobody asks. */
  tokens: string[][];
}

/** An update and an answer that say nothing. */
const nothing = Uint8Array.of(0, 0);

export class Line {
  readonly wire: Wire;
  /** Sync messages sent that want to be saved. */
  sent = 0;
  saved = 0;
  /** Called with each update, until then and after `deafen` nobody looks. */
  onUpdate: ((update: Uint8Array) => void) | null = null;
  onSaved: (() => void) | null = null;
  readonly #dialect: Dialect;
  readonly #document: string;
  #onAnswer: ((bytes: Uint8Array) => void) | null = null;

  private constructor(wire: Wire, dialect: Dialect, document: string) {
    this.wire = wire;
    this.#dialect = dialect;
    this.#document = document;
  }

  /** Connects as the `member`th of the document's members and resolves with the answer to `known`. */
  static async open(
    { kind, port, documents, tokens }: Target,
    document: number,
    member: number,
    known: Uint8Array = Uint8Array.of(0),
  ): Promise<{ line: Line; answer: Uint8Array }> {
    const dialect = dialects[kind];
    const name = documents[document]!;
    const own = tokens[document]!;
    let hear: (message: Buffer) => void = () => undefined;
    const wire = await Wire.open(
      port,
      dialect.path(name),
      dialect.headers(own[member % own.length]!),
      (message) => hear(message),
    );
    const line = new Line(wire, dialect, name);
    hear = (message) => line.#hear(message);
    const answered = new Promise<Uint8Array>((resolve, reject) => {
      line.#onAnswer = resolve;
      void wire.ended.then(() => reject(new Error(`${kind} closed with ${wire.closed} before it answered`)));
    });
    for (const message of dialect.hello(name)) wire.send(message);
    wire.send(dialect.sync(name, 0, known));
    return { line, answer: await answered };
  }

  /** From now on nothing that comes is looked at. */
  deafen(): void {
    this.wire.onMessage = null;
  }

  say(update: Uint8Array): void {
    this.sent += 1;
    this.wire.send(this.#dialect.sync(this.#document, 2, update));
  }

  get allSaved(): boolean {
    return this.saved >= this.sent;
  }

  #hear(message: Uint8Array) {
    const heard = this.#dialect.hear(message);
    if (heard.kind === 'saved') {
      this.saved = 'all' in heard ? heard.all : this.saved + heard.more;
      this.onSaved?.();
    }
    if (heard.kind !== 'sync') return;
    if (heard.step === 0) {
      this.sent += 1;
      this.wire.send(this.#dialect.sync(this.#document, 1, nothing));
    } else if (heard.step === 1 && this.#onAnswer) {
      this.#onAnswer(heard.bytes.slice());
      this.#onAnswer = null;
    } else {
      this.onUpdate?.(heard.bytes);
    }
  }
}
