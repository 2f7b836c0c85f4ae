/*
 * TLS for a page: one client per module, any number of connections, no I/O.
 *
 * Facts:
 * - The module imports two functions, and nothing else: no WASI. There is nothing to initialize
 *   (the compiler exports an _initialize, which need not be called, and traps the second time).
 * - The host gives no addresses. What goes in is written at tls_input(), what comes out is read at
 *   tls_output(); both stay where they are. So no argument can make the module trap or harm itself.
 * - Roots come first, then connections. What is trusted can't be changed after that, and there is
 *   no switch that turns a check off.
 * - Whatever a call leaves at tls_output() is overwritten by the next call, whichever it is.
 *   Whatever it finds at tls_input() is overwritten before it returns.
 * - A connection is named by a positive number that is not used again soon. Only tls_free() gives
 *   its memory back, after overwriting it.
 */
#ifndef TLS_H
#define TLS_H

#include <stddef.h>
#include <stdint.h>

#define TLS_EXPORT(name) __attribute__((export_name(#name))) name
#define TLS_IMPORT(name) __attribute__((import_module("env"), import_name(#name))) name

/* Imports. Both must return: an exception that leaves them leaves the module unusable. */

/* Fills memory with random bytes that nobody can guess (a browser's crypto.getRandomValues). */
void TLS_IMPORT(fill_random)(void *target, size_t length);

/* The time, in milliseconds since 1970 (Date.now); certificates are judged by it. */
double TLS_IMPORT(now_ms)(void);

/* Limits. */
#define TLS_INPUT_SIZE 65536  /* bytes at tls_input() */
#define TLS_OUTPUT_SIZE 98304 /* bytes at tls_output(): the input, decrypted, and one record more */
#define TLS_CONNECTIONS 32    /* at the same time */
#define TLS_HOST_SIZE 253     /* the longest host name (RFC 1035, as text) */

/* A result that is not negative: how many bytes are at tls_output(), and where things stand. */
#define TLS_LENGTH 0x000fffff /* mask of the number of bytes */
#define TLS_OPEN 0x00100000   /* the handshake is done and the certificate is right */
#define TLS_ENDED 0x00200000  /* the peer has said that nothing follows (close-notify) */
#define TLS_FAILED 0x00400000 /* of no use any more; tls_error() and tls_flags() say why */
#define TLS_WAITING 0x00800000 /* there is something to take and send */

/* A result that is negative: the call did nothing. */
#define TLS_BAD_CALL -1  /* no such connection, or an argument that is out of bounds */
#define TLS_BAD_ROOT -2  /* not exactly one certificate, or one that can't be used here */
#define TLS_BAD_HOST -3  /* not a host name in ASCII letters, digits, hyphens and dots */
#define TLS_TOO_LATE -4  /* a root after the first connection, plaintext after the end */
#define TLS_NO_ROOTS -5  /* a connection before the first root */
#define TLS_TAKE_FIRST -6 /* what waits to be sent has to be taken first */
#define TLS_NO_ROOM -7   /* no memory, or too many connections */

/* Where the host writes what the next call is to work on; TLS_INPUT_SIZE bytes. */
uint8_t *TLS_EXPORT(tls_input)(void);

/* Where the host reads what the last call gave; TLS_OUTPUT_SIZE bytes. */
const uint8_t *TLS_EXPORT(tls_output)(void);

/*
 * Trusts a certificate authority: its certificate is at the input, in DER.
 * Returns how many are trusted now, or TLS_BAD_CALL, TLS_BAD_ROOT, TLS_TOO_LATE, TLS_NO_ROOM.
 */
int32_t TLS_EXPORT(tls_add_root)(uint32_t length);

/*
 * Begins a connection to the host whose name is at the input. Its first message waits to be taken.
 * Returns the connection, or TLS_BAD_CALL, TLS_BAD_HOST, TLS_NO_ROOTS, TLS_NO_ROOM.
 */
int32_t TLS_EXPORT(tls_connect)(uint32_t length);

/*
 * Takes in what came from the peer, in whatever pieces: all that is at the input.
 * Returns a result; the bytes at the output are plaintext. If the connection fails, they are what
 * came intact before. After the end, and after a failure, what comes is dropped.
 * Errors: TLS_BAD_CALL, TLS_TAKE_FIRST.
 */
int32_t TLS_EXPORT(tls_feed)(int32_t connection, uint32_t length);

/*
 * Encrypts the plaintext at the input, all of it.
 * Returns a result, without bytes. Errors: TLS_BAD_CALL, TLS_TAKE_FIRST, TLS_TOO_LATE (it is not
 * open, or not any more).
 */
int32_t TLS_EXPORT(tls_write)(int32_t connection, uint32_t length);

/*
 * Moves what is to be sent to the output; again if TLS_WAITING is still set.
 * Returns a result; the bytes are ciphertext. Works after a failure, too: there may be an alert.
 * Error: TLS_BAD_CALL.
 */
int32_t TLS_EXPORT(tls_take)(int32_t connection);

/* Says that nothing follows (close-notify), once. Returns a result. Error: TLS_BAD_CALL. */
int32_t TLS_EXPORT(tls_close)(int32_t connection);

/* Overwrites the connection's memory and gives it back. Error: TLS_BAD_CALL; else 0. */
int32_t TLS_EXPORT(tls_free)(int32_t connection);

/* Mbed TLS's number for the failure (mbedtls/error.h), negative; 0 if there was none. */
int32_t TLS_EXPORT(tls_error)(int32_t connection);

/*
 * What was wrong with the certificate: bits (MBEDTLS_X509_BADCERT_*), 0 if it was not judged.
 * MBEDTLS_X509_BADCERT_OTHER: it was right, and who showed it does not have its key.
 */
uint32_t TLS_EXPORT(tls_flags)(int32_t connection);

/*
 * Writes the version and the cipher suite to the output, as ASCII.
 * Returns the number of bytes, 0 as long as it is not open. Error: TLS_BAD_CALL.
 */
int32_t TLS_EXPORT(tls_describe)(int32_t connection);

#endif
