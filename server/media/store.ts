/** Picture files in the data folder: each written aside, made durable, then put in its place. */
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

type Size = 'print' | 'screen';

export interface PictureStore {
  /** Streams into a file of its own, which `work` may read; it is gone when `work` is done. */
  receive<T>(from: Readable, work: (file: string) => Promise<T>): Promise<T>;
  /** Durable under the id when it resolves. */
  write(id: string, files: Record<Size, Buffer>): Promise<void>;
  /** Null when there is no such file. */
  read(id: string, size: Size): Promise<Buffer | null>;
  remove(id: string): Promise<void>;
}

/** Opens the folder, making it if need be; what an earlier server left half received is removed. */
export async function openPictureStore(folder: string): Promise<PictureStore> {
  const incoming = path.join(folder, 'incoming');
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  for (const left of await readdir(incoming)) await rm(path.join(incoming, left), { recursive: true });

  const aside = () => path.join(incoming, crypto.randomUUID());
  const place = (id: string, size: Size) => path.join(folder, `${id}.${size}`);

  async function writeDurably(file: string, bytes: Buffer) {
    const temporary = aside();
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  }

  async function syncFolder() {
    const handle = await open(folder);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  return {
    async receive(from, work) {
      const file = aside();
      try {
        await pipeline(from, createWriteStream(file, { flags: 'wx', mode: 0o600 }));
        return await work(file);
      } finally {
        await rm(file, { force: true });
      }
    },
    async write(id, files) {
      await writeDurably(place(id, 'print'), files.print);
      await writeDurably(place(id, 'screen'), files.screen);
      await syncFolder();
    },
    async read(id, size) {
      try {
        return await readFile(place(id, size));
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
        throw error;
      }
    },
    async remove(id) {
      await rm(place(id, 'print'), { force: true });
      await rm(place(id, 'screen'), { force: true });
    },
  };
}
