/** What the server's sources may reach: no address that a user wrote, no other program, no code made of text. */
import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, test } from 'vitest';

const files = globSync('{server,shared}/**/*.ts').filter(
  // What only tests run may start servers and compilers.
  (file) => !/\.test\.ts$|\/trial[^/]*\.ts$|\/durability\//.test(file),
);

interface Used {
  modules: string[];
  /** Names that are used and not bound in the file: the runtime's own. */
  globals: string[];
}

const binds = (node: ts.Node) =>
  ts.isVariableDeclaration(node) ||
  ts.isParameter(node) ||
  ts.isBindingElement(node) ||
  ts.isFunctionDeclaration(node) ||
  ts.isImportSpecifier(node) ||
  ts.isImportClause(node);

function read(name: string, source: string): Used {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.ESNext, true);
  const modules: string[] = [];
  const used = new Set<string>();
  const declared = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier))
      modules.push(node.moduleSpecifier.text);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      modules.push(node.arguments[0]?.getText(file).replaceAll(/['"`]/g, '') ?? '');
    if (ts.isIdentifier(node)) {
      const { parent } = node;
      const named = 'name' in parent && parent.name === node;
      if (named && ts.isPropertyAccessExpression(parent)) {
        const of = parent.expression.getText(file);
        if (of === 'globalThis' || of === 'global') used.add(node.text);
      } else if (named && binds(parent)) declared.add(node.text);
      else if (!named) used.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { modules, globals: [...used].filter((name) => !declared.has(name)) };
}

const reaching =
  /^(node:)?(http|https|http2|net|tls|dgram|dns|dns\/promises|child_process|cluster|vm|inspector|repl)$/;
const speaking = ['fetch', 'WebSocket', 'XMLHttpRequest', 'EventSource', 'eval', 'Function'];

/** Everything that reaches out or runs, as `file what`; what is imported for its types alone does not count. */
const found = (name: string, source: string) => {
  const emitted = ts.transpileModule(source, {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ESNext,
      verbatimModuleSyntax: true,
    },
  }).outputText;
  const { modules, globals } = read(name, emitted);
  return [
    ...modules.filter(
      (module) =>
        reaching.test(module) || /playwright|puppeteer|chrom|undici|axios|openid|mailer$/.test(module),
    ),
    ...globals.filter((one) => speaking.includes(one)),
  ].map((what) => `${name} ${what}`);
};

test('the reading sees what it is there to see', () => {
  const planted = `import net from 'node:net';
    import type http from 'node:http';
    const other = { fetch: 1 };
    other.fetch;
    await globalThis.fetch('http://x');
    const made = new Function('return 1');
    await import('undici');`;
  expect(found('planted.ts', planted).toSorted()).toEqual(
    ['planted.ts Function', 'planted.ts fetch', 'planted.ts node:net', 'planted.ts undici'].toSorted(),
  );
  expect(found('planted.ts', 'const { fetch } = ports; fetch(1);')).toEqual([]);
});

test('security rows 14, 15 and 16: the server calls nobody but the paper’s own directory and SMTP server, and starts no program but its own build', () => {
  expect(files.length).toBeGreaterThan(100);
  expect(files.flatMap((file) => found(file, readFileSync(file, 'utf8'))).toSorted()).toEqual([
    // The command asks the server of its own data folder.
    'server/article/recover.ts fetch',
    // Vite, by its own path, with words that nobody else wrote.
    'server/client-files.ts node:child_process',
    // Whether the port is free, before listening on it.
    'server/main.ts node:net',
    // Their addresses are the administrator's configuration.
    'server/notifications/mailer.ts nodemailer',
    'server/people/directory.ts openid-client',
    // Tells a name from a number.
    'server/people/relying-party.ts node:net',
  ]);
});

test('security row 15: no browser comes with the product', () => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    dependencies: Record<string, string>;
  };
  expect(
    Object.keys(dependencies).filter((name) => /playwright|puppeteer|chrom|webkit|gecko/.test(name)),
  ).toEqual([]);
});
