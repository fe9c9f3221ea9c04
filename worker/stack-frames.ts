/** Where an error comes from: without its message, which may hold somebody's text. */
export function stackFrames({ stack = '', message }: Error): string[] {
  const start = stack.indexOf(message)
  const rest = start < 0 ? stack : stack.slice(start + message.length)
  return rest.split('\n').filter((line) => FRAME.test(line))
}

const FRAME = /^ {4}at .*(:\d+:\d+|<anonymous>|native)\)?$/
