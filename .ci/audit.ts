/** The dependency audit. Alone, without a network: pins, checksums, licences and installation scripts. With
 * `--ask` it asks the registry for known holes in what runs in production; high and critical ones fail. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dependencyFindings, type Lockfile, type Manifest } from './dependencies.ts';

const read = <T>(file: string) => JSON.parse(readFileSync(file, 'utf8')) as T;

function fail(findings: string[]) {
  for (const finding of findings) console.error(finding);
  if (findings.length > 0) process.exitCode = 1;
}

interface Report {
  auditReportVersion?: number;
  vulnerabilities?: Record<string, { severity: string; range: string; via: (string | { title?: string })[] }>;
  message?: string;
}

function parsed(text: string): Report {
  try {
    return JSON.parse(text) as Report;
  } catch {
    return {};
  }
}

/** A registry that cannot be asked is no finding, and no clean bill either: it is said. */
function askAdvisories() {
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--audit-level=high', '--json'], {
    encoding: 'utf8',
    timeout: 120_000,
  });
  const report = parsed(stdout ?? '');
  if (report.auditReportVersion === undefined) {
    console.log(`advisories: NOT ASKED, the registry did not answer (${report.message ?? 'no answer'})`);
    return;
  }
  const all = Object.entries(report.vulnerabilities ?? {});
  const grave = all.filter(([, { severity }]) => severity === 'high' || severity === 'critical');
  fail(
    grave.map(([name, { severity, range, via }]) => {
      const titles = via.map((one) => (typeof one === 'string' ? one : (one.title ?? '')));
      return `${severity}: ${name} ${range}: ${titles.join('; ')}`;
    }),
  );
  console.log(`advisories: ${all.length} known, ${grave.length} of them high or critical`);
}

if (process.argv.includes('--ask')) {
  askAdvisories();
} else {
  const lockfile = read<Lockfile>('package-lock.json');
  const findings = dependencyFindings(read<Manifest>('package.json'), lockfile);
  fail(findings);
  console.log(
    `dependencies: ${Object.keys(lockfile.packages).length - 1} locked, ${findings.length} findings`,
  );
}
