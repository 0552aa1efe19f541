import { phpOf, pythonOf, shellWord, typescriptOf } from './literals.ts'

/** A call, as programs make it. */
export interface Snippet {
  readonly id: 'curl' | 'b24jssdk' | 'php' | 'crest' | 'python' | 'cli'
  /** Names of programs are the same in every language. */
  readonly label: string
  readonly language: string
  /** What has to be installed, as a command; empty where nothing has. */
  readonly install: string
  readonly code: string
}

export interface Asked {
  readonly method: string
  readonly version: 2 | 3
  readonly params: Readonly<Record<string, unknown>>
  /** `https://crm.example.com` */
  readonly origin: string
  /** `1/code`: of a webhook; what stands there where it is not known. */
  readonly hook: string
}

/** What stands in the place of a webhook's code. */
export const PLACEHOLDER = 'YOUR_CODE'

const isEmpty = (params: object): boolean => Object.keys(params).length === 0

/** Where a method is called. */
export const addressOf = ({ origin, hook, method, version }: Omit<Asked, 'params'>): string =>
  version === 3 ? `${origin}/rest/api/${hook}/${method}` : `${origin}/rest/${hook}/${method}.json`

export function curlOf(asked: Asked): string {
  const lines = [`curl ${shellWord(addressOf(asked))}`]
  if (!isEmpty(asked.params) || asked.version === 3)
    lines.push(`  -H 'Content-Type: application/json'`, `  -d ${shellWord(JSON.stringify(asked.params, null, 2))}`)
  return lines.join(' \\\n')
}

const comma = (params: object, written: string): string => (isEmpty(params) ? '' : `, ${written}`)

function jsOf({ method, version, params, origin, hook }: Asked): string {
  const given = isEmpty(params) ? '' : `\n  params: ${typescriptOf(params, 1)},`
  return `import { B24Hook } from '@bitrix24/b24jssdk'

const $b24 = B24Hook.fromWebhookUrl(${typescriptOf(`${origin}/rest/${hook}/`)})

const response = await $b24.actions.v${version}.call.make({
  method: ${typescriptOf(method)},${given}
})
if (!response.isSuccess) throw new Error(response.getErrorMessages().join('; '))
console.log(response.getData()?.result)
`
}

function phpSdkOf({ method, params, origin, hook }: Asked): string {
  return `<?php
declare(strict_types=1);

use Bitrix24\\SDK\\Services\\ServiceBuilderFactory;

require_once 'vendor/autoload.php';

$b24 = ServiceBuilderFactory::createServiceBuilderFromWebhook(${phpOf(`${origin}/rest/${hook}/`)});

$response = $b24->core->call(${phpOf(method)}${comma(params, phpOf(params))});
print_r($response->getResponseData()->getResult());
`
}

function crestOf({ method, params, origin, hook }: Asked): string {
  return `<?php
// In settings.php: define('C_REST_WEB_HOOK_URL', ${phpOf(`${origin}/rest/${hook}/`)});
require_once __DIR__ . '/crest.php';

$answer = CRest::call(${phpOf(method)}${comma(params, phpOf(params))});
print_r($answer['result']);
`
}

function pythonSdkOf({ method, params, origin, hook }: Asked): string {
  return `from b24pysdk import BitrixWebhook

webhook = BitrixWebhook(domain=${pythonOf(new URL(origin).host)}, webhook_token=${pythonOf(hook)})

answer = webhook.call_method(${pythonOf(method)}${comma(params, pythonOf(params))})
print(answer["result"])
`
}

function cliOf({ method, params, origin, hook }: Asked): string {
  const words = ['portico', 'call', method]
  if (!isEmpty(params)) words.push('--params', JSON.stringify(params))
  return `export PORTICO_URL=${shellWord(`${origin}/rest/${hook}/`)}
${words.map(shellWord).join(' ')}
`
}

/** The same call in every way that people make it. Of REST 3.0 most SDKs know nothing. */
export function snippetsOf(asked: Asked): readonly Snippet[] {
  const everywhere: Snippet[] = [
    { id: 'curl', label: 'cURL', language: 'sh', install: '', code: `${curlOf(asked)}\n` },
    {
      id: 'b24jssdk',
      label: 'b24jssdk',
      language: 'TypeScript',
      install: 'npm install @bitrix24/b24jssdk',
      code: jsOf(asked),
    },
  ]
  if (asked.version === 3) return everywhere
  return [
    ...everywhere,
    {
      id: 'php',
      label: 'B24PhpSdk',
      language: 'PHP',
      install: 'composer require bitrix24/b24phpsdk',
      code: phpSdkOf(asked),
    },
    { id: 'crest', label: 'CRest', language: 'PHP', install: '', code: crestOf(asked) },
    { id: 'python', label: 'b24pysdk', language: 'Python', install: 'pip install b24pysdk', code: pythonSdkOf(asked) },
    { id: 'cli', label: 'portico', language: 'sh', install: '', code: cliOf(asked) },
  ]
}
