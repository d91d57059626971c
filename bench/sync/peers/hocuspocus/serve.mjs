/** Runs Hocuspocus with its SQLite extension, both as they come, on HOST and PORT with its file in DATA_DIR. */
import path from 'node:path';
import { SQLite } from '@hocuspocus/extension-sqlite';
import { Server } from '@hocuspocus/server';

const server = new Server({
  address: process.env.HOST,
  port: Number(process.env.PORT),
  quiet: true,
  extensions: [new SQLite({ database: path.join(process.env.DATA_DIR, 'hocuspocus.db') })],
});
await server.listen();
