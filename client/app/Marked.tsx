/** Text with the words searched for in vermilion. */

/** The words are taken as they are, never as a pattern. */
export function Marked({ text, words }: { text: string; words: string }) {
  const wanted = words
    .trim()
    .split(/\s+/)
    .filter(Boolean)
    .sort((a, b) => b.length - a.length);
  if (wanted.length === 0) return text;
  const parts: { text: string; hit: boolean }[] = [];
  const low = text.toLowerCase();
  let plainFrom = 0;
  for (let at = 0; at < text.length; ) {
    const hit = wanted.find((word) => low.startsWith(word.toLowerCase(), at));
    if (!hit) {
      at++;
      continue;
    }
    if (at > plainFrom) parts.push({ text: text.slice(plainFrom, at), hit: false });
    parts.push({ text: text.slice(at, at + hit.length), hit: true });
    at += hit.length;
    plainFrom = at;
  }
  parts.push({ text: text.slice(plainFrom), hit: false });
  let place = 0;
  return parts.map((part) => {
    const key = place;
    place += part.text.length + 1;
    return part.hit ? (
      <mark key={key} className="app-found">
        {part.text}
      </mark>
    ) : (
      <span key={key}>{part.text}</span>
    );
  });
}
