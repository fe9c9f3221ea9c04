// The ways in which a 200 answer of a model server can be wrong.

type Completion = {
  choices: { message: { content: string | null } }[]
  usage?: Record<string, unknown>
  [key: string]: unknown
}

export const MALFORMED = {
  html: () => '<!doctype html><title>502</title><h1>Bad gateway</h1>',
  empty: () => '',
  broken_json: (answer: Completion) => JSON.stringify(answer).slice(0, -20),
  no_choices: (answer: Completion) => ({ ...answer, choices: [] }),
  empty_content: (answer: Completion) => withContent(answer, () => ''),
  no_usage: (answer: Completion) => ({ ...answer, usage: undefined }),
  negative_usage: (answer: Completion) => ({ ...answer, usage: { prompt_tokens: -5, completion_tokens: 10 } }),
  huge_usage: (answer: Completion) => ({ ...answer, usage: { prompt_tokens: 1e9, completion_tokens: 10 } }),
  error_in_200: () => ({ error: { message: 'The upstream had a fault', code: 502 } }),
  error_in_stream: () => 'data: {"error":{"message":"The upstream had a fault","code":502}}\n\n',
  fenced: (answer: Completion) => withContent(answer, (content) => `\`\`\`json\n${content}\n\`\`\``),
  thinking: (answer: Completion) => withContent(answer, (content) => `<think>Is it {x}? Yes.</think>\n${content}`),
  prose: (answer: Completion) => withContent(answer, (content) => `Here is the answer:\n${content}\nAnything else?`),
  extra_keys: (answer: Completion) =>
    withContent(answer, (content) => content.replaceAll('{', '{"surplus":1,"__proto__":{"polluted":true},')),
  wrong_types: (answer: Completion) => withContent(answer, () => '{"summary":5}'),
  not_json: (answer: Completion) => withContent(answer, () => 'I would rather not say.'),
  deep: (answer: Completion) => withContent(answer, () => `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
  bad_characters: (answer: Completion) =>
    withContent(answer, (content) => content.replaceAll('Fake model', String.raw`Fake\u0000 \ud800model`)),
  huge: (answer: Completion) => withContent(answer, () => 'x'.repeat(6_000_000)),
}

export type Malformed = keyof typeof MALFORMED

function withContent(answer: Completion, change: (content: string) => string): Completion {
  const choices = answer.choices.map((choice) => ({
    ...choice,
    message: { ...choice.message, content: change(choice.message.content ?? '') },
  }))
  return { ...answer, choices }
}
