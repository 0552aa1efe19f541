export default { filters: {} }
