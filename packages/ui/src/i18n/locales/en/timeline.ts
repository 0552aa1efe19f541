export default { timeline: {} }
