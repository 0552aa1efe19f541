import {
  base64,
  bytes,
  get,
  id,
  list,
  map,
  optional,
  type PortalFunction,
  post,
  text,
  type Values,
  word,
} from '../function.ts'
import { folderFilter, uploadFile } from '../folder-calls.ts'
import { empty } from './leads-and-deals.ts'

const title = text('The new name')

const storageid = id('The storage’s id')
const ofStorage = { id: 'storageid' }

export const storages = [
  post('GetStoragesList', 'disk.storage.getlist', 'List the storages'),
  post('GetAppStorage', 'disk.storage.getforapp', 'Show the application’s own storage'),
  post('GetStorage', 'disk.storage.get', 'Show a storage', { storageid }, ofStorage),
  post(
    'RenameStorage',
    'disk.storage.rename',
    'Rename the application’s storage',
    { storageid, title },
    { ...ofStorage, newName: 'title' },
  ),
  post(
    'GetStorageObjects',
    'disk.storage.getchildren',
    'List what lies at the top of a storage',
    { storageid },
    ofStorage,
  ),
  post(
    'CreateStorageFolder',
    'disk.storage.addfolder',
    'Make a folder at the top of a storage',
    { storageid, title: text('The folder’s name') },
    { ...ofStorage, data: { NAME: 'title' } },
  ),
]

const folderid = id('The folder’s id')
const ofFolder = { id: 'folderid' }
const tagetid = id('The folder that it goes into')
const folder = (name: string, verb: string, about: string): PortalFunction =>
  post(name, `disk.folder.${verb}`, about, { folderid }, ofFolder)
const folderTo = (name: string, verb: string, about: string): PortalFunction =>
  post(name, `disk.folder.${verb}`, about, { folderid, tagetid }, { ...ofFolder, targetFolderId: 'tagetid' })

export const folders = [
  folder('GetFolderInformation', 'get', 'Show a folder'),
  post(
    'CreateSubfolder',
    'disk.folder.addsubfolder',
    'Make a folder in a folder',
    { folderid, title: text('The folder’s name') },
    { ...ofFolder, data: { NAME: 'title' } },
  ),
  folderTo('MakeFolderCopy', 'copyto', 'Copy a folder into another'),
  folderTo('MoveFolder', 'moveto', 'Move a folder into another'),
  folder('DeleteFolder', 'deletetree', 'Delete a folder with all that is in it'),
  folder('GetFolderExternalLink', 'getExternalLink', 'Show a folder’s public link'),
  post(
    'GetFolderItems',
    'disk.folder.getchildren',
    'List what is in a folder',
    { folderid, filter: optional(map('Fields and the values that are looked for')) },
    { ...ofFolder, filter: 'filter' },
  ),
  folder('MarkFolderAsDeleted', 'markdeleted', 'Move a folder to the bin'),
  folder('RestoreFolder', 'restore', 'Take a folder out of the bin'),
  post('RenameFolder', 'disk.folder.rename', 'Rename a folder', { folderid, title }, { ...ofFolder, newName: 'title' }),
  post(
    'GetFolderFilterStructure',
    'disk.folder.getfields',
    'Show what GetFolderItems can filter by',
    empty,
    {},
    folderFilter,
  ),
]

const fileid = id('The file’s id')
const ofFile = { id: 'fileid' }
const fileName = text('The file’s name')
const file = (name: string, verb: string, about: string): PortalFunction =>
  post(name, `disk.file.${verb}`, about, { fileid }, ofFile)
const fileTo = (name: string, verb: string, about: string): PortalFunction =>
  post(
    name,
    `disk.file.${verb}`,
    about,
    { fileid, folderid: id('The folder that it goes into') },
    { ...ofFile, targetFolderId: 'folderid' },
  )

export const diskFiles = [
  post(
    'UploadFileToStorage',
    'disk.storage.uploadfile',
    'Put a file at the top of a storage',
    {
      title: fileName,
      file: base64('The file'),
      storageid: word('The storage’s id'),
      rights: optional(list('Who may do what')),
    },
    {
      data: { NAME: 'title' },
      rights: 'rights',
      ...ofStorage,
      fileContent: ({ title, file }: Values) => [title, file],
    },
  ),
  get(
    'UploadFileToFolder',
    'disk.folder.uploadFile',
    'Put a file into a folder',
    { title: fileName, file: bytes('The file'), folderid },
    ofFolder,
    uploadFile,
  ),
  file('GetFileInformation', 'get', 'Show a file'),
  file('DeleteFile', 'delete', 'Delete a file'),
  file('GetFileExternalLink', 'getExternalLink', 'Show a file’s public link'),
  file('MarkFileAsDeleted', 'markdeleted', 'Move a file to the bin'),
  file('RestoreFile', 'restore', 'Take a file out of the bin'),
  fileTo('MakeFileCopy', 'copyto', 'Copy a file into a folder'),
  fileTo('MoveFileToFolder', 'moveto', 'Move a file into a folder'),
  post('RenameFile', 'disk.file.rename', 'Rename a file', { fileid, title }, { ...ofFile, newName: 'title' }),
]
