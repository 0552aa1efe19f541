import { fieldMethods } from '../../methods/v3.ts'
import type { Module } from '../module.ts'
import { communicationMethods } from './communication-methods.ts'
import { employeeDto, memberDto, nodeDto } from './dto.ts'
import { employeeMethods } from './employee-methods.ts'
import { memberMethods } from './member-methods.ts'
import { nodeMethods } from './node-methods.ts'

const scope = 'humanresources'

/** The company's structure in REST 3.0: the departments of department.*, and teams beside them. */
export const humanResources: Module = {
  name: 'humanresources',
  methods: [
    ...nodeMethods,
    ...fieldMethods('humanresources.node', scope, nodeDto),
    ...memberMethods,
    ...fieldMethods('humanresources.node.member', scope, memberDto),
    ...communicationMethods,
    ...employeeMethods,
    ...fieldMethods('humanresources.employee', scope, employeeDto),
  ],
}
