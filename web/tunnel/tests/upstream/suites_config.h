/*
 * Our configuration, and beside it what Mbed TLS's own tests need: files, PEM, new keys, logs, and a
 * server to talk to. Two of its tests assume P-521 and records of 16 KB both ways.
 */
#include "mbedtls_config.h"

#define MBEDTLS_SELF_TEST
#define MBEDTLS_FS_IO
#define MBEDTLS_BASE64_C
#define MBEDTLS_PEM_PARSE_C
#define MBEDTLS_SSL_SRV_C
#define MBEDTLS_GENPRIME
#define MBEDTLS_DEBUG_C
#define MBEDTLS_ECP_DP_SECP521R1_ENABLED
#undef MBEDTLS_SSL_OUT_CONTENT_LEN
