import type { Answer } from './answers.ts';
import { failed, type Reply, type Trouble } from './board.ts';
import type { Result } from './loader.ts';
import { words } from './words.ts';

/** What was asked for, of an answer that may hold something else. */
export function read<T>(reply: Reply, take: (answer: Answer) => T | undefined): Result<T> {
  if (reply.kind === 'cancelled' || reply.kind === 'failed') {
    return reply;
  }

  const value = reply.kind === 'answer' ? take(reply.answer) : undefined;
  return value === undefined ? (failed(words.notUnderstood) as { kind: 'failed'; trouble: Trouble }) : { kind: 'value', value };
}
