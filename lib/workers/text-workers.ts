// The workers that read a text, in display order: what tasks, workflows and batches are made of.
import { categoryClassifier } from './category-classifier.ts'
import type { WorkerDefinition } from './define.ts'
import { documentAnalyzer } from './document-analyzer.ts'
import { questionGenerator } from './question-generator.ts'
import { sentimentAnalyzer } from './sentiment-analyzer.ts'
import { summarizer } from './summarizer.ts'
import { translator } from './translator.ts'

export const TEXT_WORKERS: readonly WorkerDefinition[] = [
  documentAnalyzer,
  categoryClassifier,
  sentimentAnalyzer,
  summarizer,
  questionGenerator,
  translator,
]
