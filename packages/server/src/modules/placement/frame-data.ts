// Only shapes, and nothing imported: the scripts of the pages read them, too.

export type Options = Readonly<Record<string, unknown>>

/** A page of an application in a frame, and all that the page around it must know (settings/oauth/simple-way.md). */
export interface Frame {
  readonly application: number
  readonly title: string
  /** Names this rendering: `APP_SID`. */
  readonly sid: string
  /** `window.name` of the frame: how scripts in it find the portal. */
  readonly name: string
  /** Where the form is sent. */
  readonly action: string
  /** The address is opened as it is, without the form. */
  readonly plain: boolean
  /** Whose messages count. */
  readonly origin: string
  readonly fields: Readonly<Record<string, string>>
  /** What the frame is told when it begins. */
  readonly init: InitData
  /** What this place does for its widget, and tells it. */
  readonly commands: readonly string[]
  readonly events: readonly string[]
}

export interface FrameTokens {
  readonly AUTH_ID: string
  readonly REFRESH_ID: string
  /** Seconds, as a text: SDKs read it so. */
  readonly AUTH_EXPIRES: string
}

export interface InitData extends FrameTokens {
  readonly DOMAIN: string
  readonly PROTOCOL: '0' | '1'
  readonly PATH: '/rest'
  readonly LANG: string
  readonly MEMBER_ID: string
  readonly IS_ADMIN: boolean
  readonly APP_OPTIONS: Options
  readonly USER_OPTIONS: Options
  readonly PLACEMENT: string
  readonly PLACEMENT_OPTIONS: Options
  readonly INSTALL: boolean
  readonly FIRST_RUN: boolean
  /** The application's number in the portal: BX24.js names it in paths that it opens. */
  readonly APP_ID: string
}
