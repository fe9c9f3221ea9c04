'use client'

import { useEffect, useState } from 'react'

type Yaml = typeof import('#lib/workflows/stored/yaml-draft.ts')

/** Reads and writes YAML, loaded when it is first `wanted`; null until it is there. */
export function useYaml(wanted: boolean): Yaml | null {
  const [yaml, setYaml] = useState<Yaml | null>(null)
  const missing = wanted && yaml === null
  useEffect(() => {
    if (!missing) return
    let current = true
    void loadYaml().then((loaded) => {
      if (current) setYaml(loaded)
    })
    return () => {
      current = false
    }
  }, [missing])
  return yaml
}

export function loadYaml(): Promise<Yaml> {
  return import('#lib/workflows/stored/yaml-draft.ts')
}
