import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'vue/compiler-sfc'
import { testPortal } from '../../server/test/support/portal.ts'
import de from '../src/i18n/locales/de/index.ts'
import en from '../src/i18n/locales/en/index.ts'
import { titleKey } from '../src/model/title-key.ts'
import { rawTexts } from './support/raw-texts.ts'

const SOURCES = join(import.meta.dirname, '../src')
const files = (ending: string): string[] =>
  readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(SOURCES, name))

/** `shell.undo` → its text, for every text. */
function texts(messages: object, before = ''): Map<string, string> {
  return new Map(
    Object.entries(messages).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${before}${key}`, value]] : [...texts(value as object, `${before}${key}.`)],
    ),
  )
}

/** `{name}`s of a message, each once; those of a plural may be in one of its forms only. */
const slots = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort()

describe('the texts of the interface', () => {
  const [english, german] = [texts(en), texts(de)]

  it('are there in both languages, and none is empty', () => {
    expect([...german.keys()].sort()).toEqual([...english.keys()].sort())
    const empty = [...english, ...german].filter(([, text]) => text.trim() === '').map(([key]) => key)
    expect(empty).toEqual([])
  })

  it('name the same values in both languages', () => {
    const differing = [...english]
      .filter(([key, text]) => slots(text).join() !== slots(german.get(key) ?? '').join())
      .map(([key]) => key)
    expect(differing).toEqual([])
  })

  it('are all that is asked for', () => {
    const asked = [...files('.vue'), ...files('.ts')].flatMap((path) => {
      const source = readFileSync(path, 'utf8')
      return [...source.matchAll(/(?<![\w.])(?:t|say|i18n\.global\.t)\(\s*'([a-zA-Z]\w*\.[\w.-]+)'/g)].map(
        ([, key = '']) => [key, relative(SOURCES, path)] as const,
      )
    })
    expect(asked.length).toBeGreaterThan(50)
    expect(asked.filter(([key]) => !english.has(key)).map(([key, path]) => `${path}: ${key}`)).toEqual([])
  })

  it('are what templates show: no template holds words of its own', () => {
    const found = files('.vue').flatMap((path) => {
      const { descriptor } = parse(readFileSync(path, 'utf8'))
      return rawTexts(descriptor.template?.ast).map((text) => `${relative(SOURCES, path)}: ${text}`)
    })
    expect(found).toEqual([])
  })

  it('are found in a template wherever somebody would read them', () => {
    const inTemplate = (template: string): string[] =>
      rawTexts(parse(`<template>${template}</template>`).descriptor.template?.ast)
    expect(inTemplate('<p>Hello there</p>')).toEqual(['Hello there'])
    expect(inTemplate('<p v-if="a"><b>Bold</b></p>')).toEqual(['Bold'])
    expect(inTemplate('<input placeholder="Name" />')).toEqual(['placeholder="Name"'])
    expect(inTemplate(`<B24Button :label="'Save it'" />`)).toEqual([`:label="'Save it'"`])
    expect(inTemplate(`<p>{{ ok ? 'Yes, indeed' : no }}</p>`)).toEqual([`{{ ok ? 'Yes, indeed' : no }}`])
    expect(inTemplate(`<p class="Some words" :id="'Some words'">{{ t('some.key') }} · 12 %</p>`)).toEqual([])
  })
})

describe('the titles of standard fields', async () => {
  const portal = await testPortal()

  it('are there in both languages, for every field of every type', async () => {
    await portal.call('crm.type.add', {
      fields: {
        title: 'Everything',
        isStagesEnabled: 'Y',
        isCategoriesEnabled: 'Y',
        isBeginCloseDatesEnabled: 'Y',
        isClientEnabled: 'Y',
        isLinkWithProductsEnabled: 'Y',
        isMycompanyEnabled: 'Y',
        isObserversEnabled: 'Y',
        isSourceEnabled: 'Y',
        isUseInUserfieldEnabled: 'Y',
      },
    })
    const { entities } = (await portal.call('portico.entity.list')).body.result as {
      entities: { entityTypeId: number; name: string }[]
    }
    expect(entities.length).toBeGreaterThanOrEqual(7)
    const missing: string[] = []
    let count = 0
    for (const { entityTypeId, name } of entities) {
      const { fields } = (await portal.call('crm.item.fields', { entityTypeId })).body.result as {
        fields: Record<string, { title: string }>
      }
      for (const [field, { title }] of Object.entries(fields)) {
        count += 1
        const key = titleKey(title)
        if (!Object.hasOwn(de.fields, key) || !Object.hasOwn(en.fields, key)) missing.push(`${name}.${field}: ${title}`)
      }
    }
    expect(count).toBeGreaterThan(250)
    expect(missing).toEqual([])
  })
})
