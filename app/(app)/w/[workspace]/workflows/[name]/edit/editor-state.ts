// What the editor holds: the definition, the text it was typed as, the selected step, and the way back and forth. Pure.
import { type DraftEdit, edited } from '#lib/workflows/draft/edit.ts'
import { type Draft, stepsOf } from '#lib/workflows/draft/read.ts'
import type { ReadDraft } from '#lib/workflows/stored/yaml-draft.ts'

export type Snapshot = {
  draft: Draft
  /** As typed in the YAML view; null when the draft was changed in another one. */
  text: string | null
  /** What keeps the text from being read; the draft is then that of the last text that could be. */
  problem: { message: string; line: number | null } | null
  /** Its place among the steps. */
  selected: number | null
}

type Past = { was: Snapshot; what: string }

export type EditorState = {
  now: Snapshot
  past: readonly Past[]
  future: readonly Past[]
  /** The field that is being typed in: until it is left, all of it is one step back. */
  typing: string | null
}

export type EditorAction =
  | { do: 'edit'; edit: DraftEdit }
  /** In the YAML view, with what the text says. */
  | { do: 'type'; text: string; read: ReadDraft }
  | { do: 'select'; index: number | null }
  /** The field was left. */
  | { do: 'settle' }
  | { do: 'undo' | 'redo' }

const MOST_BACK = 200

export function beginWith(draft: Draft): EditorState {
  return { now: { draft, text: null, problem: null, selected: null }, past: [], future: [], typing: null }
}

export function editorReducer(state: EditorState, action: EditorAction): EditorState {
  switch (action.do) {
    case 'edit':
      return change(state, action.edit)
    case 'type': {
      if (action.text === state.now.text) return state
      const { read } = action
      const next: Snapshot =
        'problem' in read
          ? { ...state.now, text: action.text, problem: { message: read.problem, line: read.line } }
          : { draft: read.draft, text: action.text, problem: null, selected: kept(state.now.selected, read.draft) }
      return push(state, next, 'type YAML', 'yaml')
    }
    case 'select':
      if (action.index === state.now.selected) return state
      return { ...state, now: { ...state.now, selected: action.index }, typing: null }
    case 'settle':
      return state.typing === null ? state : { ...state, typing: null }
    case 'undo':
      return travel(state, 'past', 'future')
    case 'redo':
      return travel(state, 'future', 'past')
  }
}

/** A text that cannot be read stays as it is: other views change nothing until it is mended or taken back. */
function change(state: EditorState, edit: DraftEdit): EditorState {
  const { now } = state
  if (now.problem !== null && edit.do !== 'replace') return state
  const { draft, what, selected = now.selected } = edited(now.draft, edit)
  if (draft === now.draft) return state
  const typing = edit.do === 'set' ? edit.at.join('.') : null
  return push(state, { draft, text: null, problem: null, selected: kept(selected, draft) }, what, typing)
}

function push(state: EditorState, now: Snapshot, what: string, typing: string | null): EditorState {
  if (typing !== null && typing === state.typing) return { ...state, now, future: [] }
  return { now, past: [...state.past.slice(1 - MOST_BACK), { was: state.now, what }], future: [], typing }
}

function travel(state: EditorState, from: 'past' | 'future', to: 'past' | 'future'): EditorState {
  const last = state[from].at(-1)
  if (!last) return state
  const [left, right] = [state[from].slice(0, -1), [...state[to], { was: state.now, what: last.what }]]
  const [past, future] = from === 'past' ? [left, right] : [right, left]
  return { now: last.was, past, future, typing: null }
}

function kept(selected: number | null, draft: Draft): number | null {
  return selected !== null && selected < stepsOf(draft).length ? selected : null
}
