// Text that came from outside, written into Markdown so that none of it becomes markup.

/** For one line. What stands at its start counts too: heading, list, rule. */
export function escapeMarkdown(line: string): string {
  return line
    .replace(/[\\`*_[\]<>|~]/g, String.raw`\$&`)
    .replace(/&(?=#?\w+;)/g, String.raw`\&`)
    .replace(/^(\s*)(#|[+-](?=\s|$)|[-=](?=[-=\s]*$))/, String.raw`$1\$2`)
    .replace(/^(\s*)(\d{1,9})([.)])(?=\s|$)/, String.raw`$1$2\$3`)
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
