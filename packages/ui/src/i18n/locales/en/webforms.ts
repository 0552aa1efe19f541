export default { webforms: {} }
