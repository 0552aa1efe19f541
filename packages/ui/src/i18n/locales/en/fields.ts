export default { fields: {} }
