/** Checks who imports whom (docs/architecture.md): reads every module with dependency-cruiser and refuses
 * what the rules forbid. It proves itself first: it must have read every source file there is, and a planted
 * violation must be found. */
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ICruiseResult, IForbiddenRuleType } from 'dependency-cruiser';
import { cruise } from 'dependency-cruiser';

const base = '^shared/base/';
const features = '(checks|comments|notifications|people|pages|media|review|proofs|suggestions|versions)';

const forbidden: IForbiddenRuleType[] = [
  {
    name: 'no-cycles',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'shared-is-alone',
    severity: 'error',
    from: { path: '^shared/' },
    to: { path: '^(client|server|e2e|bench)/' },
  },
  {
    name: 'client-not-server',
    severity: 'error',
    from: { path: '^client/' },
    to: { path: '^(server|e2e|bench)/' },
  },
  {
    name: 'server-not-client',
    severity: 'error',
    from: { path: '^server/' },
    to: { path: '^(client|e2e|bench)/' },
  },
  {
    name: 'shared-is-pure',
    severity: 'error',
    from: { path: '^shared/', pathNot: '\\.test\\.ts$' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'shared-libraries',
    severity: 'error',
    from: { path: '^shared/', pathNot: '\\.test\\.ts$' },
    to: { path: 'node_modules', pathNot: 'node_modules/(yjs|zod|lib0)/' },
  },
  {
    name: 'base-is-lowest',
    severity: 'error',
    from: { path: base },
    to: { path: '^shared/', pathNot: base },
  },
  {
    name: 'manuscript-people-pages-low',
    severity: 'error',
    from: { path: '^shared/(manuscript|people|pages)/', pathNot: '\\.test\\.ts$' },
    to: { path: '^shared/(comments|sync|layout|media|checks|export|import|api)' },
  },
  {
    name: 'what-is-checked-knows-no-check',
    severity: 'error',
    from: { path: '^shared/(comments|review|sync|layout|media)/', pathNot: '\\.test\\.ts$' },
    to: { path: '^shared/(checks|export|import|api)' },
  },
  {
    name: 'live-and-ui-know-no-feature',
    severity: 'error',
    from: { path: '^client/(ui|live|api\\.ts)' },
    to: { path: `^client/(app|article|${features.slice(1, -1)})/` },
  },
  {
    name: 'features-know-no-desk',
    severity: 'error',
    from: { path: `^client/(article|${features.slice(1, -1)})/` },
    to: { path: '^client/app/' },
  },
  {
    name: 'editor-knows-no-feature',
    severity: 'error',
    from: { path: '^client/article/' },
    to: { path: `^client/${features}/` },
  },
  {
    name: 'prosemirror-stays-in-the-editor',
    severity: 'error',
    from: { path: '^client/', pathNot: '^client/article/|/extension\\.ts$|\\.test\\.tsx?$' },
    to: { path: 'node_modules/(@tiptap|prosemirror)', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'server-features-apart-from-main',
    severity: 'error',
    from: { path: '^server/(storage|sync|http\\.ts|log\\.ts)', pathNot: '\\.test\\.ts$' },
    to: {
      path: '^server/(article|checks|comments|media|notifications|pages|people|export|live|operations|proofs|record|review|sample|suggestions|versions|main)',
      pathNot: '/table\\.ts$',
    },
  },
  {
    name: 'tests-stay-out',
    severity: 'error',
    from: { pathNot: '\\.(test|spec|bench)\\.tsx?$|^(e2e|bench)/' },
    to: { path: '\\.(test|spec)\\.tsx?$' },
  },
];

async function read(folders: string[]): Promise<ICruiseResult> {
  const result = await cruise(folders, {
    validate: true,
    ruleSet: { forbidden },
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json'],
      conditionNames: ['import', 'types', 'default'],
    },
  });
  if (typeof result.output === 'string') throw new Error('dependency-cruiser answered with text');
  return result.output;
}

const sources = ['client', 'server', 'shared', 'e2e', 'bench'];
const existing = globSync('{client,server,shared,e2e,bench}/**/*.{ts,tsx}').filter(
  (file) => !file.endsWith('.d.ts') && !file.includes('/node_modules/'),
);

const planted = mkdtempSync(path.join('shared', 'base', 'planted-'));
try {
  writeFileSync(
    path.join(planted, 'wrong.ts'),
    "import fs from 'node:fs';\nimport '../../api.ts';\nexport const a = fs;\n",
  );
  const found = (await read([planted])).summary.violations.map((violation) => violation.rule.name);
  for (const rule of ['shared-is-pure', 'base-is-lowest']) {
    if (!found.includes(rule))
      throw new Error(`the layer check is blind: a planted violation of ${rule} was not found`);
  }
} finally {
  rmSync(planted, { recursive: true });
}

const result = await read(sources.filter((folder) => existing.some((file) => file.startsWith(`${folder}/`))));
const seen = new Set(result.modules.map((module) => module.source));
const missed = existing.filter((file) => !seen.has(file));
if (missed.length > 0) throw new Error(`the layer check did not read: ${missed.join(', ')}`);

for (const violation of result.summary.violations) {
  console.error(`${violation.rule.name}: ${violation.from} → ${violation.to}`);
}
console.log(`layers: ${existing.length} modules, ${result.summary.violations.length} violations`);
process.exitCode = result.summary.violations.length > 0 ? 1 : 0;
