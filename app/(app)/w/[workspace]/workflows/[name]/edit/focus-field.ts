import { fieldId } from './editor-context.ts'

/** The field of the path, or the nearest around it. */
export function focusField(path: string): void {
  const keys = path.split('.')
  for (let length = keys.length; length > 0; length -= 1) {
    const found = document.getElementById(fieldId(keys.slice(0, length).join('.')))
    const field = found?.matches('fieldset, div') ? found.querySelector<HTMLElement>('input, select, textarea') : found
    if (!field) continue
    field.focus()
    return
  }
  document.getElementById('step-fields')?.querySelector<HTMLElement>('input, select, textarea')?.focus()
}
