/** Hands mails to the paper's own SMTP server. */
import { createTransport } from 'nodemailer';

export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Whether its reader may choose to have no more of them, and is told where. */
  mayEnd: boolean;
}

export interface Mailer {
  /** False when the SMTP server refuses this very address for good; rejects when it could not be asked, or cannot now. */
  send(mail: Mail): Promise<boolean>;
  close(): void;
}

/** Milliseconds. */
const limits = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

const isHere = (host: string) => ['localhost', '127.0.0.1', '[::1]'].includes(host);

/** `url` is smtp:// or smtps://, with a name and a password where the server wants them; those go over TLS alone. */
export function openMailer({ url, from, home }: { url: string; from: string; home: string }): Mailer {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  const transport = createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && username !== '' && !isHere(hostname),
    ...(username === ''
      ? {}
      : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    ...limits,
    // Nothing in a mail is fetched or read from this machine.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, mayEnd, ...mail }) {
      const headers = {
        'Auto-Submitted': 'auto-generated',
        ...(mayEnd ? { 'List-Unsubscribe': `<${home}/settings#mail>` } : {}),
      };
      try {
        await transport.sendMail({ ...mail, from, to: { name: '', address: to }, headers });
        return true;
      } catch (error) {
        const { code, responseCode } = error as { code?: string; responseCode?: number };
        if (code === 'EENVELOPE' && responseCode !== undefined && responseCode >= 500) return false;
        throw error;
      }
    },
    close: () => transport.close(),
  };
}
