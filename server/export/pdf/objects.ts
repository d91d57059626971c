/** Makes the PDF's objects: compressed streams and strings, always to the same bytes. */
import { deflateSync } from 'node:zlib';
import { type PDFContext, PDFHexString, PDFRawStream, type PDFRef, PDFString } from '@cantoo/pdf-lib';

type Literals = Parameters<PDFContext['stream']>[1];

/** Registers a stream packed by zlib. */
export function packed(context: PDFContext, bytes: Uint8Array | string, dict: Literals = {}): PDFRef {
  const raw = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
  const contents = deflateSync(raw, { level: 7 });
  return context.register(
    PDFRawStream.of(
      context.obj({ ...dict, Filter: 'FlateDecode', Length: contents.length }),
      new Uint8Array(contents),
    ),
  );
}

/** Registers a stream as it is. */
export function plain(context: PDFContext, contents: Uint8Array, dict: Literals): PDFRef {
  return context.register(
    PDFRawStream.of(context.obj({ ...dict, Length: contents.length }), new Uint8Array(contents)),
  );
}

/** A text string: letters as they are, everything else in UTF-16. */
export const words = (text: string) =>
  /^[\x20-\x7e]*$/.test(text) ? PDFString.of(text.replace(/[\\()]/g, '\\$&')) : PDFHexString.fromText(text);

/** A number as a PDF takes it: at most four decimals, never an exponent. */
export function num(value: number): string {
  const rounded = Math.round(value * 10_000) / 10_000;
  return String(Object.is(rounded, -0) ? 0 : rounded);
}
