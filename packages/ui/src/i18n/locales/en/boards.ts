export default { boards: {} }
