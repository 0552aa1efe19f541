import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** LibreOffice is not there, or could not convert; the message is for people. */
export class TransformError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** A document of some pages takes a second or two; one that takes this long never ends. */
const PATIENCE = 120_000

/** A docx as another format, by LibreOffice with a profile of its own, so that several may run at once. */
export async function convert(docx: Buffer, format: 'pdf' | 'png', command: string): Promise<Buffer> {
  const directory = await mkdtemp(join(tmpdir(), 'portico-document-'))
  try {
    await writeFile(join(directory, 'document.docx'), docx)
    const profile = `-env:UserInstallation=${pathToFileURL(join(directory, 'profile')).href}`
    await run(command, [
      profile,
      '--headless',
      '--norestore',
      '--convert-to',
      format,
      '--outdir',
      directory,
      join(directory, 'document.docx'),
    ])
    return await readFile(join(directory, `document.${format}`)).catch(() => {
      throw new TransformError('TRANSFORMATION_FAILED', 'LibreOffice could not convert the document')
    })
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

function run(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    // Macros, if a template has any, never run in headless conversion; nothing of our environment is handed over.
    const env = { PATH: process.env.PATH ?? '', HOME: tmpdir() }
    execFile(command, args, { timeout: PATIENCE, env }, (cause) => {
      if (cause === null) return resolve()
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
        return reject(
          new TransformError(
            'LIBREOFFICE_NOT_INSTALLED',
            'LibreOffice is not installed on the server: there is no PDF',
          ),
        )
      reject(new TransformError('TRANSFORMATION_FAILED', 'LibreOffice could not convert the document'))
    })
  })
}
