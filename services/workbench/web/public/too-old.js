/* Runs only where modules are unknown: such a browser is sent to a plain page that says what to do. */
location.replace('/too-old.html');
