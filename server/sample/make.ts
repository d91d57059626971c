/** Makes a newsroom in an empty data folder: the sample, or one administrator alone. */
import path from 'node:path';

import type { Member } from '../../shared/api.ts';
import { must } from '../../shared/base/must.ts';
import { fillManuscript } from '../../shared/manuscript/flat.ts';
import { countCharacters, headlineOf, type StoryParagraph } from '../../shared/manuscript/story.ts';
import type { Page } from '../../shared/pages/page.ts';
import { samplePage } from '../../shared/pages/sample.ts';
import { addArticle, freshId } from '../article/articles.ts';
import type { insertPicture, Kept } from '../media/keep.ts';
import { addMember } from '../people/members.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Manuscripts } from '../sync/ports.ts';
import { sampleMembers } from './members.ts';
import { readSampleStories } from './stories.ts';

interface Deps {
  newsroom: Newsroom;
  manuscripts: Manuscripts;
  paper: string;
  now: Date;
}

interface SampleDeps extends Deps {
  /** How pictures are kept is media's own: the files first, then whose they are. */
  keepPicture: (file: string) => Promise<Kept>;
  insertPicture: typeof insertPicture;
  /** How a page is kept is pages' own. */
  insertPage: (newsroom: Newsroom, page: Page) => Promise<unknown>;
}

export async function isEmpty(newsroom: Newsroom): Promise<boolean> {
  return (await newsroom.selectFrom('members').select('id').limit(1).executeTakeFirst()) === undefined;
}

/** An empty newsroom with one administrator. */
export async function makeEmpty({ newsroom, paper, now }: Omit<Deps, 'manuscripts'>): Promise<Member[]> {
  return newsroom.transaction().execute(async (one) => {
    await one.insertInto('settings').values({ key: 'paper', value: paper }).execute();
    return [await addMember(one, { handle: 'admin', name: '管理员', role: 'administrator' }, now)];
  });
}

async function makeManuscript(manuscripts: Manuscripts, paragraphs: StoryParagraph[]) {
  const id = freshId();
  await manuscripts.create(id, (doc) => fillManuscript(doc, paragraphs));
  const story = { article: id, paragraphs };
  return { id, title: '', headline: headlineOf(story), characters: countCharacters(story) };
}

/** The project's own (draw-photographs.ts): the sample's source has the captions alone. */
const photograph = (story: 'a' | 'b') => path.join(import.meta.dirname, `photograph-${story}.jpg`);

function withPhotograph(
  paragraphs: readonly StoryParagraph[],
  { id, width, height }: Kept,
): StoryParagraph[] {
  return paragraphs.map((paragraph) =>
    paragraph.style === 'figure'
      ? { ...paragraph, image: id, width, height, credit: '同稿制图', alt: paragraph.text }
      : paragraph,
  );
}

/** The sample newsroom: everything in SQL comes at once or not at all, after the manuscripts it names. */
export async function makeSample(deps: SampleDeps): Promise<Member[]> {
  const { newsroom, manuscripts, paper, now } = deps;
  const stories = readSampleStories();
  const photographs = {
    a: await deps.keepPicture(photograph('a')),
    b: await deps.keepPicture(photograph('b')),
  };
  const a = await makeManuscript(manuscripts, withPhotograph(stories.a, photographs.a));
  const b = await makeManuscript(manuscripts, withPhotograph(stories.b, photographs.b));
  return newsroom.transaction().execute(async (one) => {
    await one.insertInto('settings').values({ key: 'paper', value: paper }).execute();
    const members: Member[] = [];
    for (const [index, member] of sampleMembers.entries()) {
      members.push(await addMember(one, member, new Date(now.getTime() + index)));
    }
    const named = (handle: string) =>
      must(
        members.find((member) => member.handle === handle),
        handle,
      );
    await addArticle(one, { ...a, people: [named('zongzhaoyang')] }, now);
    await addArticle(one, { ...b, people: [named('zhangxiaoyan'), named('chengjianzheng')] }, now);
    const at = { member: named('zhangxiaoyan').id, at: now };
    await deps.insertPicture(one, photographs.a, { ...at, article: a.id });
    await deps.insertPicture(one, photographs.b, { ...at, article: b.id });
    const page = samplePage({
      id: freshId(),
      articleA: a.id,
      articleB: b.id,
      date: now.toISOString().slice(0, 10),
      number: 'A03',
      section: '要闻',
      paper,
      credits: {
        editor: named('editor').name,
        designer: named('designer').name,
        proofreader: named('proof1').name,
      },
    });
    await deps.insertPage(one, page);
    return members;
  });
}
