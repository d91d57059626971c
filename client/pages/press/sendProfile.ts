/** Sends the press's profile in place of the one in use. */
import { api } from '../../../shared/api.ts';
import { ApiError, address, type Output, refusal } from '../../api.ts';

/** Throws ApiError. */
export async function sendProfile(file: File): Promise<Output<typeof api.changePress>> {
  const body = new FormData();
  body.append('file', file);
  const { method } = api.changePress;
  const response = await fetch(address(api.changePress, {}), {
    method,
    body,
    credentials: 'same-origin',
  }).catch(() => {
    throw new ApiError('offline');
  });
  if (!response.ok) throw await refusal(response);
  const answer = api.changePress.output.safeParse(await response.json().catch(() => undefined));
  if (!answer.success) throw new ApiError('broken');
  return answer.data;
}
