/** The steps of a review and of a page's proofs, taken as a member takes them: by the button, or from the menu. */
import { expect, type Page } from '@playwright/test';

/** Takes the step that a bar offers, or the one in its menu, and confirms it; `to` is where a return goes. */
export async function step(page: Page, act: string, reason = '', to = '') {
  // A reviewer's 退改… stands below the text, and asks where to and why.
  const direct = page.getByRole('button', { name: act === '退回' ? '退改…' : act, exact: true });
  const menu = page.getByRole('button', { name: /^(其他审稿操作|这一版的校样)$/ });
  const item = page.getByRole('menuitem', { name: act, exact: true });
  const dialog = page.getByRole('dialog', { name: act });
  // What may be done follows what another desk has just done: the step may move while it is looked for.
  await expect(async () => {
    if (await dialog.isVisible()) return;
    if (await direct.isVisible()) await direct.click({ timeout: 5_000 });
    else if (await item.isVisible()) await item.click({ timeout: 5_000 });
    else await menu.click({ timeout: 5_000 });
    await expect(dialog).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  if (to) await dialog.getByRole('radio', { name: to }).check();
  if (reason) await dialog.getByRole('textbox').fill(reason);
  await dialog.getByRole('button', { name: act, exact: true }).click();
  await expect(dialog).toBeHidden();
}
