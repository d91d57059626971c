/** Draws the two photographs of the sample newsroom, which are the project's own: `node server/sample/draw-photographs.ts`
 * writes them beside this file, the same bytes each time. */
import path from 'node:path';
import sharp from 'sharp';

const width = 1800;
const height = 1200;

function seeded(seed: number) {
  let state = seed >>> 0;
  return (from: number, to: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return from + (state / 2 ** 32) * (to - from);
  };
}
type Random = ReturnType<typeof seeded>;

const n = (value: number) => value.toFixed(1);
const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random(0, list.length))] as T;

interface Figure {
  x: number;
  /** Where the feet stand. */
  foot: number;
  tall: number;
  coat: string;
  dark: string;
  skin: string;
  hair: string;
  turn: 1 | -1;
}

/** Somebody in a winter coat, from the knees up or whole; shaded from one side. */
function person({ x, foot, tall, coat, dark, skin, hair, turn }: Figure): string {
  const h = tall;
  const w = h * 0.29;
  const top = foot - h;
  const headR = h * 0.066;
  const neck = top + headR * 2.1;
  const shoulder = neck + h * 0.035;
  const hip = top + h * 0.56;
  const hem = top + h * 0.62;
  const legs = `<path d="M${n(x - w * 0.28)} ${n(hem - 4)} L${n(x - w * 0.24)} ${n(foot)} L${n(x - w * 0.03)} ${n(foot)} L${n(x)} ${n(hem + h * 0.06)} L${n(x + w * 0.05)} ${n(foot)} L${n(x + w * 0.26)} ${n(foot)} L${n(x + w * 0.28)} ${n(hem - 4)}Z" fill="${dark}"/>`;
  const body = `M${n(x - w * 0.17)} ${n(neck)} Q${n(x - w * 0.47)} ${n(shoulder)} ${n(x - w * 0.45)} ${n(shoulder + h * 0.1)} L${n(x - w * 0.4)} ${n(hip)} Q${n(x - w * 0.38)} ${n(hem)} ${n(x - w * 0.3)} ${n(hem)} L${n(x + w * 0.3)} ${n(hem)} Q${n(x + w * 0.38)} ${n(hem)} ${n(x + w * 0.4)} ${n(hip)} L${n(x + w * 0.45)} ${n(shoulder + h * 0.1)} Q${n(x + w * 0.47)} ${n(shoulder)} ${n(x + w * 0.17)} ${n(neck)}Z`;
  const arm = `M${n(x - turn * w * 0.34)} ${n(shoulder + h * 0.03)} Q${n(x - turn * w * 0.52)} ${n(shoulder + h * 0.16)} ${n(x - turn * w * 0.34)} ${n(shoulder + h * 0.27)} L${n(x + turn * w * 0.08)} ${n(shoulder + h * 0.22)}`;
  return `<g>${legs}<path d="${body}" fill="${coat}"/>
<path d="${body}" fill="url(#${turn > 0 ? 'shadeRight' : 'shadeLeft'})"/>
<path d="${arm}" fill="none" stroke="${coat}" stroke-width="${n(w * 0.2)}" stroke-linecap="round" stroke-linejoin="round"/>
<path d="${arm}" fill="none" stroke="#000" stroke-opacity=".16" stroke-width="${n(w * 0.2)}" stroke-linecap="round" stroke-linejoin="round"/>
<circle cx="${n(x + turn * w * 0.1)}" cy="${n(shoulder + h * 0.22)}" r="${n(headR * 0.42)}" fill="${skin}"/>
<rect x="${n(x - headR * 0.42)}" y="${n(top + headR * 1.5)}" width="${n(headR * 0.84)}" height="${n(headR * 1.1)}" fill="${skin}"/>
<ellipse cx="${n(x)}" cy="${n(top + headR * 1.05)}" rx="${n(headR * 0.86)}" ry="${n(headR * 1.08)}" fill="${skin}"/>
<path d="M${n(x - headR * 0.98)} ${n(top + headR * 1.1)} Q${n(x - headR)} ${n(top - headR * 0.2)} ${n(x)} ${n(top - headR * 0.22)} Q${n(x + headR)} ${n(top - headR * 0.2)} ${n(x + headR * 0.98)} ${n(top + headR * 1.1)} Q${n(x + turn * headR * 0.5)} ${n(top + headR * 0.28)} ${n(x - turn * headR * 0.98)} ${n(top + headR * 1.1)}Z" fill="${hair}"/></g>`;
}

