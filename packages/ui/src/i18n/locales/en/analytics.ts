export default { analytics: {} }
