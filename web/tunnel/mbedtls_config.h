/*
 * What of Mbed TLS 3.6 is compiled: a client of today's web servers, and nothing else.
 *
 * What is not named here is not there: no server, DTLS, renegotiation, session resumption,
 * pre-shared keys, early data, CBC, CCM, RSA or static key exchange, finite-field Diffie-Hellman,
 * SHA-1, MD5, small curves, files, sockets, entropy sources, PEM, error texts, debug output.
 */

/* Outside: time and randomness. */
#include <time.h>
time_t tls_time(time_t *target); /* in outside.c */
#define MBEDTLS_PLATFORM_C
#define MBEDTLS_HAVE_TIME            /* the next one needs it */
#define MBEDTLS_HAVE_TIME_DATE       /* else no certificate ever expires */
#define MBEDTLS_PLATFORM_TIME_MACRO tls_time /* the C library's would ask WASI */
#define MBEDTLS_PLATFORM_MS_TIME_ALT /* the same, in milliseconds; in outside.c */
#define MBEDTLS_PSA_CRYPTO_C         /* TLS 1.3 computes by it */
#define MBEDTLS_PSA_CRYPTO_EXTERNAL_RNG /* every random byte is the browser's; no generator here */
#define MBEDTLS_PSA_KEY_STORE_DYNAMIC   /* else 32 keys in all, whatever is under way */
/* No MBEDTLS_USE_PSA_CRYPTO: TLS 1.2 and X.509 would compute by PSA too, for 3 KB more. */

/* The protocol. */
#define MBEDTLS_SSL_TLS_C
#define MBEDTLS_SSL_CLI_C
#define MBEDTLS_SSL_PROTO_TLS1_2     /* some corporate and older edges speak no 1.3 */
#define MBEDTLS_SSL_PROTO_TLS1_3
#define MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_EPHEMERAL_ENABLED /* the one without pre-shared keys */
#define MBEDTLS_SSL_TLS1_3_COMPATIBILITY_MODE /* 1.2 to boxes on the way (RFC 8446 D.4) */
#define MBEDTLS_SSL_KEEP_PEER_CERTIFICATE /* TLS 1.3 needs it */
#define MBEDTLS_SSL_EXTENDED_MASTER_SECRET /* binds TLS 1.2's keys to its handshake (RFC 7627) */
#define MBEDTLS_SSL_ALL_ALERT_MESSAGES /* the peer hears why, of a broken record too */
#define MBEDTLS_SSL_ALPN             /* HTTP/1.1 is asked for: h11 speaks nothing else */
#define MBEDTLS_SSL_SERVER_NAME_INDICATION /* Zoom's edges choose their certificate by it */
#define MBEDTLS_SSL_OUT_CONTENT_LEN 4096 /* requests are small; what comes may be 16 KB a record */
/* No MBEDTLS_SSL_SESSION_TICKETS: connections are few, and tickets would be one more secret to
 * keep. A server sends some unasked after a 1.3 handshake; they are read and dropped. */
#define MBEDTLS_KEY_EXCHANGE_ECDHE_RSA_ENABLED /* forward secrecy only */
#define MBEDTLS_KEY_EXCHANGE_ECDHE_ECDSA_ENABLED

/* Ciphers: authenticated ones only. */
#define MBEDTLS_CIPHER_C
#define MBEDTLS_CHACHA20_C
#define MBEDTLS_POLY1305_C
#define MBEDTLS_CHACHAPOLY_C
#define MBEDTLS_AES_C                /* RFC 8446 9.1 demands AES-128-GCM of everybody */
#define MBEDTLS_GCM_C
#define MBEDTLS_AES_FEWER_TABLES     /* 6 KB less memory, and less for a cache to tell about */
#define MBEDTLS_BLOCK_CIPHER_NO_DECRYPT /* GCM only ever encrypts blocks */

/* Hashes, and what is derived by them. */
#define MBEDTLS_MD_C
#define MBEDTLS_SHA256_C
#define MBEDTLS_SHA384_C
#define MBEDTLS_SHA512_C             /* 384 is a part of it, and some chains are signed with it */
#define MBEDTLS_HKDF_C

/* Keys: what public authorities sign, and what servers offer. */
#define MBEDTLS_BIGNUM_C
#define MBEDTLS_ECP_C
#define MBEDTLS_ECP_DP_SECP256R1_ENABLED
#define MBEDTLS_ECP_DP_SECP384R1_ENABLED
#define MBEDTLS_ECP_DP_CURVE25519_ENABLED
#define MBEDTLS_ECP_NIST_OPTIM       /* P-256 and P-384 three times as fast */
#define MBEDTLS_ECP_FIXED_POINT_OPTIM 0 /* its tables are 7 KB that don't compress, for 1 ms */
#define MBEDTLS_ECDH_C
#define MBEDTLS_ECDSA_C
#define MBEDTLS_RSA_C
#define MBEDTLS_PKCS1_V15            /* how most certificates are still signed */
#define MBEDTLS_PKCS1_V21            /* how RSA servers sign in 1.3 (PSS) */

/* Certificates, in DER. */
#define MBEDTLS_ASN1_PARSE_C
#define MBEDTLS_ASN1_WRITE_C         /* ECDSA's signatures are ASN.1 */
#define MBEDTLS_OID_C
#define MBEDTLS_PK_C
#define MBEDTLS_PK_PARSE_C
#define MBEDTLS_X509_USE_C
#define MBEDTLS_X509_CRT_PARSE_C
#define MBEDTLS_X509_RSASSA_PSS_SUPPORT /* certificates that are signed with PSS */
#define MBEDTLS_X509_REMOVE_INFO     /* no texts */
