/** What the file says of itself: once for old readers (Info), once as XMP, both the same. */
import { createHash } from 'node:crypto';
import { type PDFContext, PDFHexString, type PDFRef, PDFString } from '@cantoo/pdf-lib';
import { plain, words } from './objects.ts';

export interface About {
  title: string;
  /** The paper. */
  author: string;
  /** ISO instant; what is made of the same at the same instant is the same file. */
  made: string;
  /** Names what the file shows; `version` which state of it. */
  document: string;
  version: string;
  /** 'press' claims PDF/X-4, in which nothing can be clicked; in a file to read, addresses can be followed. */
  purpose: 'press' | 'reading';
}

const maker = '同稿 Tonggao';

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string) => text.replace(/[&<>]/g, (char) => escapes[char] ?? char);
/** What XML can hold. */
const sound = (text: string) => text.toWellFormed().replace(/\p{Cc}/gu, ' ');

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32);

function uuidOf(text: string): string {
  const hex = digestOf(text);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`];
  return `uuid:${parts.join('-')}-${hex.slice(20, 32)}`;
}

function xmp({ title, author, made, document, version, purpose }: About): string {
  const x4 = purpose === 'press' ? '<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>\n' : '';
  return `<?xpacket begin="\u{feff}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escaped(sound(title))}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>${escaped(sound(author))}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>${made}</xmp:CreateDate>
<xmp:ModifyDate>${made}</xmp:ModifyDate>
<xmp:MetadataDate>${made}</xmp:MetadataDate>
<xmp:CreatorTool>${maker}</xmp:CreatorTool>
<xmpMM:DocumentID>${uuidOf(document)}</xmpMM:DocumentID>
<xmpMM:InstanceID>${uuidOf(`${document} ${version} ${made} ${purpose}`)}</xmpMM:InstanceID>
<xmpMM:VersionID>${escaped(sound(version))}</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Producer>${maker}</pdf:Producer>
<pdf:Trapped>False</pdf:Trapped>
${x4}</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>`;
}

/** Writes Info and the file's ids; gives the catalog's XMP stream. */
export function writeMetadata(context: PDFContext, given: About): PDFRef {
  const about = { ...given, made: `${new Date(given.made).toISOString().slice(0, 19)}Z` };
  const date = PDFString.of(`D:${about.made.replace(/[-:T]/g, '')}`);
  context.trailerInfo.Info = context.register(
    context.obj({
      Title: words(sound(about.title)),
      Author: words(sound(about.author)),
      Creator: words(maker),
      Producer: words(maker),
      CreationDate: date,
      ModDate: date,
      Trapped: 'False',
    }),
  );
  const first = digestOf(about.document);
  const now = digestOf(`${about.document} ${about.version} ${about.made} ${about.purpose}`);
  context.trailerInfo.ID = context.obj([PDFHexString.of(first), PDFHexString.of(now)]);
  return plain(context, Buffer.from(xmp(about)), { Type: 'Metadata', Subtype: 'XML' });
}
