// A duty copy is opened: this file knows how it is encrypted, and nothing else.
'use strict';

// able reports whether the browser can open a copy at all.
const able = () => Boolean(globalThis.crypto && crypto.subtle && globalThis.DecompressionStream);

// bytes reads base64 as in addresses (RFC 4648, 5).
function bytes(text) {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

// readHeader returns what the header of a copy says, in words with a space between them.
function readHeader(text) {
  const [, , iterations, salt, nonce, made, until] = text.split(' ');
  return { text, iterations: Number(iterations), salt: bytes(salt), nonce: bytes(nonce), made, until };
}

// unseal returns what is in a copy. It throws if the passphrase is wrong, or if anything of
// the copy or its header has been changed.
async function unseal(header, sealed, passphrase) {
  const utf8 = new TextEncoder();
  const typed = await crypto.subtle.importKey('raw', utf8.encode(passphrase.normalize('NFC')), 'PBKDF2', false, ['deriveKey']);
  const slow = { name: 'PBKDF2', hash: 'SHA-256', salt: header.salt, iterations: header.iterations };
  const key = await crypto.subtle.deriveKey(slow, typed, { name: 'AES-GCM', length: 256 }, false, ['decrypt']);
  const how = { name: 'AES-GCM', iv: header.nonce, additionalData: utf8.encode(header.text) };
  const packed = await crypto.subtle.decrypt(how, key, bytes(sealed));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))).json();
}

