import automation from './settings-automation.ts'
import common from './settings-common.ts'
import data from './settings-data.ts'
import fields from './settings-fields.ts'
import people from './settings-people.ts'
import processes from './settings-processes.ts'
import stages from './settings-stages.ts'

export default { settings: { ...common, ...data, ...people, automation, fields, processes, stages } }
