// A step of each kind that speaks of a step named `first-look` wherever a step can be spoken of.
const common = { title: 'T', needs: ['first-look.yes'], onFailure: { fallback: 'first-look' } }

export const KIND_STEPS = [
  { ...common, name: 'w', kind: 'worker', text: 'first_look.text', options: { focus: { from: 'first_look.a' } } },
  { ...common, name: 'm', kind: 'map', over: 'first_look.items', options: { focus: { from: 'first_look.a' } } },
  { ...common, name: 'j', kind: 'join', from: 'first_look' },
  { ...common, name: 'c', kind: 'condition', if: "size(first_look.holds) > 0 && other.first_look == 'first_look'" },
  {
    ...common,
    name: 'v',
    kind: 'validate',
    checks: [{ check: 'numbers_preserved', of: 'first_look.a', from: 'first_look.b' }],
  },
  { ...common, name: 'p', kind: 'approval', show: ['input.text', 'first_look.a'] },
  { ...common, name: 's', kind: 'wait', seconds: 1 },
  { ...common, name: 'h', kind: 'webhook', body: 'first_look' },
  { ...common, name: 'f', kind: 'workflow', text: 'first_look.text' },
]
