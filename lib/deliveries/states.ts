// Calls to other people's servers, as they stand. Pure.
import type { CALL_ERRORS } from '#lib/outbound/outcome.ts'

export const DELIVERY_STATUSES = ['pending', 'delivered', 'failed', 'cancelled'] as const
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number]

export type TryError = { code: (typeof CALL_ERRORS)[number] | 'no_secret'; message: string }

/** One attempt. `status` is null when there was no answer. */
export type Try = { at: string; status: number | null; ms: number; error: TryError | null }

/** Pauses between attempts: six of them within 43 minutes. */
export const BACKOFF_MS: readonly number[] = [5_000, 30_000, 120_000, 600_000, 1_800_000]

/** Sending again changes nothing: where it goes is not allowed, has moved, or is gone for good. */
export function isFinal({ status, error }: Try): boolean {
  return error?.code === 'ssrf_blocked' || error?.code === 'redirected' || status === 410
}
