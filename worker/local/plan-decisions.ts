// Where a person is asked, and on what condition: as the goal and the kind of text call for it.
import type { PlanStep } from '#lib/workers/plan-shape.ts'
import type { Kind } from './goal.ts'
import type { PlanFacts } from './plan-facts.ts'

type Approval = Extract<PlanStep, { kind: 'approval' }>
type Decision = {
  /** In CEL, with the steps that it reads; null = a person is always asked. */
  on: { title: string; if: string; reads: string; way: 'yes' | 'no' } | null
  title: string
  question: string
  approvers?: Approval['approvers']
  fields?: Approval['fields']
}

const SEVERE = {
  title: 'Is a risk severe?',
  if: "read.risks.exists(r, r.severity == 'high') || size(read.risks) > 4",
  reads: 'read',
  way: 'yes',
} as const

const DECISIONS: Partial<Record<Kind, Decision>> = {
  appeal: {
    on: null,
    title: 'Go on with the appeal?',
    question: 'Are facts, deadline and open questions right, so that the next letter can be written from them?',
    fields: [{ name: 'next', title: 'What happens next', choices: [], required: false }],
  },
  contract: {
    on: SEVERE,
    title: 'Sign, change or refuse?',
    question: 'Can this contract be signed as it is?',
    approvers: 'admins',
    fields: [{ name: 'changes', title: 'Changes to ask for', choices: [], required: false }],
  },
  fraud: {
    on: {
      title: 'Hold the payment?',
      if: 'size(read.risks) > 0',
      reads: 'read',
      way: 'yes',
    },
    title: 'Stop or release the payment?',
    question: 'Release the payment?',
    approvers: 'admins',
    fields: [{ name: 'checked', title: 'How it was checked', choices: [], required: true }],
  },
  finance: {
    on: SEVERE,
    title: 'Look at the severe risks',
    question: 'Are the risks right, and is this fit to be passed on?',
    fields: [{ name: 'rating', title: 'Proposed rating', choices: ['Keep', 'Watch', 'Downgrade'], required: false }],
  },
  medical: {
    on: {
      title: 'Is the specialty clear?',
      if: "topic.category != null && topic.confidence != 'low'",
      reads: 'topic',
      way: 'no',
    },
    title: 'Ask a clinician',
    question: 'The note fits no specialty clearly. Who takes the patient?',
    fields: [{ name: 'specialty', title: 'Specialty', choices: [], required: true }],
  },
  support: {
    on: {
      title: 'Angry or urgent?',
      if: "tone.label == 'negative' && (tone.urgency == 'high' || tone.confidence != 'low')",
      reads: 'tone',
      way: 'yes',
    },
    title: 'Who calls back?',
    question: 'The customer is angry or in a hurry. Take it over and call back.',
    fields: [{ name: 'owner', title: 'Who calls', choices: [], required: false }],
  },
  feedback: {
    on: { title: 'Mostly bad news?', if: "tone.label == 'negative'", reads: 'tone', way: 'yes' },
    title: 'Has the team seen it?',
    question: 'The feedback is mostly negative. Confirm that the team has seen it.',
    fields: [{ name: 'next', title: 'What happens next', choices: [], required: false }],
  },
  minutes: {
    on: { title: 'Is there something to do?', if: 'size(read.actions) > 0', reads: 'read', way: 'no' },
    title: 'Ask the chair',
    question: 'No action was found. Is that right?',
    fields: [{ name: 'actions', title: 'Actions that were agreed', choices: [], required: false }],
  },
}

export function decisionFor(facts: PlanFacts, steps: readonly PlanStep[]): PlanStep[] {
  const { wants, asked, kind } = facts
  if (!wants.has('decide')) return []
  const usual = kind ? DECISIONS[kind.kind] : undefined
  const known = usual && (usual.on === null || steps.some(({ name }) => name === usual.on?.reads)) ? usual : null
  const decision = known ?? { on: null, title: 'Decide', question: 'Is this right, and how do we go on?' }
  const { title, question, approvers = 'members', fields = [] } = decision
  // Whoever asked for a decision is always asked; the kind of a text alone only calls for one where it has to.
  const on = asked.has('decide') || asked.has('foureyes') ? null : decision.on
  const condition: PlanStep[] = on
    ? [
        {
          name: 'check',
          title: on.title,
          reason: 'Because a person is only asked where it matters.',
          kind: 'condition',
          needs: [on.reads],
          onFailure: 'fail',
          if: on.if,
        },
      ]
    : []
  const shown = steps.filter(({ name, kind: own }) => own !== 'map' && name !== 'translation').map(({ name }) => name)
  return [
    ...condition,
    {
      name: 'decision',
      title,
      reason: asked.has('decide')
        ? 'Because you asked for a decision, and that is a person’s.'
        : asked.has('foureyes')
          ? 'Because you asked for a second person.'
          : `Because it is ${kind?.noun ?? 'a text'}, and a person answers for what follows.`,
      kind: 'approval',
      needs: [...(on ? [`check.${on.way}`] : []), ...shown],
      onFailure: 'fail',
      question,
      approvers,
      notSubmitter: asked.has('foureyes'),
      show: [
        ...(shown.includes('summary') ? ['summary.summary'] : []),
        ...(shown.includes('read') ? ['read.risks.text'] : []),
        ...(shown.includes('topic') ? ['topic.reason'] : []),
      ],
      fields,
    },
  ]
}
