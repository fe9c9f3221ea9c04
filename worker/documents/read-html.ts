// The text of a page: what a reader would see, a line for each block, without scripts and styles.
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import type { DocumentMetadata } from '#lib/documents/shapes.ts'

type Node = DefaultTreeAdapterTypes.ChildNode

const UNSEEN = new Set(['script', 'style', 'noscript', 'template', 'head', 'svg', 'iframe', 'object'])
const INLINE = new Set(
  'a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark q s samp small span strong sub sup time tt u var wbr'.split(
    ' ',
  ),
)

export function readHtml(html: string): { text: string; metadata: DocumentMetadata } {
  const document = parse(html)
  let text = ''
  const titles: string[] = []
  const metadata: DocumentMetadata = {}
  // A stack of its own: a page may be nested deeper than functions may call each other.
  const left: (Node | string)[] = document.childNodes.toReversed()
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (typeof node === 'string') text += node
    else if (node.nodeName === '#text' && 'value' in node) text += node.value.replace(/\s+/g, ' ')
    else if ('childNodes' in node) {
      const name = node.nodeName
      if (name === 'head') readHead(node.childNodes, titles, metadata)
      if (name === 'br') text += '\n'
      if (name === 'br' || UNSEEN.has(name)) continue
      const edge = name === 'td' || name === 'th' ? '\t' : INLINE.has(name) ? '' : '\n'
      left.push(edge)
      for (const child of node.childNodes.toReversed()) left.push(child)
      if (edge === '\n') text += edge
      if (/^(p|h[1-6]|table|ul|ol|blockquote|section|article)$/.test(name)) text += '\n'
    }
  }
  const title = titles.join(' ').replace(/\s+/g, ' ').trim().slice(0, 500)
  return { text: tidied(text), metadata: { ...(title ? { title } : {}), ...metadata, format: 'HTML' } }
}

function readHead(nodes: readonly Node[], titles: string[], metadata: DocumentMetadata): void {
  for (const node of nodes) {
    if (node.nodeName === 'title' && 'childNodes' in node)
      for (const child of node.childNodes) if ('value' in child) titles.push(child.value)
    if (node.nodeName !== 'meta' || !('attrs' in node)) continue
    const value = (name: string) => node.attrs.find((attribute) => attribute.name === name)?.value.trim()
    const content = value('content')?.slice(0, 500)
    if (content && value('name')?.toLowerCase() === 'author') metadata.author = content
    if (content && value('name')?.toLowerCase() === 'description') metadata.subject = content
  }
}

function tidied(text: string): string {
  return text
    .replace(/[^\S\n]*\n[^\S\n]*/g, '\n')
    .replace(/[^\S\n\t]{2,}/g, ' ')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
