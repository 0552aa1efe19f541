export { Client, type BatchAnswer, type Command } from './client.ts'
export { NotDoneError, type BatchOptions, type Progress } from './batch.ts'
export type { BulkItem, BulkOptions, BulkResult, Target } from './bulk.ts'
export {
  CredentialError,
  LimitError,
  LostAnswerError,
  PortalError,
  UnexpectedAnswerError,
  UnreachableError,
} from './errors.ts'
export { isRead } from './facts.ts'
export type { ListOptions, Page } from './list.ts'
export type { IssuedTokens, OAuth, Tokens } from './oauth.ts'
export type {
  Answer,
  CallOptions,
  ClientOptions,
  Credential,
  DownloadOptions,
  Exchange,
  Params,
  Row,
  Time,
  Wait,
} from './options.ts'
export type { AnyMethod, MethodName, ParamsOf, ResultOf, RowOf } from './params.ts'
export type { Methods } from './methods.gen.ts'
export type * from './rows.gen.ts'
export { ref, type Ref } from './ref.ts'
export type {
  FieldDescription,
  FieldDescriptions,
  Fields,
  FileInput,
  FileValue,
  Filter,
  Flag,
  Id,
  Input,
  ItemOf,
  ItemRow,
  Multifield,
  MultifieldItem,
  Order,
  Select,
} from './values.ts'
export { version } from './version.ts'
