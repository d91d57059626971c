/** What Prometheus reads at /metrics (S14): counted where it happens, read off when asked. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { closeCodes } from '../../shared/sync/protocol.ts';
import type { SyncFigures, SyncMeter } from '../sync/ports.ts';
import { version } from './version.ts';

/** What is read off at the moment of asking. */
export interface Figures extends SyncFigures {
  /** Bytes free on the data folder's disk; NaN when that cannot be told. */
  freeBytes: number;
}

export interface Metrics {
  /** For sync to count on. */
  meter: SyncMeter;
  answered(status: number): void;
  signInFailed(): void;
  /** `seconds` are how long it took, where that is known. */
  backedUp(at: Date, seconds?: number): void;
  notBackedUp(): void;
  mailed(outcome: 'sent' | 'failed'): void;
  /** The text, and what it is. */
  read(figures: Figures): Promise<{ type: string; text: string }>;
}

/** Seconds of an append: an fsync of a good disk takes about one thousandth, of a bad one many hundredths. */
const commitBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const statusClasses = ['1xx', '2xx', '3xx', '4xx', '5xx'] as const;

export function openMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string) => new Gauge({ name: `tonggao_${name}`, help, registers });
  const counter = (name: string, help: string) => new Counter({ name: `tonggao_${name}`, help, registers });

  const commits = new Histogram({
    name: 'tonggao_commit_seconds',
    help: 'From handing updates to the log until they are on disk.',
    buckets: commitBuckets,
    registers,
  });
  const updates = counter('committed_updates_total', 'Updates written to the log.');
  const failedCommits = counter('commit_failures_total', 'Groups of updates that could not be written.');
  const oldest = gauge('oldest_unsaved_seconds', 'Age of the oldest edit received and not yet settled.');
  const documents = gauge('documents_open', 'Documents in memory.');
  const sockets = gauge('sockets_open', 'Open sockets on documents.');
  const buffered = gauge('socket_buffered_bytes', 'Bytes handed to sockets that the network has not taken.');
  const refused = new Counter({
    name: 'tonggao_sockets_refused_total',
    help: 'Sockets that the server closed, by reason.',
    labelNames: ['reason'],
    registers,
  });
  const requests = new Counter({
    name: 'tonggao_http_requests_total',
    help: 'Answered HTTP requests, by class of status.',
    labelNames: ['class'],
    registers,
  });
  const signIns = counter('sign_in_failures_total', 'Attempts to sign in that were refused.');
  const free = gauge('disk_free_bytes', 'Bytes free on the disk of the data folder.');
  const backupAt = gauge(
    'backup_last_timestamp_seconds',
    'When the last automatic backup was made; 0 for none.',
  );
  const backupTook = gauge('backup_last_duration_seconds', 'How long the last automatic backup took.');
  const failedBackups = counter('backup_failures_total', 'Automatic backups that failed.');
  const mails = new Counter({
    name: 'tonggao_mails_total',
    help: 'Notices handed to the SMTP server as mails, or not taken by it.',
    labelNames: ['outcome'],
    registers,
  });
  const info = new Gauge({ name: 'tonggao_info', help: 'Always 1.', labelNames: ['version'], registers });

  // A series that is there from the start can be told from one that nobody counts.
  for (const reason of Object.keys(closeCodes)) refused.inc({ reason }, 0);
  for (const status of statusClasses) requests.inc({ class: status }, 0);
  for (const outcome of ['sent', 'failed']) mails.inc({ outcome }, 0);
  info.set({ version }, 1);

  return {
    meter: {
      committed(seconds, rows) {
        commits.observe(seconds);
        updates.inc(rows);
      },
      notCommitted: () => failedCommits.inc(),
      refused: (reason) => refused.inc({ reason }),
    },
    answered(status) {
      requests.inc({ class: statusClasses[Math.floor(status / 100) - 1] ?? '5xx' });
    },
    signInFailed: () => signIns.inc(),
    backedUp(at, seconds) {
      backupAt.set(at.getTime() / 1000);
      if (seconds !== undefined) backupTook.set(seconds);
    },
    notBackedUp: () => failedBackups.inc(),
    mailed: (outcome) => mails.inc({ outcome }),
    async read(figures) {
      documents.set(figures.documents);
      sockets.set(figures.sockets);
      buffered.set(figures.bufferedBytes);
      oldest.set(figures.oldestUnsavedSeconds);
      free.set(figures.freeBytes);
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}
