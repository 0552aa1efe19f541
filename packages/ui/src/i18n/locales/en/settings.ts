export default { settings: {} }
