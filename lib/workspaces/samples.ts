// Fictional documents that a newcomer can try each worker on; free to use.
import samples from './samples.json' with { type: 'json' }

export type Sample = {
  id: string
  title: string
  language: string
  /** Names of the workers that it shows best. */
  suits: string[]
  text: string
}

export const SAMPLES: readonly Sample[] = samples

/** The document that all six workers read on the first start. */
export const FIRST_SAMPLE: Sample = sampleNamed('support-ticket')

/** The sample that shows a worker best. */
export function sampleFor(worker: string): Sample {
  return SAMPLES.find((sample) => sample.suits.includes(worker)) ?? FIRST_SAMPLE
}

function sampleNamed(id: string): Sample {
  const sample = SAMPLES.find((candidate) => candidate.id === id)
  if (!sample) throw new Error(`There is no sample ${id}.`)
  return sample
}
