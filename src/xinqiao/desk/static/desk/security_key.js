/* Says in the page that a security key did not answer, where allauth would only tell the console. */
document.addEventListener('allauth.error', (event) => {
  event.preventDefault()
  const note = document.querySelector('[data-key-failed]')
  if (note) note.hidden = false
})
