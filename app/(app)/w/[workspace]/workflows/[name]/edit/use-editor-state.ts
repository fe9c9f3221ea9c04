'use client'

import { useReducer, useState } from 'react'
import { useChord } from '#app/_ui/shortcuts.ts'
import type { Draft } from '#lib/workflows/draft/read.ts'
import { beginWith, editorReducer } from './editor-state.ts'

/** The one state of all views, with undo and redo by keys. */
export function useEditorState(given: unknown, { typesText }: { typesText: boolean }) {
  const [first] = useState(() => withoutName(given))
  const [state, dispatch] = useReducer(editorReducer, first, beginWith)
  // A field of text has a finer undo of its own.
  useChord('mod+z', () => dispatch({ do: 'undo' }), !typesText)
  useChord('mod+shift+z, mod+y', () => dispatch({ do: 'redo' }), !typesText)
  return { first, state, dispatch }
}

/** Its name is its address, and nothing that is typed. */
function withoutName(given: unknown): Draft {
  const { name: _, ...draft } = (given ?? {}) as Record<string, unknown>
  return draft
}
