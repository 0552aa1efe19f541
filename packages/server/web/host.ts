import { ANSWERED, type CommandHandler, commands } from './commands.ts'
import { HostedFrame, type Mount } from './hosted-frame.ts'
import { placeCommands } from './places.ts'
import { readCommand } from './protocol.ts'

/** The {@link Mount} of every frame. */
export const mount: Mount = (portal, data, holder, surface) => {
  const frame = new HostedFrame(data, surface)
  const places = placeCommands(frame, holder)
  const listen = (event: MessageEvent): void => {
    const command = readCommand(event.data)
    // Whoever else sends messages to this window is none of its business.
    if (command === undefined || !frame.sent(event, command.sid)) return
    const handler = handlerOf(command.name, frame, places)
    if (handler === undefined) return
    const payload = mapOf(command.payload)
    void answer(frame, command.key, () =>
      handler({ frame, portal, payload, raw: command.payload, key: command.key, mount }),
    )
  }
  addEventListener('message', listen)
  holder.replaceChildren(frame.element)
  frame.begin()
  return { frame, leave: () => removeEventListener('message', listen) }
}

/** A place answers to its own commands only, and is silent about others (bx24-placement-call.md). */
function handlerOf(
  name: string,
  { data }: HostedFrame,
  places: Readonly<Record<string, CommandHandler>>,
): CommandHandler | undefined {
  if (Object.hasOwn(commands, name)) return commands[name]
  return data.commands.includes(name) && Object.hasOwn(places, name) ? places[name] : undefined
}

const mapOf = (payload: unknown): Readonly<Record<string, unknown>> =>
  typeof payload === 'object' && payload !== null ? (payload as Record<string, unknown>) : {}

async function answer(frame: HostedFrame, key: string, run: () => unknown): Promise<void> {
  try {
    const value = await run()
    if (value !== ANSWERED) frame.answer(key, value)
  } catch (cause) {
    // The messages have no errors: the frame goes on without a value, and the person sees why.
    console.error(cause)
    frame.answer(key)
  }
}
