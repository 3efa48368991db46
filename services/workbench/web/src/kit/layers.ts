/**
 * Where dialogs are drawn: in an element of their own. For dialogs in the body antd stops the scrolling with a style element
 * without nonce, which the CSP forbids; pages here scroll inside their panels, so nothing has to be stopped.
 */
export const dialogsBox = (): HTMLElement => document.getElementById('dialogs') ?? document.body;