const shades = `<linearGradient id="shadeRight" x1="0" x2="1"><stop offset="0" stop-color="#fff" stop-opacity=".13"/><stop offset=".45" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".42"/></linearGradient>
<linearGradient id="shadeLeft" x1="1" x2="0"><stop offset="0" stop-color="#fff" stop-opacity=".13"/><stop offset=".45" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".42"/></linearGradient>`;

const svg = (body: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${body}</svg>`;

/** A village fair under the first secretary's banner: stalls of vegetables and fruit in winter sun. */
function fair(): string {
  const random = seeded(20261123);
  const trees = Array.from({ length: 9 }, (_, i) => {
    const x = i * 230 + random(-60, 60);
    const crown = Array.from({ length: 26 }, () => {
      const r = random(34, 92);
      return `<circle cx="${n(x + random(-130, 130))}" cy="${n(random(120, 420))}" r="${n(r)}" fill="${pick(random, ['#7a8457', '#8d8f5a', '#a3905a', '#66754d', '#b39a5e'])}" fill-opacity=".75"/>`;
    }).join('');
    return `<rect x="${n(x - 9)}" y="330" width="18" height="330" fill="#5b5145"/>${crown}`;
  }).join('');
  const houses = Array.from({ length: 6 }, (_, i) => {
    const x = i * 320 - 60;
    const top = 330 + random(-40, 40);
    const windows = Array.from({ length: 8 }, (_, k) => {
      const wx = x + 30 + (k % 4) * 62;
      const wy = top + 60 + Math.floor(k / 4) * 100;
      return `<rect x="${n(wx)}" y="${n(wy)}" width="38" height="56" fill="#7c8a93"/><rect x="${n(wx)}" y="${n(wy)}" width="38" height="20" fill="#a9b8bf"/>`;
    }).join('');
    return `<rect x="${n(x)}" y="${n(top)}" width="296" height="380" fill="${pick(random, ['#cfc6b4', '#d8cdbb', '#c4b8a4'])}"/><path d="M${n(x - 14)} ${n(top)} L${n(x + 148)} ${n(top - 60)} L${n(x + 310)} ${n(top)}Z" fill="#8c5b4a"/>${windows}`;
  }).join('');
  const goods = (x: number, y: number, w: number, kind: number): string => {
    const colours = [
      ['#b8322a', '#d4503a', '#9c241f', '#e0714f'],
      ['#7fa052', '#9fbb69', '#5f8240', '#c4d39a'],
      ['#e0902e', '#f0ad4c', '#c9761d', '#f4c273'],
      ['#ede6d2', '#d9cfb4', '#f6f1e3', '#c2b58f'],
      ['#7a4a8a', '#935fa3', '#5f376c', '#ad80ba'],
    ][kind % 5] as string[];
    let out = '';
    for (let row = 0; row < 5; row += 1)
      for (let k = 0; k < w / 24 - row; k += 1) {
        const r = random(13, 18);
        const cx = x + 16 + row * 11 + k * 24 + random(-4, 4);
        const cy = y - row * 15 + random(-4, 4);
        out += `<circle cx="${n(cx)}" cy="${n(cy)}" r="${n(r)}" fill="${pick(random, colours)}"/><circle cx="${n(cx - r * 0.3)}" cy="${n(cy - r * 0.35)}" r="${n(r * 0.34)}" fill="#fff" fill-opacity=".28"/>`;
      }
    return out;
  };
  const skins = ['#d9a583', '#cf9874', '#e0b08e', '#c58d69'];
  const hairs = ['#1f1a18', '#2b2420', '#4a4541', '#7d7873'];
  const coats = ['#a8342d', '#2f4a6b', '#3d5446', '#6d4a3a', '#49454f', '#b9893f', '#7d2f4a', '#8a8d90'];
  const someone = (x: number, foot: number, tall: number): string =>
    person({
      ...{ x, foot, tall, coat: pick(random, coats), dark: '#2c2d33', skin: pick(random, skins) },
      ...{ hair: pick(random, hairs), turn: random(0, 1) > 0.5 ? 1 : -1 },
    });
  const behind = Array.from({ length: 17 }, (_, i) =>
    someone(60 + i * 108 + random(-30, 30), 830, random(285, 330)),
  ).join('');
  const sellers = Array.from({ length: 7 }, (_, i) =>
    someone(150 + i * 255 + random(-30, 30), 980, random(430, 470)),
  ).join('');
  const stalls = Array.from({ length: 4 }, (_, i) => {
    const x = -40 + i * 480;
    const legs = `<rect x="${x + 20}" y="880" width="14" height="260" fill="#6f6455"/><rect x="${x + 430}" y="880" width="14" height="260" fill="#6f6455"/>`;
    const cloth = `<path d="M${x} 860 L${x + 460} 860 L${x + 470} 1040 Q${x + 235} 1058 ${x - 10} 1040Z" fill="${i % 2 ? '#a92f29' : '#b63a30'}"/><path d="M${x} 860 L${x + 460} 860 L${x + 470} 1040 Q${x + 235} 1058 ${x - 10} 1040Z" fill="url(#cloth)"/>`;
    const trays = [0, 1, 2].map((k) => {
      const tx = x + 14 + k * 150;
      return `<path d="M${tx} 862 L${tx + 134} 862 L${tx + 122} 816 L${tx + 12} 816Z" fill="#8b6b43"/>${goods(tx, 832, 128, i * 3 + k + (i % 2))}<path d="M${tx} 872 L${tx + 134} 872 L${tx + 134} 842 L${tx} 842Z" fill="#a07d50"/><path d="M${tx} 857 H${tx + 134}" stroke="#7d5f38" stroke-width="3"/>`;
    });
    return legs + cloth + trays.join('');
  }).join('');
  const front = [240, 700, 1130, 1560]
    .map((x, i) => someone(x + random(-40, 40), 1330 + i * 6, random(640, 700)))
    .join('');
  return svg(`<defs>${shades}
<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#a9c3d6"/><stop offset="1" stop-color="#e9e6da"/></linearGradient>
<linearGradient id="ground" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#b3aa9b"/><stop offset="1" stop-color="#7f776b"/></linearGradient>
<linearGradient id="cloth" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#fff" stop-opacity=".12"/><stop offset="1" stop-color="#000" stop-opacity=".35"/></linearGradient>
<radialGradient id="sun" cx=".12" cy=".05" r="1.1"><stop offset="0" stop-color="#fff3d0" stop-opacity=".55"/><stop offset=".6" stop-color="#fff3d0" stop-opacity="0"/></radialGradient>
<filter id="far"><feGaussianBlur stdDeviation="7"/></filter><filter id="mid"><feGaussianBlur stdDeviation="3"/></filter><filter id="near"><feGaussianBlur stdDeviation="5"/></filter></defs>
<rect width="${width}" height="${height}" fill="url(#sky)"/>
<g filter="url(#far)">${houses}${trees}</g>
<rect y="690" width="${width}" height="510" fill="url(#ground)"/>
<g filter="url(#mid)">${behind}
<rect x="210" y="330" width="1380" height="112" fill="#b3271f"/><rect x="210" y="330" width="1380" height="112" fill="url(#cloth)"/>
<text x="900" y="410" text-anchor="middle" font-family="Noto Sans SC, Noto Sans CJK SC, sans-serif" font-weight="700" font-size="70" letter-spacing="18" fill="#f7e3a4">第一书记助农大集</text>
<rect x="196" y="300" width="12" height="560" fill="#77716a"/><rect x="1592" y="300" width="12" height="560" fill="#77716a"/></g>
${sellers}${stalls}
<g filter="url(#near)">${front}</g>
<rect width="${width}" height="${height}" fill="url(#sun)"/>`);
}

/** A clothing market's lane after dark: lamps on strings, lit stalls, people walking on wet stone. */
function night(): string {
  const random = seeded(1995);
  const centre = 900;
  const horizon = 520;
  const lights: string[] = [];
  for (let string = 0; string < 8; string += 1) {
    const depth = 1 - string / 9;
    const half = 130 + 900 * depth * depth;
    const y = horizon - 60 - 420 * depth * depth;
    const bulbs = 13;
    for (let k = 0; k <= bulbs; k += 1) {
      const t = k / bulbs;
      const x = centre - half + 2 * half * t;
      const sag = Math.sin(Math.PI * t) * 70 * depth;
      const r = 3 + 10 * depth;
      lights.push(
        `<circle cx="${n(x)}" cy="${n(y + sag)}" r="${n(r * 5)}" fill="url(#glow)" fill-opacity=".8"/><circle cx="${n(x)}" cy="${n(y + sag)}" r="${n(r)}" fill="#fff2cf"/>`,
      );
    }
  }
  const stalls: string[] = [];
  for (const side of [-1, 1] as const)
    for (let k = 5; k >= 0; k -= 1) {
      const near = 1 / (1 + k * 0.62);
      const far = 1 / (1 + (k + 0.86) * 0.62);
      const at = (d: number, across: number, up: number) =>
        [centre + side * across * d, horizon + (680 - up) * d] as const;
      const quad = (
        a: readonly [number, number],
        b: readonly [number, number],
        c: readonly [number, number],
        d: readonly [number, number],
        fill: string,
        more = '',
      ) =>
        `<path d="M${[a, b, c, d].map(([x, y]) => `${n(x)} ${n(y)}`).join(' L')}Z" fill="${fill}" ${more}/>`;
      const wall = 640;
      const lit = pick(random, ['#f6c777', '#ffd894', '#f2b866', '#ffe1ac']);
      stalls.push(
        quad(at(near, wall, 0), at(far, wall, 0), at(far, wall, 560), at(near, wall, 560), '#2a2430'),
      );
      stalls.push(
        quad(
          at(near, wall - 4, 60),
          at(far, wall - 4, 60),
          at(far, wall - 4, 430),
          at(near, wall - 4, 430),
          lit,
          'filter="url(#soft)"',
        ),
      );
      for (let c = 0; c < 11; c += 1) {
        const d = near + (far - near) * ((c + 0.5) / 11);
        const [x, y] = at(d, wall - 10, 380);
        const tall = random(150, 215) * d;
        const broad = 52 * d * 0.8;
        const colour = pick(random, [
          '#8c1f2b',
          '#1f3b63',
          '#d9d2c5',
          '#31513f',
          '#b98a3b',
          '#5b2a52',
          '#20222a',
          '#c46a57',
          '#77879a',
        ]);
        stalls.push(
          `<path d="M${n(x - broad * 0.3)} ${n(y)} Q${n(x)} ${n(y - 14 * d)} ${n(x + broad * 0.3)} ${n(y)} L${n(x + broad * 0.62)} ${n(y + tall * 0.24)} L${n(x + broad * 0.46)} ${n(y + tall)} L${n(x - broad * 0.46)} ${n(y + tall)} L${n(x - broad * 0.62)} ${n(y + tall * 0.24)}Z" fill="${colour}"/>`,
        );
      }
      const red = k % 2 === 0;
      stalls.push(
        quad(
          at(near, wall - 150, 452),
          at(far, wall - 150, 452),
          at(far, wall, 560),
          at(near, wall, 560),
          red ? '#9c2b2b' : '#c9b28a',
        ),
      );
      stalls.push(
        quad(
          at(near, wall - 150, 412),
          at(far, wall - 150, 412),
          at(far, wall - 150, 452),
          at(near, wall - 150, 452),
          red ? '#7a1f22' : '#a68d64',
        ),
      );
      stalls.push(
        quad(
          at(near, wall - 60, 590),
          at(far, wall - 60, 590),
          at(far, wall - 60, 690),
          at(near, wall - 60, 690),
          pick(random, ['#ffcf6b', '#ff8f6b', '#9fd8ff', '#ffe7b0']),
          'filter="url(#soft)"',
        ),
      );
    }
  const people: Figure[] = [];
  for (let k = 0; k < 46; k += 1) {
    const d = random(0.2, 0.98);
    const rim = pick(random, ['#3a2f3a', '#4b2e2c', '#27303f', '#5a4632', '#33393a', '#6a2f35', '#7c6a55']);
    people.push({
      ...{ x: centre + random(-520, 520) * d, foot: horizon + 640 * d + 20, tall: 455 * d + 20, coat: rim },
      ...{ dark: '#17161c', skin: '#c48c62', hair: '#120f10', turn: random(0, 1) > 0.5 ? 1 : -1 },
    });
  }
  people.sort((a, b) => a.foot - b.foot);
  const crowd = people.map((one) => {
    const shadow = `<ellipse cx="${n(one.x)}" cy="${n(one.foot + 3)}" rx="${n(one.tall * 0.16)}" ry="${n(one.tall * 0.025)}" fill="#000" fill-opacity=".55"/>`;
    const reflection = `<g transform="translate(0 ${n(2 * one.foot)}) scale(1 -1)" opacity=".13">${person(one)}</g>`;
    return shadow + reflection + person(one);
  });
  const puddles = Array.from({ length: 240 }, () => {
    const d = random(0.12, 1);
    const y = horizon + 680 * d;
    const x = centre + random(-760, 760) * d;
    return `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(random(10, 70) * d)}" ry="${n(random(2, 6) * d)}" fill="${pick(random, ['#ffca7a', '#ffdca5', '#ff9c6e', '#ffe9c4'])}" fill-opacity="${n(random(0.06, 0.3) * 10).slice(0, 3)}" opacity=".16"/>`;
  }).join('');
  const stars = Array.from({ length: 50 }, (_, i) => {
    const x = 560 + (i % 10) * 72 + random(-6, 6);
    const y = 250 + Math.floor(i / 10) * 46;
    return random(0, 1) > 0.35
      ? `<rect x="${n(x)}" y="${n(y)}" width="22" height="26" fill="${pick(random, ['#ffd48a', '#f0b45f', '#ffe4b3'])}" fill-opacity=".75"/>`
      : '';
  }).join('');
  return svg(`<defs>${shades}
<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#0d1730"/><stop offset=".75" stop-color="#3c3350"/><stop offset="1" stop-color="#8a5650"/></linearGradient>
<linearGradient id="stone" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#6d5140"/><stop offset=".4" stop-color="#4a3a35"/><stop offset="1" stop-color="#211c20"/></linearGradient>
<radialGradient id="glow"><stop offset="0" stop-color="#ffdb94" stop-opacity=".9"/><stop offset=".25" stop-color="#ffc267" stop-opacity=".35"/><stop offset="1" stop-color="#ffb04d" stop-opacity="0"/></radialGradient>
<radialGradient id="warm" cx=".5" cy=".45" r=".65"><stop offset="0" stop-color="#ffcf88" stop-opacity=".38"/><stop offset="1" stop-color="#ffcf88" stop-opacity="0"/></radialGradient>
<radialGradient id="edge" cx=".5" cy=".5" r=".75"><stop offset=".55" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".6"/></radialGradient>
<filter id="soft"><feGaussianBlur stdDeviation="4"/></filter><filter id="far"><feGaussianBlur stdDeviation="5"/></filter></defs>
<rect width="${width}" height="${height}" fill="url(#sky)"/>
<g filter="url(#far)"><rect x="520" y="210" width="760" height="330" fill="#221f30"/>${stars}<rect x="690" y="150" width="420" height="70" fill="#c2402f"/><rect x="690" y="150" width="420" height="70" fill="#ff9a62" fill-opacity=".5"/></g>
<path d="M${centre - 130} ${horizon} L${centre + 130} ${horizon} L${width + 400} ${height} L-400 ${height}Z" fill="url(#stone)"/>
${puddles}${stalls.join('')}
<g>${crowd.join('')}</g>
<g>${lights.join('')}</g>
<rect width="${width}" height="${height}" fill="url(#warm)"/><rect width="${width}" height="${height}" fill="url(#edge)"/>`);
}

/** Grain, as of film, so that flat colour does not look drawn. */
async function develop(drawing: string, name: string) {
  const random = seeded(7);
  const grain = Buffer.alloc(width * height);
  for (let i = 0; i < grain.length; i += 1)
    grain[i] = 128 + (random(-1, 1) + random(-1, 1) + random(-1, 1)) * 13;
  const film = await sharp(grain, { raw: { width, height, channels: 1 } })
    .blur(0.6)
    .png()
    .toBuffer();
  await sharp(Buffer.from(drawing))
    .flatten({ background: '#888' })
    .composite([{ input: film, blend: 'soft-light' }])
    .blur(0.5)
    .jpeg({ quality: 82, mozjpeg: true })
    .toFile(path.join(import.meta.dirname, name));
}

await develop(fair(), 'photograph-a.jpg');
await develop(night(), 'photograph-b.jpg');
